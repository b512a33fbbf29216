"""The kinds of values in a forward for autograd, and how they combine."""

from __future__ import annotations

from typing import Final, Literal, TypeAlias

TensorKind: TypeAlias = Literal[
    "", "plain", "tensor", "leaf", "graph", "graphs", "none"
]

UNKNOWN: Final = ""
PLAIN: Final = "plain"
"""A tensor without a gradient: integers, truth values, constants, detached values."""
TENSOR: Final = "tensor"
"""A tensor that may have a gradient."""
LEAF: Final = "leaf"
"""A Parameter."""
GRAPH: Final = "graph"
"""The result of a layer or of an operation on a Parameter: it holds the graph."""
GRAPHS: Final = "graphs"
"""A tuple or list of these, such as an LSTM returns."""
NEUTRAL: Final = "none"
"""None, or not known yet: the other alternatives count."""

_ORDER: tuple[TensorKind, ...] = (GRAPHS, GRAPH, TENSOR, LEAF, PLAIN)


def computed(kinds: set[TensorKind]) -> TensorKind:
    """Return the kind of the result of an operation on values of these ``kinds``."""
    if kinds & {GRAPHS, GRAPH, LEAF}:
        return GRAPH
    order: tuple[TensorKind, ...] = (TENSOR, NEUTRAL, PLAIN)
    return next((kind for kind in order if kind in kinds), UNKNOWN)


def joined(kinds: list[TensorKind]) -> TensorKind:
    """Return the kind of a value that is one of several alternatives."""
    found = {kind for kind in kinds if kind != NEUTRAL}
    if UNKNOWN in found:
        return UNKNOWN
    return next((kind for kind in _ORDER if kind in found), NEUTRAL)
