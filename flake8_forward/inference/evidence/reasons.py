"""Why an object is taken for a Module, or is not, in words."""

from __future__ import annotations

import ast

from flake8_forward.flow.states import Flow
from flake8_forward.inference.evidence import arguments, combined, rivals
from flake8_forward.inference.evidence.sources import sources
from flake8_forward.inference.resolver import Resolver


def passed(resolver: Resolver, node: ast.expr, flow: Flow) -> str:
    """Return what callers pass for the parameters that the object ``node`` comes from.

    As in ``every caller passes a Net (main.py:12)``; empty if nothing follows from it.
    """
    told = (
        combined.reason(resolver, source)
        for source in sources(resolver, node, flow)
        if isinstance(source, ast.arg)
    )
    return "; ".join(dict.fromkeys(text for text in told if text))


def is_plain(resolver: Resolver, call: ast.Call | None) -> bool:
    """Tell whether a class that is no Module has a ``forward`` to be called so."""
    given = arguments.of_call(call) if call is not None else None
    return rivals.plain_rival(resolver, given) is not None


def vetoed(resolver: Resolver, call: ast.Call | None) -> str:
    """Return which class may be meant instead of a Module; empty if there is none."""
    given = arguments.of_call(call) if call is not None else None
    found = rivals.rival(resolver, call=given)
    return f"vetoed by class {found}" if found else ""
