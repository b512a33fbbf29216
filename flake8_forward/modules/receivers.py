"""Verdicts on receivers: proven a Module, proven something else, or unknown."""

from __future__ import annotations

import ast
from typing import NamedTuple

from flake8_forward.modules import classes, evidence, expressions, protocol
from flake8_forward.modules.files import Project
from flake8_forward.modules.flow import Flow
from flake8_forward.modules.knowledge_base import MODULE, OBJECT
from flake8_forward.modules.types import (
    NONE,
    NOTHING,
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
    options,
)
from flake8_forward.unparsing import unparse


class Verdict(NamedTuple):
    """``state`` is "module", "not_module" or "unknown"; ``cls`` the class, if known.

    ``own_call`` tells that calling the object runs code of its class's own.
    """

    state: str
    cls: AnyClass | None = None
    own_call: bool = False
    why: str = ""


UNPROVEN = Verdict("unknown", why="nothing in reach says what it is")


def receiver(project: Project, node: ast.expr, flow: Flow) -> Verdict:
    """Return the verdict on the expression ``node`` at ``flow``."""
    project.ask()
    found = _verdicts(project, expressions.evaluate(project, node, flow))
    states = {item.state for item in found}
    is_open = "unknown" in states and "not_module" not in states
    if is_open and evidence.of_receiver(project, node, flow):
        found = [_used(project, item) for item in found]
    return _agreed(found)


def verdict(project: Project, value: Type) -> Verdict:
    """Return the verdict on a value: all alternatives must agree."""
    return _agreed(_verdicts(project, value))


def _verdicts(project: Project, value: Type) -> list[Verdict]:
    """Return a verdict on each alternative that can have a ``forward``."""
    found = [option for option in options(value) if not _is_plain(option)]
    return [_verdict(project, option) for option in found or options(value)]


def _is_plain(value: Type) -> bool:
    """Tell whether ``value`` is None or an object of a builtin class."""
    if isinstance(value, Instance) and isinstance(value.cls, KnownClass):
        return value.cls.dotted.startswith("builtins.") and value.cls != OBJECT
    return value in (NONE, NOTHING)


def _used(project: Project, found: Verdict) -> Verdict:
    """Return what the use of an object as a Module makes of a verdict on it."""
    if found.state == "module":
        return found
    cls = found.cls or MODULE
    return Verdict("module", cls, _has_own_call(project, cls), "used as a Module")


def _agreed(found: list[Verdict]) -> Verdict:
    if len({item.state for item in found}) > 1:
        return UNPROVEN
    return next((item for item in found if item.own_call), found[0])


def _verdict(project: Project, value: Type) -> Verdict:
    if isinstance(value, Wrapped):
        return Verdict("module", value.cls, why=f"a {value.cls.name}")
    if isinstance(value, Instance):
        return of_class(project, value.cls)
    if isinstance(value, (Special, External, Alias, TypeVariable)):
        return UNPROVEN
    return Verdict("not_module", why=f"a {type(value).__name__.lower()}")


def of_class(project: Project, cls: AnyClass) -> Verdict:
    """Return the verdict on instances of ``cls``."""
    is_module = classes.is_module(project, cls)
    why = _chain(project, cls)
    if is_module is None:
        return Verdict("unknown", cls, why=why + ", a base of which is not found")
    if not is_module:
        return Verdict("not_module", cls, why=why)
    return Verdict("module", cls, _has_own_call(project, cls), why)


def _has_own_call(project: Project, cls: AnyClass) -> bool:
    return protocol.has_own_call(project, cls) or _is_interface(project, cls)


def _chain(project: Project, cls: AnyClass) -> str:
    parts = []
    for base in classes.lineage(project, cls).classes:
        where = f" ({base.file.path})" if isinstance(base, SourceClass) else ""
        parts.append(base.name + where)
    return " -> ".join(parts)


def _is_interface(project: Project, cls: AnyClass) -> bool:
    """Tell whether ``cls`` is a TorchScript interface, which is called by ``.forward``."""
    if isinstance(cls, KnownClass):
        return False
    return any(
        unparse(node).rpartition(".")[2] == "interface"
        for node in cls.node.decorator_list
    )
