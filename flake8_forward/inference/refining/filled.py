"""Lists, dicts and Module containers with the items that are added to them."""

from __future__ import annotations

from collections.abc import Callable

from flake8_forward.inference import classes, containers
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives, either, settled
from flake8_forward.inference.values import (
    MODULE,
    NEVER,
    UNKNOWN,
    AnyClass,
    Instance,
    Type,
    Wrapped,
)


def filled(
    resolver: Resolver, value: Type, added: Callable[[], list[Type]], declared: Type
) -> Type:
    """Return ``value`` with the items ``added`` to its lists and dicts.

    An item of which nothing is known is what ``declared`` says that they hold.
    """
    told = either([_held(resolver, one) for one in alternatives(declared)])
    found: list[Type] = []
    for one in alternatives(value):
        if isinstance(one, Instance) and _is_growing(resolver, one.cls):
            items = [settled(item, told) for item in added()]
            if items and (one.parts or one.element not in (None, NEVER, UNKNOWN)):
                items.append(containers.held(resolver, one))
            one = Instance(one.cls, _kept(resolver, one.cls, items)) if items else one
        found.append(one)
    return either(found)


def _held(resolver: Resolver, value: Type) -> Type:
    if isinstance(value, Instance) and _is_growing(resolver, value.cls):
        return containers.held(resolver, value)
    return NEVER


def _is_growing(resolver: Resolver, cls: AnyClass) -> bool:
    """Tell whether objects of ``cls`` are lists or dicts, or ModuleList and its like."""
    kind = classes.container_kind(resolver, cls)
    return kind is not None or cls.name in ("list", "dict")


def _kept(resolver: Resolver, cls: AnyClass, values: list[Type]) -> Type:
    """Return what a container of the class ``cls`` that is given ``values`` holds.

    In ModuleList and its like, whatever is no proven Module is some Module.
    """
    if classes.container_kind(resolver, cls) is None:
        return either(values)
    return either(
        [
            one
            if isinstance(one, Wrapped) or classes.all_modules(resolver, one)
            else Instance(MODULE)
            for value in values
            for one in alternatives(value)
        ]
    )
