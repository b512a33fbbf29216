"""Which assignments of a name reach a point: a small graph per scope, built once.

Nothing is evaluated here. Each statement adds a node that points back to the state
before it, so a look-up walks back from the point of use and stops at what binds the
name. Names are keys: ``model`` and dotted ones such as ``self.encoder``.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

if TYPE_CHECKING:
    from flake8_forward.modules.scopes import Scope

MAX_KEY_PARTS = 5

Kind = Literal[
    "value", "element", "unpack", "annotated", "import", "import_from", "class",
    "function", "with", "param", "augmented", "narrow", "alias", "opaque",
]  # fmt: skip


class Origin:
    """Where a binding's value comes from: a node, and the state it is evaluated in."""

    __slots__ = ("flow", "index", "kind", "node", "outer", "type")

    def __init__(
        self,
        kind: Kind,
        node: Any,
        flow: Flow,
        outer: Origin | None = None,
        index: int | None = None,
    ) -> None:
        self.kind = kind
        self.node = node
        self.flow = flow
        self.outer = outer
        self.index = index
        self.type: Any = None  # the evaluated type, kept by the resolver


class Start:
    """The state at the beginning of a scope: nothing is bound."""

    __slots__ = ("scope",)

    def __init__(self, scope: Scope) -> None:
        self.scope = scope


class Bind:
    """The state after ``key`` was bound."""

    __slots__ = ("key", "origin", "parent", "scope")

    def __init__(self, parent: Flow, key: str, origin: Origin) -> None:
        self.scope: Scope = parent.scope
        self.parent = parent
        self.key = key
        self.origin = origin


class Join:
    """The state where branches meet; ``keys`` are what they bound since ``fork``."""

    __slots__ = ("fork", "keys", "parents", "scope")

    def __init__(self, parents: list[Flow], keys: set[str], fork: Flow) -> None:
        self.scope: Scope = fork.scope
        self.parents = parents
        self.keys = keys
        self.fork = fork


class Test:
    """The state where the ``isinstance`` call ``node`` on ``key`` came out ``truth``."""

    __slots__ = ("key", "node", "parent", "scope", "truth")

    def __init__(self, parent: Flow, key: str, node: ast.Call, truth: bool) -> None:
        self.scope: Scope = parent.scope
        self.parent = parent
        self.key = key
        self.node = node
        self.truth = truth


Flow: TypeAlias = Start | Bind | Join | Test


def key_of(node: ast.AST | None) -> str | None:
    """Return the dotted key of a name or attribute chain, None for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute) and len(parts) < MAX_KEY_PARTS:
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    parts.append(node.id)
    return ".".join(reversed(parts))


def reaching(flow: Flow, key: str) -> tuple[list[Origin], bool]:
    """Return the bindings of ``key`` that reach ``flow``, and whether none may."""
    origins: list[Origin] = []
    unbound = False
    seen: set[int] = set()
    work = [flow]
    while work:
        state = work.pop()
        while True:
            if isinstance(state, Bind):
                if state.key == key:
                    origins.append(state.origin)
                    break
                if key.startswith(state.key + "."):
                    unbound = True  # the object itself was replaced
                    break
                state = state.parent
            elif isinstance(state, Join):
                if _touches(state.keys, key):
                    if id(state) not in seen:
                        seen.add(id(state))
                        work.extend(state.parents)
                    break
                state = state.fork
            elif isinstance(state, Test):
                if state.key == key:
                    origins.append(Origin("narrow", state, state.parent))
                    break
                state = state.parent
            else:
                unbound = True
                break
    return origins, unbound


def _touches(keys: set[str], key: str) -> bool:
    if key in keys:
        return True
    while "." in key:
        key = key.rpartition(".")[0]
        if key in keys:
            return True
    return False


def bind_target(flow: Flow, target: ast.expr, origin: Origin, keys: set[str]) -> Flow:
    """Return the state after ``target`` took the value of ``origin``."""
    if isinstance(target, (ast.Tuple, ast.List)):
        starred = False
        for index, item in enumerate(target.elts):
            starred = starred or isinstance(item, ast.Starred)
            if isinstance(item, ast.Starred):
                part = Origin("opaque", None, flow)
                item = item.value
            else:
                # After a starred target, positions count from the end.
                at = index - len(target.elts) if starred else index
                part = Origin("unpack", None, flow, origin, at)
            flow = bind_target(flow, item, part, keys)
        return flow
    key = key_of(target)
    if key is None:
        return flow
    keys.add(key)
    return Bind(flow, key, origin)


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
    """Take ``isinstance(x, A) or isinstance(x, B)`` for ``isinstance(x, (A, B))``."""
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
