"""What ``with``, loops and subscripts make of an object, by its special methods."""

from __future__ import annotations

from flake8_forward.modules import containers, functions, members
from flake8_forward.modules.files import Project
from flake8_forward.modules.types import (
    UNKNOWN,
    Function,
    Instance,
    KnownClass,
    Type,
)


def entered(project: Project, value: Type) -> Type:
    """Return what ``with value as x`` binds x to."""
    if isinstance(value, Instance) and value.cls.name == "list":
        return value.element or UNKNOWN  # a generator, decorated: no list is entered
    return _called(project, value, "__enter__")


def iteration(project: Project, value: Instance) -> Type:
    """Return what iterating over an instance of a project's class gives."""
    return containers.iterated(project, _called(project, value, "__iter__"))


def item(project: Project, value: Instance) -> Type:
    """Return what subscripting an instance of a project's class gives."""
    return _called(project, value, "__getitem__")


def _called(project: Project, value: Type, name: str) -> Type:
    if not isinstance(value, Instance) or isinstance(value.cls, KnownClass):
        return UNKNOWN
    method = members.of(project, value, name)
    return (
        functions.returned(project, method) if isinstance(method, Function) else UNKNOWN
    )
