"""Verdicts on receivers: proven a Module, proven something else, or unknown."""

from __future__ import annotations

import ast
from typing import NamedTuple

from flake8_forward.modules import classes, evidence, expressions, protocol
from flake8_forward.modules.files import Project
from flake8_forward.modules.flow import Flow
from flake8_forward.modules.types import (
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
    without_none,
)


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
    value = expressions.evaluate(project, node, flow)
    if evidence.is_open(value):
        value = evidence.of_key(project, node, flow)
    return verdict(project, value)


def verdict(project: Project, value: Type) -> Verdict:
    """Return the verdict on a value: all alternatives must agree."""
    found = [_verdict(project, option) for option in options(without_none(value))]
    states = {item.state for item in found}
    if len(states) > 1:
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
    own_call = protocol.has_own_call(project, cls) or _is_interface(project, cls)
    return Verdict("module", cls, own_call, why)


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
        ast.unparse(node).rpartition(".")[2] == "interface"
        for node in cls.node.decorator_list
    )
