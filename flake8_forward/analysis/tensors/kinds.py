"""The kinds of values in a forward for autograd, and how they combine."""

from __future__ import annotations

UNKNOWN = ""
PLAIN = "plain"
"""A tensor without a gradient: integers, truth values, constants, detached values."""
TENSOR = "tensor"
"""A tensor that may have a gradient."""
LEAF = "leaf"
"""A Parameter."""
GRAPH = "graph"
"""The result of a layer or of an operation on a Parameter: it holds the graph."""
GRAPHS = "graphs"
"""A tuple or list of these, such as an LSTM returns."""
NEUTRAL = "none"
"""None, or not known yet: the other alternatives count."""

_ORDER = (GRAPHS, GRAPH, TENSOR, LEAF, PLAIN)


def computed(kinds: set[str]) -> str:
    """Return the kind of the result of an operation on values of these ``kinds``."""
    if kinds & {GRAPHS, GRAPH, LEAF}:
        return GRAPH
    return next((kind for kind in (TENSOR, NEUTRAL, PLAIN) if kind in kinds), UNKNOWN)


def joined(kinds: list[str]) -> str:
    """Return the kind of a value that is one of several alternatives."""
    found = {kind for kind in kinds if kind != NEUTRAL}
    if UNKNOWN in found:
        return UNKNOWN
    return next((kind for kind in _ORDER if kind in found), NEUTRAL)
