"""FWD904: forward keeps what it has computed, and the graph with it."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from math import inf

from flake8_forward.analysis.methods import guards
from flake8_forward.analysis.tensors import graphs, kinds
from flake8_forward.concrete.report import Report
from flake8_forward.inference.values import SourceClass
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import Rule
from flake8_forward.syntax.index import TreeIndex
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.shapes import is_name
from flake8_forward.syntax.tree import NodePath, walk

ADDING = frozenset({"add", "append", "appendleft", "insert", "setdefault"})
"""Methods that add their last argument to a container."""

EMPTYING = frozenset({"clear", "pop", "popitem", "popleft"})
"""Methods that remove items from a container."""


class GraphKeptOnSelf(Rule):
    """Activation or loss that ``forward`` keeps on ``self`` without ``detach()``.

    Off by default: right often enough to be worth a review. As long as the value is
    there, even after ``backward()``, ``copy.deepcopy(module)`` raises RuntimeError;
    weight averaging and early stopping rely on it. The value holds the graph of its
    batch, a list the graphs of all batches. Without a ``backward()``, as in validation,
    the graph also holds the activations.

    Exempt: values that are detached or turned into numbers; ``no_grad``; attributes
    that another method sets or clears, or that ``forward`` itself clears afterwards;
    code that a flag switches on; values that are not proven to come from a layer or a
    Parameter; frozen Modules.

    Fix: ``self.attention = attention.detach()``. Return a loss instead of keeping it.

    Source: https://github.com/pytorch/pytorch/issues/54580
    """

    code = "FWD904"
    definitions = frozenset({"forward"})

    def findings(self, context: RuleContext) -> Iterator[Report]:
        """Yield the attributes of a proven Module that keep a graph."""
        cls = context.defining_class
        first = _first_argument(context.candidate.node)
        if cls is None or context.body is None or not first:
            return
        stored = [
            *_stored(
                context.body.node_paths(ast.Assign, ast.AnnAssign, ast.Call), first
            )
        ]
        if not stored or _is_frozen(cls.node) or not context.is_module(cls):
            return
        for target, value, node_path in stored:
            here = context.at(node_path)
            if _has_graph(here, value) and not _is_cleared(cls, target):
                text = context.code(target)
                message = (
                    f"'{text}' keeps the graph of the batch: deepcopy() of the Module "
                    "fails; store '.detach()' of it, or return it"
                )
                yield Report(target, message)


def _first_argument(node: ast.AST) -> str:
    arguments: ast.arguments | None = getattr(node, "args", None)
    named = [*arguments.posonlyargs, *arguments.args] if arguments else []
    return named[0].arg if named else ""


def _stored(
    node_paths: list[NodePath], first: str
) -> Iterator[tuple[ast.Attribute, ast.expr, NodePath]]:
    """Yield attributes of ``first``, the values stored there, and where."""
    for node_path in node_paths:
        node = node_path.node
        pairs: list[tuple[ast.expr, ast.expr]] = []
        if isinstance(node, ast.Assign):
            pairs = [pair for t in node.targets for pair in _pairs(t, node.value)]
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            pairs = [(node.target, node.value)]
        elif isinstance(node, ast.Call):
            pairs = _added(node)
        for target, value in pairs:
            if isinstance(target, ast.Subscript):
                target = target.value
            if isinstance(target, ast.Attribute) and is_name(target.value, first):
                yield target, value, node_path


def _added(call: ast.Call) -> list[tuple[ast.expr, ast.expr]]:
    """Return the container that the call adds to, and the values."""
    method = call.func
    if not isinstance(method, ast.Attribute) or method.attr not in ADDING:
        return []
    return [(method.value, value) for value in call.args[-1:]]


def _pairs(target: ast.expr, value: ast.expr) -> list[tuple[ast.expr, ast.expr]]:
    """Return pairs of parts of ``target`` and the parts of ``value`` assigned to them."""
    if not isinstance(target, (ast.Tuple, ast.List)):
        return [(target, value)]
    if isinstance(value, (ast.Tuple, ast.List)):
        return [*zip(target.elts, value.elts, strict=False)]
    return [(part, value) for part in target.elts]


def _is_frozen(cls: ast.ClassDef) -> bool:
    """Tell whether the class decides which of its Parameters are trained."""
    words = {getattr(node, "attr", "") for node in walk(cls)}
    return not words.isdisjoint({"requires_grad", "requires_grad_", "freeze"})


def _has_graph(context: RuleContext, value: ast.expr) -> bool:
    """Tell whether ``value`` is proven to hold a graph whenever ``context`` is reached."""
    if guards.without_gradient(context) or any(map(_is_flag, guards.tests(context))):
        return False
    parts = value.elts if isinstance(value, (ast.Tuple, ast.List)) else [value]
    held = (kinds.GRAPH, kinds.GRAPHS)
    return any(graphs.kind(context, part) in held for part in parts)


def _is_flag(test: ast.expr) -> bool:
    """Tell whether ``test`` is a flag that someone has to set."""
    if isinstance(test, ast.BoolOp):
        return any(_is_flag(value) for value in test.values)
    if isinstance(test, ast.UnaryOp):
        return _is_flag(test.operand)
    word = getattr(test, "attr", "") or getattr(test, "id", "")
    return bool(word) and word != "training"


def _is_cleared(cls: SourceClass, target: ast.Attribute) -> bool:
    """Tell whether the class later clears the attribute."""
    return _cleared(cls.file.index(cls.node)).get(target.attr, 0) > target.lineno


@memoized
def _cleared(cls: TreeIndex) -> dict[str, float]:
    """Return the last line of ``forward`` that sets an attribute, by attribute.

    It is infinity where another method does, or something empties what is there.
    """
    found: dict[str, float] = defaultdict(int)
    for method in getattr(cls.root, "body", ()):
        name = getattr(method, "name", "")
        for node in walk(method) if name != "__init__" else ():
            if not isinstance(node, ast.Attribute):
                continue
            if node.attr in EMPTYING and isinstance(node.value, ast.Attribute):
                found[node.value.attr] = inf
            if not isinstance(node.ctx, ast.Load):
                line = node.lineno if name == "forward" else inf
                found[node.attr] = max(found[node.attr], line)
    return {**found}
