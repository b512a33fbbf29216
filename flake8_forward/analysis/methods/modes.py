"""Overrides of ``train`` and ``eval``, the methods that change a Module's mode."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_forward.knowledge.vocabulary import MODES
from flake8_forward.lint.context import RuleContext
from flake8_forward.syntax.shapes import first_parameter, is_declaration, is_transparent
from flake8_forward.syntax.tree import FunctionNode, walk
from flake8_forward.syntax.unparsing import unparse

_ENDING_CALLS = frozenset({"assert_never", "exit", "os._exit", "quit", "sys.exit"})


def definition(context: RuleContext) -> ast.FunctionDef | None:
    """Return the function that the word defines as a plain method with a body.

    None for other decorated functions, generators, and what only declares or raises.
    """

    node = context.candidate.node
    if not isinstance(node, ast.FunctionDef):
        return None
    if context.defining_class is None or is_declaration(node):
        return None
    if not is_transparent(node):
        return None
    body = context.body
    if body is None or body.node_paths(ast.Yield, ast.YieldFrom):
        return None
    return node


def extends_inherited(node: FunctionNode) -> bool:
    """Tell whether ``node`` calls the ``train`` or ``eval`` that its class inherits."""
    return any(
        isinstance(part, ast.Call)
        and isinstance(part.func, ast.Attribute)
        and part.func.attr in MODES
        and (_is_super(part.func.value) or _hands_self(part, node))
        for part in walk(node)
    )


def _is_super(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and unparse(node.func) == "super"


def _hands_self(call: ast.Call, node: FunctionNode) -> bool:
    """Tell whether ``call`` is unbound: ``Base.train(self, mode)``."""
    given = [unparse(arg) for arg in call.args[:1]]
    return given == [first_parameter(node)]


def can_end(body: Sequence[ast.stmt]) -> bool:
    """Tell whether control may reach the end of ``body``."""
    return all(_can_pass(statement) for statement in body)


def _can_pass(node: ast.stmt) -> bool:
    """Tell whether control may continue after the statement ``node``."""
    if isinstance(node, (ast.Return, ast.Raise, ast.Continue, ast.Break)):
        return False
    if isinstance(node, ast.If):
        return can_end(node.body) or can_end(node.orelse)
    if isinstance(node, (ast.With, ast.AsyncWith)):
        return can_end(node.body)
    if isinstance(node, ast.While) and _is_true(node.test):
        return any(isinstance(part, ast.Break) for part in walk(node))
    if isinstance(node, ast.Try) or type(node).__name__ == "TryStar":
        return _can_pass_try(node)
    if isinstance(node, ast.Match):
        last = node.cases[-1]
        open_ended = last.guard is not None or not _takes_all(last.pattern)
        return open_ended or any(can_end(case.body) for case in node.cases)
    if isinstance(node, ast.Assert):
        return not (isinstance(node.test, ast.Constant) and not node.test.value)
    if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
        return unparse(node.value.func) not in _ENDING_CALLS
    return True


def _can_pass_try(node: ast.stmt) -> bool:
    blocks = {name: getattr(node, name) for name in ("body", "orelse", "finalbody")}
    if not can_end(blocks["finalbody"]):
        return False
    handlers = [handler.body for handler in getattr(node, "handlers", ())]
    usual = [*blocks["body"], *blocks["orelse"]]
    return can_end(usual) or any(can_end(handler) for handler in handlers)


def _is_true(test: ast.expr) -> bool:
    return isinstance(test, ast.Constant) and bool(test.value)


def _takes_all(pattern: ast.pattern) -> bool:
    return isinstance(pattern, ast.MatchAs) and pattern.pattern is None
