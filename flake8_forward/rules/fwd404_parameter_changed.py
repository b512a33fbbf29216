"""FWD404: a Parameter is changed before it is stored."""

from __future__ import annotations

import ast
import re
from collections import defaultdict

from flake8_forward.analysis.layers import uses
from flake8_forward.concrete.report import Report
from flake8_forward.concrete.rewriting import Fix, done_inside
from flake8_forward.knowledge.vocabulary import (
    DEFAULT_FACTORIES,
    FLOAT_CASTS,
    INTEGER_CASTS,
    KEEPING,
    NEW_TENSOR,
    TENSOR_MOVES,
    TRANSPOSED,
)
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.index import TreeIndex
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.tree import NodePath, walk
from flake8_forward.syntax.unparsing import unparse

_PLACED = re.compile(r"device|cuda|dtype|^to$|_like$|^new_|half|double|float(16|64)")
_DEFAULT = re.compile(r"(torch\.device\()?'cpu'\)?|torch\.float(32)?|False")


_OPERATIONS = (ast.Attribute, ast.BinOp, ast.Call, ast.Subscript, ast.UnaryOp)


class ParameterChanged(WordRule):
    """``nn.Parameter(...)`` changed before it is stored on a Module.

    Operations on a Parameter return a plain tensor, and a Module registers only
    Parameters. After ``self.w = nn.Parameter(torch.zeros(3)).cuda()``, ``self.w`` is in
    neither ``parameters()`` nor ``state_dict()``, does not follow the Module to another
    device and is never trained. ``.to(device)`` has this effect only on a GPU: if
    nothing has to be copied, it returns the Parameter itself.

    Exempt: methods that return the same Parameter, such as ``requires_grad_``;
    ``.data`` and ``.detach()``, which ask for a plain tensor; a conversion to a device
    or dtype that the tensor may already have; attributes that are assigned a Parameter
    later.

    Fix: change the tensor inside, ``nn.Parameter(torch.zeros(3).cuda())``. Automatic
    with ``--unsafe-fixes``, because the Module then has one more parameter.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.parameter.Parameter.html
    """

    code = "FWD404"
    calls = frozenset({"Parameter"})

    def check(self, context: RuleContext) -> Report | None:
        """Return the report if what is stored on a Module is no longer a Parameter."""
        if context.in_forward or context.owner is None or context.body is None:
            return None

        call = uses.made_by(context) if _is_changed(context) else None
        if call is None or context.candidate.chain is None:
            return None
        node_path, change = _followed(
            context, NodePath(call, context.candidate.chain[1]), call
        )
        key = uses.stored_as(node_path)
        if not change or key is None or not _is_attribute(context, key):
            return None
        if _is_stored_again(context, key) or not context.is_module(context.owner):
            return None
        return Report(
            context.candidate.node,
            f"'{key}' is not registered: '{change}' returns a tensor that is not "
            f"a Parameter; change the tensor inside '{context.code(call.func)}(...)'",
            fix=lambda: _moved_inside(context),
        )


def _moved_inside(context: RuleContext) -> Fix | None:
    """Move the operations on the Parameter into its parentheses."""
    outer = context.ancestry[-2]
    for part in reversed(context.ancestry[:-2]):
        if isinstance(part, ast.Attribute) and (
            part.attr.endswith("_") or part.attr in INTEGER_CASTS
        ):
            return None  # it changes its receiver, or cannot be a Parameter
        if not isinstance(part, _OPERATIONS):
            break
        outer = part
    if not isinstance(outer, ast.expr):
        return None
    return Fix((done_inside(outer, context.candidate.word),), is_safe=False)


def _is_changed(context: RuleContext) -> bool:
    """Tell cheaply whether anything is done with the Parameter before it is stored."""
    path = context.ancestry
    return len(path) > 2 and isinstance(path[-3], ast.expr)


def _followed(
    context: RuleContext, node_path: NodePath, call: ast.Call
) -> tuple[NodePath, str]:
    """Return the whole expression around a Parameter, and what first changes it."""
    change = ""
    while node_path.chain is not None:
        node, rest = node_path.chain
        outer = rest[0] if rest is not None else None
        found = _change(context, node, outer, node_path.node, call)
        if found is None:
            break
        change = change or found
        if isinstance(outer, ast.Call) and outer.func is node and rest is not None:
            node, rest = outer, rest[1]
        node_path = NodePath(node, rest)
    return node_path, change


def _change(
    context: RuleContext,
    node: ast.AST,
    outer: ast.AST | None,
    inner: ast.AST,
    call: ast.Call,
) -> str | None:
    """Return how ``node``, in ``outer``, changes the tensor ``inner``.

    None if unknown, empty if it returns the same tensor.
    """
    if isinstance(node, ast.BinOp) or (
        isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub)
    ):
        return context.code(node)
    if isinstance(node, ast.Subscript) and node.value is inner:
        return context.code(node)
    if isinstance(node, ast.Call) and inner in node.args:
        name = unparse(node.func)
        is_known = name.rpartition(".")[2] in NEW_TENSOR
        dotted = context.library_name(node.func) if is_known else None
        return f"{name}(...)" if (dotted or "").startswith("torch.") else None
    if not isinstance(node, ast.Attribute):
        return None
    if node.attr in KEEPING or (node.attr.endswith("_") and node.attr[-2:] != "__"):
        return ""
    if node.attr in TRANSPOSED:
        return f".{node.attr}"
    if node.attr in TENSOR_MOVES | FLOAT_CASTS:
        if _is_default(outer):
            return ""
        return f".{node.attr}(...)" if _is_placed_anew(context, call) else None
    return f".{node.attr}(...)" if node.attr in NEW_TENSOR else None


def _is_default(move: ast.AST | None) -> bool:
    """Tell whether ``.to(...)`` names what a new tensor has: CPU and 32-bit floats."""
    if not isinstance(move, ast.Call):
        return False
    given = [*move.args, *(item.value for item in move.keywords)]
    return bool(given) and all(_DEFAULT.fullmatch(unparse(node)) for node in given)


def _is_placed_anew(context: RuleContext, call: ast.Call) -> bool:
    """Tell whether the tensor is created here, with default dtype and device."""
    assert context.body is not None
    words = context.body.words(*call.args, *(item.value for item in call.keywords))
    return bool(words & DEFAULT_FACTORIES) and not any(map(_PLACED.search, words))


def _is_attribute(context: RuleContext, key: str) -> bool:
    """Tell whether ``key`` is an attribute of self."""
    owner, _, name = key.partition(".")
    return owner == context.self_name and name != "" and "." not in name


def _is_stored_again(context: RuleContext, key: str) -> bool:
    """Tell whether the class also assigns a Parameter to the attribute elsewhere."""
    assert context.owner is not None
    cls = context.owner.file.index(context.owner.node)
    return bool(cls.texts(key.rpartition(".")[2])) or any(
        node not in context.ancestry for node in _stored(cls).get(key, ())
    )


@memoized
def _stored(cls: TreeIndex) -> dict[str, list[ast.Assign]]:
    """Return the assignments of anything but None in ``cls``, by target."""
    found: dict[str, list[ast.Assign]] = defaultdict(list)
    for node in walk(cls.root):
        if isinstance(node, ast.Assign) and unparse(node.value) != "None":
            for target in node.targets:
                found[unparse(target)].append(node)
    return {**found}
