"""Conditions under which a word is reached: enclosing tests and early exits."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TypeAlias

from flake8_forward.lint.context import RuleContext
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.tree import FUNCTIONS
from flake8_forward.syntax.unparsing import unparse

_TRAINING = re.compile(r"train|eval|infer|predict|deterministic|sampl", re.IGNORECASE)
_NO_GRADIENT = re.compile(r"no_grad|inference_mode|set_grad_enabled")
_LEAVING = (ast.Return, ast.Raise, ast.Continue, ast.Break)


def tests(context: RuleContext) -> Iterator[ast.expr]:
    """Yield the conditions in its method that decide whether ``context`` is reached."""
    path = context.ancestry
    top = next((i for i, node in enumerate(path) if isinstance(node, FUNCTIONS)), 0)
    for node, child in zip(path[top:], path[top + 1 :], strict=False):
        yield from _around(node, child)
        leaving, before = _exits(context.file, node).get(child, ([], 0))
        yield from leaving[:before]


def _around(node: ast.AST, child: ast.AST) -> Iterator[ast.expr]:
    """Yield the tests that ``node`` makes before its part ``child`` is reached."""
    if isinstance(node, (ast.If, ast.While, ast.IfExp)) and child is not node.test:
        yield node.test
    elif isinstance(node, ast.BoolOp) and child in node.values:
        yield from node.values[: node.values.index(child)]
    elif isinstance(node, ast.Match) and child is not node.subject:
        yield node.subject
    elif isinstance(node, ast.comprehension):
        yield from node.ifs
    elif isinstance(node, (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)):
        yield from (test for item in node.generators for test in item.ifs)


Exits: TypeAlias = dict[ast.AST, tuple[list[ast.expr], int]]
"""For each statement of a block, the tests on which the block is left, and how many of
them come before."""


def _exits(file: SourceFile, node: ast.AST) -> Exits:
    """Return where the blocks of ``node``, which stands in ``file``, may be left."""
    known: dict[ast.AST, Exits] = file.brief.answers(_exits)
    if node not in known:
        known[node] = _find_exits(node)
    return known[node]


def _find_exits(node: ast.AST) -> Exits:
    found: Exits = {}
    for block in ("body", "orelse", "finalbody"):
        statements = getattr(node, block, None)
        tests: list[ast.expr] = []
        for statement in statements if isinstance(statements, list) else ():
            found[statement] = tests, len(tests)
            if isinstance(statement, ast.Assert) or (
                isinstance(statement, ast.If) and _leaves(statement)
            ):
                tests.append(statement.test)
    return found


def _leaves(node: ast.If) -> bool:
    blocks = (block for block in (node.body, node.orelse) if block)
    return any(isinstance(block[-1], _LEAVING) for block in blocks)


def on_training(context: RuleContext) -> bool:
    """Tell whether a condition depends on train or eval mode, under any usual name."""
    words = context.body.words(*tests(context)) if context.body else frozenset()
    return any(_TRAINING.search(word) for word in words)


def without_gradient(context: RuleContext) -> bool:
    """Tell whether a ``with`` or decorator switches autograd off at ``context``."""
    used: list[ast.expr] = []
    for node in context.ancestry:
        if isinstance(node, (ast.With, ast.AsyncWith)):
            used += [item.context_expr for item in node.items]
        elif isinstance(node, FUNCTIONS):
            used += node.decorator_list
    return any(_NO_GRADIENT.search(unparse(node)) for node in used)


def in_forward_itself(context: RuleContext) -> bool:
    """Tell whether ``forward`` runs the word, not a function or lambda inside it."""
    around = (
        node
        for node in reversed(context.ancestry[:-1])
        if isinstance(node, (*FUNCTIONS, ast.Lambda))
    )
    return getattr(next(around, None), "name", None) == "forward"
