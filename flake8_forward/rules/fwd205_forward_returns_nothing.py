"""FWD205: forward computes and returns nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_forward.analysis.tensors import effects
from flake8_forward.analysis.tensors.effects import (
    changed_in_place,
    fills_new,
    is_new_container,
)
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.body import Body
from flake8_forward.syntax.shapes import is_transparent, named
from flake8_forward.syntax.tree import walk
from flake8_forward.syntax.unparsing import unparse

_STATEMENTS = (
    ast.AnnAssign, ast.Assert, ast.Assign, ast.AugAssign, ast.Break, ast.Continue,
    ast.For, ast.If, ast.Import, ast.ImportFrom, ast.Pass, ast.Raise, ast.Return,
    ast.Try, ast.While, ast.With,
)  # fmt: skip
"""Statements that change nothing but local names, unless what they call does."""

_SETTING = (ast.AnnAssign, ast.Assign, ast.AugAssign, ast.Expr)


class ForwardReturnsNothing(WordRule):
    """``forward`` of a Module that ends with a result in a local name and no return.

    The result is lost and the caller gets None. The error appears in the next layer or,
    if the output is only stored or compared, not at all.

    Exempt: any ``forward`` that may be run for a side effect: it assigns an attribute,
    or an item of something that it did not create; it calls something for its effect;
    it changes an argument in place; it calls something that is neither a layer nor
    known to be free of side effects. Stubs and methods annotated ``-> None`` are
    exempt, too.

    Fix: return the result, on every path.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.forward
    """

    code = "FWD205"
    definitions = frozenset({"forward"})

    def check(self, context: RuleContext) -> str | None:
        """Return the message for a Module's forward that loses what it computes."""
        node = context.candidate.node
        if not isinstance(node, ast.FunctionDef) or not _is_plain(node):
            return None
        # Nearly every forward ends in a return: it is done here, without a walk.
        ends = (*_ends(node.body, True), *_left(node.body))
        if not any(isinstance(end, _SETTING) for end in ends):
            return None
        body = context.body
        assert body is not None
        lost = _lost(node, body)
        if lost is None or "register_forward" in context.file.text:
            return None
        cls = context.defining_class
        if cls is None or not context.is_module(cls) or not _is_pure(context, body):
            return None
        return (
            f"'forward' of the Module {cls.name} returns None, and the result of line "
            f"{lost.lineno} is lost; return it"
        )


def _is_pure(context: RuleContext, body: Body) -> bool:
    """Tell whether what ``forward`` calls or changes in place was created by it."""
    augmented = [named(node.target) for node in body.nodes(ast.AugAssign)]
    return (
        not body.node_paths(ast.Yield, ast.YieldFrom)
        and all(
            effects.is_pure(context.at(node_path), body)
            for node_path in body.node_paths(ast.Call)
        )
        and all(effects.is_new(context, body, name or "") for name in augmented)
    )


def _lost(node: ast.FunctionDef, body: Body) -> ast.stmt | None:
    """Return the last statement of a path without a return, if it only sets locals."""
    parts = [*walk(node)]
    if not all(_changes_locals(part, body) for part in parts):
        return None
    silent = not any(isinstance(part, ast.Return) and part.value for part in parts)
    ends = (*_ends(node.body, silent), *_left(node.body))
    lost = [end for end in ends if _sets_local(end, body)]
    return max(lost, key=lambda end: end.lineno, default=None)


def _ends(block: Sequence[ast.stmt], in_loops: bool) -> Iterator[ast.stmt]:
    """Yield the last statements of the paths through ``block`` that return nothing.

    A loop that returns what it finds, and nothing otherwise, is skipped.
    """
    *before, last = block
    if isinstance(last, ast.Return):
        if last.value is None and before:
            yield from _ends(before, in_loops)
    elif isinstance(last, ast.If):
        yield from _ends(last.body, in_loops)
        if last.orelse:
            yield from _ends(last.orelse, in_loops)
    elif isinstance(last, ast.Try):
        for part in (last.orelse or last.body, *(item.body for item in last.handlers)):
            yield from _ends(last.finalbody or part, in_loops)
    elif isinstance(last, ast.With) or (
        in_loops and isinstance(last, (ast.For, ast.While))
    ):
        yield from _ends(last.body, in_loops)
    else:
        yield last


def _left(block: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """Yield the statements in ``block``, and in its blocks, before a bare ``return``."""
    for before, statement in zip((None, *block), block, strict=False):
        if isinstance(statement, ast.Return) and statement.value is None and before:
            yield before
        for name in ("body", "orelse", "finalbody"):
            yield from _left(getattr(statement, name, ()))
        for handler in getattr(statement, "handlers", ()):
            yield from _left(handler.body)


def _sets_local(node: ast.stmt, body: Body) -> bool:
    """Tell whether ``node`` assigns a value to local names other than ``_``."""
    if isinstance(node, ast.Expr):
        return changed_in_place(node.value) is not None or fills_new(node.value, body)
    if not isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)):
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = [
        part.id
        for target in targets
        for part in walk(target)
        if isinstance(part, ast.Name)
    ]
    return node.value is not None and any(not name.startswith("_") for name in names)


def _changes_locals(node: ast.AST, body: Body) -> bool:
    """Tell whether ``node``, taken alone, changes nothing but local names."""
    if isinstance(node, ast.FunctionDef):
        return node.name == "forward"
    if isinstance(node, ast.Expr):
        value = node.value
        shown = isinstance(value, ast.Call) and named(value.func) == "print"
        return (
            isinstance(value, ast.Constant)
            or shown
            or changed_in_place(value) is not None
            or fills_new(value, body)
        )
    if isinstance(node, ast.Subscript) and is_new_container(node.value, body):
        return True
    if isinstance(node, (ast.Attribute, ast.Subscript)):
        return isinstance(node.ctx, ast.Load)
    return not isinstance(node, ast.stmt) or isinstance(node, _STATEMENTS)


def _is_plain(node: ast.FunctionDef) -> bool:
    """Tell whether ``forward`` is undecorated and may return something."""
    nothing = node.returns is not None and unparse(node.returns) in (
        "None", "NoReturn", "'None'",
    )  # fmt: skip
    return is_transparent(node) and not nothing
