"""What an isinstance test tells about a name after it."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from flake8_forward.flow.states import Flow, Test
from flake8_forward.syntax.shapes import key_of


def isinstance_tests(
    test: ast.expr, truth: bool
) -> Iterable[tuple[str, ast.Call, bool]]:
    """Yield (key, isinstance call, its truth) implied by ``test`` being ``truth``."""
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from isinstance_tests(test.operand, not truth)
    elif isinstance(test, ast.BoolOp):
        if isinstance(test.op, ast.And) is truth:
            for value in test.values:
                yield from isinstance_tests(value, truth)
        elif truth:
            yield from _one_of(test)
    elif (
        isinstance(test, ast.Call)
        and isinstance(test.func, ast.Name)
        and test.func.id == "isinstance"
        and len(test.args) == 2
    ):
        key = key_of(test.args[0])
        if key:
            yield key, test, truth


def _one_of(test: ast.BoolOp) -> Iterable[tuple[str, ast.Call, bool]]:
    """Treat ``isinstance(x, A) or isinstance(x, B)`` as ``isinstance(x, (A, B))``."""
    found = [list(isinstance_tests(value, True)) for value in test.values]
    keys = {item[0] for tests in found for item in tests if item[2]}
    if len(keys) == 1 and all(len(tests) == 1 and tests[0][2] for tests in found):
        calls = [tests[0][1] for tests in found]
        either = ast.Tuple([call.args[1] for call in calls], ast.Load())
        yield keys.pop(), ast.Call(calls[0].func, [calls[0].args[0], either], []), True


def narrowed(flow: Flow, test: ast.expr, truth: bool) -> Flow:
    """Return the state in which ``test`` came out as ``truth``."""
    for key, node, holds in isinstance_tests(test, truth):
        flow.scope.tested.add(key)
        flow = Test(flow, key, node, holds)
    return flow
