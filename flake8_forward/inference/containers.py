"""Elements of containers, and of objects that act as containers by special methods."""

from __future__ import annotations

import ast
from typing import TypeGuard

from flake8_forward.flow.states import Flow
from flake8_forward.inference import classes, functions
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import (
    alternatives,
    builtin_class,
    either,
    list_of,
    tuple_of,
    without_none,
)
from flake8_forward.inference.values import (
    MODULE,
    PART,
    UNKNOWN,
    Either,
    Function,
    Instance,
    KnownClass,
    SourceClass,
    Type,
)


def held(resolver: Resolver, value: Instance) -> Type:
    """Return the elements of a container; those of a Module container are Modules."""
    if value.parts is not None:
        return either(list(value.parts))
    if value.element not in (None, UNKNOWN):
        assert value.element is not None
        return value.element
    if classes.container_kind(resolver, value.cls) is not None:
        return Instance(MODULE)
    return value if value.cls == PART else UNKNOWN


def iterated(resolver: Resolver, value: Type) -> Type:
    """Return what a loop over ``value`` binds its target to."""
    if isinstance(value, Either):
        some = alternatives(without_none(value))
        return either([iterated(resolver, alternative) for alternative in some])
    if not isinstance(value, Instance):
        return UNKNOWN
    if classes.container_kind(resolver, value.cls) == "dict":
        return Instance(builtin_class("str"))
    if value.cls.name == "dict":
        return UNKNOWN
    found = held(resolver, value)
    if found == UNKNOWN and isinstance(value.cls, SourceClass):
        return iterated(resolver, _called(resolver, value, "__iter__"))
    return found


def iterated_values(resolver: Resolver, value: Type) -> Type:
    """Return the values of a mapping."""
    if isinstance(value, Either):
        some = alternatives(without_none(value))
        return either([iterated_values(resolver, alternative) for alternative in some])
    return held(resolver, value) if isinstance(value, Instance) else UNKNOWN


def part(resolver: Resolver, value: Type, index: int) -> Type:
    """Return the element of ``value`` at position ``index`` after unpacking."""
    if isinstance(value, Either):
        return either(
            [part(resolver, alternative, index) for alternative in value.alternatives]
        )
    if isinstance(value, Instance) and value.parts is not None:
        if -len(value.parts) <= index < len(value.parts):
            return value.parts[index]
        return UNKNOWN
    return iterated(resolver, value)


def subscripted(resolver: Resolver, owner: Type, index: ast.expr, flow: Flow) -> Type:
    """Return ``owner[index]``."""
    if isinstance(owner, Either):
        some = alternatives(without_none(owner))
        return either([subscripted(resolver, item, index, flow) for item in some])
    if not isinstance(owner, Instance):
        return UNKNOWN
    if isinstance(index, ast.Slice):
        # TorchScript cannot call the elements of a slice (pytorch issue 47336).
        kind = classes.container_kind(resolver, owner.cls)
        return list_of(UNKNOWN) if kind else Instance(owner.cls, owner.element)
    number = _integer(index)
    if owner.parts is not None and number is not None:
        return part(resolver, owner, number)
    found_item = held(resolver, owner)
    if found_item == UNKNOWN and isinstance(owner.cls, SourceClass):
        return _called(resolver, owner, "__getitem__")
    return found_item


def _integer(node: ast.expr) -> int | None:
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _integer(node.operand)
        return None if value is None else -value
    if isinstance(node, ast.Constant) and type(node.value) is int:
        return node.value
    return None


def is_sequence(value: Type) -> TypeGuard[Instance]:
    """Tell whether ``value`` is a plain list or tuple."""
    return isinstance(value, Instance) and value.cls.name in ("list", "tuple")


def concatenated(resolver: Resolver, left: Type, right: Type) -> Type:
    """Return ``left + right`` of two lists or tuples."""
    if is_sequence(left) and is_sequence(right):
        found = [held(resolver, left), held(resolver, right)]
        return Instance(left.cls, either(found))
    return UNKNOWN


def zipped(resolver: Resolver, values: list[Type]) -> Type:
    """Return the iterable that ``zip`` makes."""
    return list_of(tuple_of(*(iterated(resolver, value) for value in values)))


def merged(values: list[Type]) -> Type:
    """Return one container type for the elements of several."""
    return list_of(
        either([alternative for value in values for alternative in alternatives(value)])
    )


def entered(resolver: Resolver, value: Type) -> Type:
    """Return the value of x in ``with value as x``."""
    if isinstance(value, Instance) and value.cls.name == "list":
        return value.element or UNKNOWN  # a generator, decorated: no list is entered
    return _called(resolver, value, "__enter__")


def _called(resolver: Resolver, value: Type, name: str) -> Type:
    """Return the result of the special method ``name`` of a project's object."""
    if not isinstance(value, Instance) or isinstance(value.cls, KnownClass):
        return UNKNOWN
    method = resolver.member(value, name)
    return (
        functions.returned(resolver, method)
        if isinstance(method, Function)
        else UNKNOWN
    )
