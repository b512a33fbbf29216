"""What the calls of a function, wherever the project has them, pass for a parameter."""

from __future__ import annotations

import ast
from typing import NamedTuple

from flake8_forward.flow.states import Scope
from flake8_forward.inference import classes
from flake8_forward.inference.evidence import arguments, call_sites
from flake8_forward.inference.evidence.sites import CallSite
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives, either
from flake8_forward.inference.values import NONE, UNKNOWN, Type
from flake8_forward.syntax.tree import FUNCTIONS

MAX_CALLS = 40
"""Most calls of one function whose arguments are looked at."""


class Given(NamedTuple):
    """What calls pass: each value with its place; and whether these are all calls."""

    values: list[tuple[Type, str]]
    is_complete: bool


def given(resolver: Resolver, scope: Scope, arg: ast.arg) -> Given:
    """Return what the calls of the function ``scope`` pass for its parameter ``arg``."""
    sites = call_sites.of_function(resolver, scope)
    if sites is None or len(sites) > MAX_CALLS:
        return Given([], False)
    values: list[tuple[Type, str]] = []
    is_complete = True
    for site in sites:
        if site.arguments is None:
            is_complete = False
            continue
        value = _passed(resolver, scope, arg, site)
        if site.is_certain or (value and classes.all_modules(resolver, value)):
            values += [(value, site.place)] if value is not None else []
        else:
            is_complete = False  # a call of another method, perhaps
    return Given(values, is_complete)


def _passed(
    resolver: Resolver, scope: Scope, arg: ast.arg, site: CallSite
) -> Type | None:
    """Return what ``site`` passes for ``arg``; None if that is None."""
    node = scope.node
    assert isinstance(node, FUNCTIONS) and site.arguments is not None
    value = arguments.passed(site.arguments, node, arg, site.skipped)
    flow = site.flow
    if value is not None and value is arguments.default(node, arg):
        assert scope.defined is not None
        flow = scope.defined
    found = UNKNOWN if value is None else resolver.evaluate(value, flow)
    kept = [one for one in alternatives(found) if one != NONE]
    return either(kept) if kept else None
