"""What ``with``, loops and subscripts make of an object, by its special methods."""

from __future__ import annotations

from flake8_forward.inference import containers, functions, members
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import (
    UNKNOWN,
    Function,
    Instance,
    KnownClass,
    Type,
)


def entered(resolver: Resolver, value: Type) -> Type:
    """Return what ``with value as x`` binds x to."""
    if isinstance(value, Instance) and value.cls.name == "list":
        return value.element or UNKNOWN  # a generator, decorated: no list is entered
    return _called(resolver, value, "__enter__")


def iteration(resolver: Resolver, value: Instance) -> Type:
    """Return what iterating over an instance of a project's class gives."""
    return containers.iterated(resolver, _called(resolver, value, "__iter__"))


def item(resolver: Resolver, value: Instance) -> Type:
    """Return what subscripting an instance of a project's class gives."""
    return _called(resolver, value, "__getitem__")


def _called(resolver: Resolver, value: Type, name: str) -> Type:
    if not isinstance(value, Instance) or isinstance(value.cls, KnownClass):
        return UNKNOWN
    method = members.of(resolver, value, name)
    return (
        functions.returned(resolver, method)
        if isinstance(method, Function)
        else UNKNOWN
    )
