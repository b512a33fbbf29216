"""What a test of its class, or for an attribute, tells about a name after it."""

from __future__ import annotations

import ast
from collections.abc import Iterable

from flake8_forward.flow.states import Flow, Test
from flake8_forward.syntax.shapes import is_name, key_of
from flake8_forward.syntax.unparsing import string

EQUAL = (ast.Is, ast.Eq, ast.In)
UNEQUAL = (ast.IsNot, ast.NotEq, ast.NotIn)


def isinstance_tests(
    test: ast.expr, truth: bool
) -> Iterable[tuple[str, ast.Call, bool]]:
    """Yield (key, isinstance call, its truth) implied by ``test`` being ``truth``.

    A call of ``hasattr`` for "module", which wrappers have, is such a test too.
    """
    if isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        yield from isinstance_tests(test.operand, not truth)
    elif isinstance(test, ast.BoolOp):
        if isinstance(test.op, ast.And) is truth:
            for value in test.values:
                yield from isinstance_tests(value, truth)
        elif truth:
            yield from _one_of(test)
    elif isinstance(test, ast.Compare):
        is_same = isinstance(test.ops[0], EQUAL if truth else UNEQUAL)
        if is_same and len(test.ops) == 1:
            yield from _by_class(test.left, test.comparators[0], True)
    elif isinstance(test, ast.Call) and len(test.args) == 2:
        name = test.func.id if isinstance(test.func, ast.Name) else ""
        if name == "issubclass":
            yield from _by_class(test.args[0], test.args[1], truth)
        key = key_of(test.args[0])
        is_told = name == "isinstance" or (
            name == "hasattr" and string(test.args[1]) == "module"
        )
        if key and is_told:
            yield key, test, truth


def _by_class(
    node: ast.expr, cls: ast.expr, truth: bool
) -> Iterable[tuple[str, ast.Call, bool]]:
    """Treat ``type(x) is A`` and ``x.__class__ is A`` as ``isinstance(x, A)``."""
    tested = node.value if isinstance(node, ast.Attribute) else None
    if isinstance(node, ast.Call) and is_name(node.func, "type"):
        tested = node.args[0] if len(node.args) == 1 else None
    elif isinstance(node, ast.Attribute) and node.attr != "__class__":
        return
    key = key_of(tested)
    if tested is not None and key:
        yield key, _call(tested, cls), truth


def _call(node: ast.expr, cls: ast.expr) -> ast.Call:
    return ast.Call(ast.Name("isinstance", ast.Load()), [node, cls], [])


def matched(subject: ast.expr, pattern: ast.pattern) -> ast.expr:
    """Return a test that is true where ``subject`` matches ``pattern``."""
    if isinstance(pattern, ast.MatchClass):
        return _call(subject, pattern.cls)
    if isinstance(pattern, ast.MatchAs) and pattern.pattern is not None:
        return matched(subject, pattern.pattern)
    if isinstance(pattern, ast.MatchOr):
        parts = [matched(subject, part) for part in pattern.patterns]
        return ast.BoolOp(ast.Or(), parts)
    return ast.Constant(True)


def _one_of(test: ast.BoolOp) -> Iterable[tuple[str, ast.Call, bool]]:
    """Treat ``isinstance(x, A) or isinstance(x, B)`` as ``isinstance(x, (A, B))``."""
    found = [list(isinstance_tests(value, True)) for value in test.values]
    keys = {item[0] for tests in found for item in tests if item[2]}
    calls = [tests[0][1] for tests in found if len(tests) == 1 and tests[0][2]]
    is_each = len(calls) == len(found) and len(keys) == 1
    if is_each and not any(is_name(call.func, "hasattr") for call in calls):
        either = ast.Tuple([call.args[1] for call in calls], ast.Load())
        yield keys.pop(), _call(calls[0].args[0], either), True


def narrowed(flow: Flow, test: ast.expr, truth: bool) -> Flow:
    """Return the state in which ``test`` came out as ``truth``."""
    for key, node, holds in isinstance_tests(test, truth):
        flow.scope.tested.add(key)
        flow = Test(flow, key, node, holds)
    return flow
