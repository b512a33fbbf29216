"""Which bindings of a name reach a state, and the states that targets make."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import TypeVar

from flake8_forward.flow.states import (
    Bind,
    Flow,
    Join,
    Origin,
    PartOrigin,
    RestOrigin,
    Test,
)
from flake8_forward.syntax.shapes import key_of

MAX_STRETCH = 24
"""Bindings that a look-up examines one by one."""

MAX_ORIGINS = 200
"""Bindings of one name that are kept apart where branches meet."""

Item = TypeVar("Item")


def reaching(flow: Flow, key: str) -> tuple[list[Origin], bool]:
    """Return the bindings of ``key`` at ``flow``, and whether it may be unbound.

    If there are too many, nothing is known.
    """
    origins: dict[int, Origin] = {}
    unbound = False
    seen: set[int] = set()
    work = [flow]
    while work:
        if len(origins) > MAX_ORIGINS:
            return [Origin("opaque", None, flow)], True
        state = work.pop()
        while True:
            if isinstance(state, Bind):
                if state.key == key:
                    origins[id(state.origin)] = state.origin
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
                    origins[id(state)] = Origin("narrow", state, state.parent)
                    break
                state = state.parent
            else:
                unbound = True
                break
    return [*origins.values()], unbound


def listed(node: ast.expr, flow: Flow) -> list[tuple[ast.expr, Flow]]:
    """Return the items of a list, with those added to its name; none if unknown."""
    if isinstance(node, (ast.List, ast.Tuple)):
        return [(item, flow) for item in node.elts]
    origins = reaching(flow, node.id)[0] if isinstance(node, ast.Name) else []
    if not all(o.kind == "value" and isinstance(o.node, ast.List) for o in origins):
        return []
    added = flow.scope.graph.added.get(key_of(node) or "", []) if origins else []
    items = [(item, origin.flow) for origin in origins for item in origin.node.elts]
    return items + [(origin.node, origin.flow) for origin in added]


def _touches(keys: set[str], key: str) -> bool:
    if key in keys:
        return True
    while "." in key:
        key = key.rpartition(".")[0]
        if key in keys:
            return True
    return False


def bind_target(flow: Flow, target: ast.expr, origin: Origin, keys: set[str]) -> Flow:
    """Return the state after ``target`` was bound to the value of ``origin``.

    The keys that are bound are added to ``keys``.
    """
    if isinstance(target, (ast.Tuple, ast.List)):
        starred = False
        parts: list[tuple[ast.expr, Origin]] = []
        for index, item in enumerate(target.elts):
            starred = starred or isinstance(item, ast.Starred)
            # After a starred target, positions count from the end.
            at = index - len(target.elts) if starred else index
            part: Origin = PartOrigin(origin, at, flow)
            if isinstance(item, ast.Starred):
                part = RestOrigin(origin, index, at + 1 or None, flow)
                item = item.value
            parts.append((item, part))
        after, bound = in_parts(parts, flow, _bind_all)
        keys |= bound
        return after or flow
    key = key_of(target)
    if key is None:
        return flow
    keys.add(key)
    return Bind(flow, key, origin)


def _bind_all(
    parts: Sequence[tuple[ast.expr, Origin]], flow: Flow
) -> tuple[Flow, set[str]]:
    keys: set[str] = set()
    for target, origin in parts:
        flow = bind_target(flow, target, origin, keys)
    return flow, keys


def in_parts(
    items: Sequence[Item],
    flow: Flow,
    take: Callable[[Sequence[Item], Flow], tuple[Flow | None, set[str]]],
) -> tuple[Flow | None, set[str]]:
    """Return the state after ``items`` and what they bind, as ``take`` does for a few.

    Many are split into parts, so that a look-up skips those that do not bind its name.
    """
    if len(items) <= MAX_STRETCH:
        return take(items, flow)
    size = MAX_STRETCH
    while size * MAX_STRETCH < len(items):
        size *= MAX_STRETCH
    bound: set[str] = set()
    for start in range(0, len(items), size):
        end, keys = in_parts(items[start : start + size], flow, take)
        bound |= keys
        if end is None:
            return None, bound
        flow = Join([end], keys, flow)
    return flow, bound
