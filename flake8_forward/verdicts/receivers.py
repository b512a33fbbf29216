"""Verdicts on receivers: proven a Module, proven something else, or unknown."""

from __future__ import annotations

import ast
from typing import Literal, NamedTuple, TypeAlias

from flake8_forward.flow.states import Flow
from flake8_forward.inference import classes, mro
from flake8_forward.inference.evidence import combined
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import (
    NEVER,
    NONE,
    OBJECT,
    PART,
    USED,
    Alias,
    AnyClass,
    External,
    Instance,
    KnownClass,
    SourceClass,
    Special,
    Type,
    TypeVariable,
    Wrapped,
)
from flake8_forward.syntax.unparsing import unparse
from flake8_forward.verdicts import call_definitions

State: TypeAlias = Literal["module", "not_module", "unknown"]
"""Proven an instance of a Module; proven something else; neither."""


class Verdict(NamedTuple):
    """What is proven of an object; ``cls`` is its class, if known.

    ``own_call`` tells that calling the object runs code of its class's own.
    """

    state: State
    cls: AnyClass | None = None
    own_call: bool = False
    why: str = ""


UNPROVEN = Verdict("unknown", why="nothing in reach says what it is")


def receiver(resolver: Resolver, node: ast.expr, flow: Flow) -> Verdict:
    """Return the verdict on the expression ``node`` at ``flow``."""
    with resolver.budget.question():
        found = _verdicts(resolver, resolver.evaluate(node, flow))
        states = {item.state for item in found}
        is_open = "unknown" in states and "not_module" not in states
        if is_open and combined.of_receiver(resolver, node, flow):
            found = [_used(resolver, item) for item in found]
    return _agreed(found)


def _verdicts(resolver: Resolver, value: Type) -> list[Verdict]:
    """Return a verdict on each alternative that can have a ``forward``."""
    found = [
        alternative for alternative in alternatives(value) if not _is_plain(alternative)
    ]
    return [
        _verdict(resolver, alternative) for alternative in found or alternatives(value)
    ]


def _is_plain(value: Type) -> bool:
    """Tell whether ``value`` is None or an object of a builtin class."""
    if isinstance(value, Instance) and isinstance(value.cls, KnownClass):
        return value.cls.dotted.startswith("builtins.") and value.cls != OBJECT
    return value in (NONE, NEVER)


def _used(resolver: Resolver, found: Verdict) -> Verdict:
    """Return what the use of an object as a Module makes of a verdict on it."""
    if found.state == "module":
        return found
    cls = found.cls or USED
    return Verdict("module", cls, _has_own_call(resolver, cls), "used as a Module")


def _agreed(found: list[Verdict]) -> Verdict:
    if len({item.state for item in found}) > 1:
        return UNPROVEN
    return next((item for item in found if item.own_call), found[0])


def _verdict(resolver: Resolver, value: Type) -> Verdict:
    if isinstance(value, Wrapped):
        return Verdict("module", value.cls, why=f"a {value.cls.name}")
    if isinstance(value, Instance):
        if value.cls == PART:
            return Verdict("module", USED, why="a part of a library's Module")
        return of_class(resolver, value.cls)
    if isinstance(value, (Special, External, Alias, TypeVariable)):
        return UNPROVEN
    return Verdict("not_module", why=f"a {type(value).__name__.lower()}")


def of_class(resolver: Resolver, cls: AnyClass) -> Verdict:
    """Return the verdict on instances of ``cls``."""
    is_module = classes.is_module(resolver, cls)
    why = _chain(resolver, cls)
    if is_module is None:
        return Verdict("unknown", cls, why=why + ", a base of which is not found")
    if not is_module:
        return Verdict("not_module", cls, why=why)
    return Verdict("module", cls, _has_own_call(resolver, cls), why)


def _has_own_call(resolver: Resolver, cls: AnyClass) -> bool:
    return call_definitions.has_own_call(resolver, cls) or _is_interface(cls)


def _chain(resolver: Resolver, cls: AnyClass) -> str:
    parts = []
    for base in mro.lineage(resolver, cls).classes:
        where = f" ({base.file.path})" if isinstance(base, SourceClass) else ""
        parts.append(base.name + where)
    return " -> ".join(parts)


def _is_interface(cls: AnyClass) -> bool:
    """Tell whether ``cls`` is a TorchScript interface, called by ``.forward``."""
    if isinstance(cls, KnownClass):
        return False
    return any(
        unparse(node).rpartition(".")[2] == "interface"
        for node in cls.node.decorator_list
    )
