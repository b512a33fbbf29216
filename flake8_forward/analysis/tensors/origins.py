"""Which bindings a value in a function depends on, followed through assignments."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from flake8_forward.flow.bindings import listed, reaching
from flake8_forward.flow.states import Flow, Origin, PartOrigin
from flake8_forward.syntax.tree import walk

MAX_ORIGINS = 10_000
"""Bindings of names that are looked at for one value."""


def behind(
    node: ast.expr, flow: Flow, settled: Collection[Origin]
) -> list[Origin] | None:
    """Return the bindings that ``node`` depends on at ``flow``; None if too many.

    Each comes after those that it depends on, except in cycles; ``settled`` ones
    are skipped. No recursion: a method may have hundreds of steps.
    """
    found: list[Origin] = []
    met: set[Origin] = set()
    work: list[tuple[Origin | None, Iterator[Origin]]]
    work = [(None, iter(_named_in(node, flow)))]
    while work:
        binding, rest = work[-1]
        origin = next(rest, None)
        if origin is None:
            work.pop()
            found += [binding] if binding is not None else []
        elif origin not in met and origin not in settled:
            met.add(origin)
            work.append((origin, iter(_sources(origin))))
            if len(met) > MAX_ORIGINS:
                return None
    return found


def _sources(origin: Origin) -> list[Origin]:
    """Return the bindings that the value of ``origin`` depends on."""
    if isinstance(origin, PartOrigin):
        return [origin.whole]
    is_value = origin.kind in ("value", "augmented")
    return _named_in(origin.node, origin.flow) if is_value else []


def _named_in(node: ast.AST, flow: Flow) -> list[Origin]:
    """Return the bindings of the names in ``node``, and in lists that they name."""
    found: list[Origin] = []
    met: set[tuple[ast.AST, Flow]] = set()
    work = [(node, flow)]
    for value, at in work:  # extended in the loop
        if (value, at) in met:
            continue
        met.add((value, at))
        for name in walk(value):
            if isinstance(name, ast.Name):
                found += reaching(at, name.id)[0]
                work += listed(name, at)
    return found
