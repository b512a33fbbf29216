"""What functions and methods of frameworks return."""

from __future__ import annotations

import ast

from flake8_forward.flow.states import Flow
from flake8_forward.inference import classes
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives, tuple_of, without_none
from flake8_forward.inference.values import (
    MODULE,
    UNKNOWN,
    AnyClass,
    Instance,
    KnownClass,
    Type,
    Wrapped,
)
from flake8_forward.knowledge import frameworks
from flake8_forward.syntax.unparsing import string, unparse

_GIVEN = ("model", "module", "mod")
"""What functions call the Module that they take, if they take it by name."""

_NAMES = frozenset(key.rpartition(".")[2] for key in frameworks.RETURNS)


def result(resolver: Resolver, dotted: str, node: ast.Call, flow: Flow) -> Type | None:
    """Return what the framework's function ``dotted`` returns; None if it has none."""
    if frameworks.MAKERS.fullmatch(dotted):
        return Instance(MODULE)
    owner, _, name = dotted.rpartition(".")
    if name not in _NAMES:
        return None
    family = frameworks.family(owner)
    key = dotted if family is None else f"{family}.{name}"
    if key not in frameworks.RETURNS:
        return None
    how, length = frameworks.RETURNS[key]
    if how == frameworks.ALL:
        return _all_given(resolver, node, flow)
    value: Type
    if how == frameworks.MADE:
        value = UNKNOWN if _makes_something_else(node) else Instance(MODULE)
    else:
        value = given(resolver, node, flow)
        if how != frameworks.SAME:
            value = Wrapped(KnownClass(how, "module"), value)
    return tuple_of(value, *[UNKNOWN] * (length - 1)) if length else value


def given(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    """Return the Module that is given to a function that would refuse anything else."""
    nodes = [item.value for item in node.keywords if item.arg in _GIVEN]
    nodes += node.args[:1]
    value = without_none(resolver.evaluate(nodes[0], flow)) if nodes else UNKNOWN
    is_known = all(
        isinstance(one, Wrapped) or classes.all_modules(resolver, one)
        for one in alternatives(value)
    )
    return value if is_known else Instance(MODULE)


def constructed(cls: AnyClass, node: ast.Call) -> Type:
    """Return what a class method makes that loads an object of ``cls``."""
    asked = [item for item in node.keywords if item.arg in frameworks.WITH_MORE]
    if any(unparse(item.value) != "False" for item in asked):
        return tuple_of(Instance(cls), UNKNOWN)
    return Instance(cls)


def _all_given(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    named = [
        item.value for item in node.keywords if item.arg in ("optimizer", "optimizers")
    ]
    nodes = [*node.args, *named]
    if not node.args or any(isinstance(item, ast.Starred) for item in nodes):
        return UNKNOWN
    values = [resolver.evaluate(item, flow) for item in nodes]
    return values[0] if len(values) == 1 else tuple_of(*values)


def _makes_something_else(node: ast.Call) -> bool:
    """Tell whether the name of an entry point says that it makes no Module."""
    named = [item.value for item in node.keywords if item.arg == "model"]
    entries = [string(value) or "" for value in (*node.args[1:2], *named)]
    return any(map(frameworks.OTHERWISE.search, entries))
