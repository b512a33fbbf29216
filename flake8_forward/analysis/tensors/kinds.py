"""What a value in a forward can be to autograd, and what comes of several values."""

from __future__ import annotations

UNKNOWN = ""
PLAIN = "plain"
"""A tensor without a gradient: integers, truth values, constants, detached values."""
TENSOR = "tensor"
"""A tensor that may have a gradient."""
LEAF = "leaf"
"""A Parameter."""
GRAPH = "graph"
"""What a layer, or an operation on a Parameter, has computed: it holds the graph."""
GRAPHS = "graphs"
"""Several of these, or one of several kinds of objects, as LSTM returns them."""
NEUTRAL = "none"
"""None, or what is not known yet: of several values, the others count."""

_ORDER = (GRAPHS, GRAPH, TENSOR, LEAF, PLAIN)


def computed(kinds: set[str]) -> str:
    """Return what an operation on values of these ``kinds`` gives."""
    if kinds & {GRAPHS, GRAPH, LEAF}:
        return GRAPH
    return next((kind for kind in (TENSOR, NEUTRAL, PLAIN) if kind in kinds), UNKNOWN)


def joined(kinds: list[str]) -> str:
    """Return what a value is that is one of several."""
    found = {kind for kind in kinds if kind != NEUTRAL}
    if UNKNOWN in found:
        return UNKNOWN
    return next((kind for kind in _ORDER if kind in found), NEUTRAL)
