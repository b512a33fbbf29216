"""Elements of containers: lists and dicts, ModuleList, ModuleDict, Sequential."""

from __future__ import annotations

import ast
from typing import TypeGuard

from flake8_forward.modules import classes, special_methods
from flake8_forward.modules.files import Project
from flake8_forward.modules.flow import Flow
from flake8_forward.modules.knowledge_base import MODULE
from flake8_forward.modules.types import (
    UNKNOWN,
    Either,
    Instance,
    SourceClass,
    Type,
    either,
    options,
    without_none,
)

LIST_KINDS = ("list", "sequential")


def tuple_of(*parts: Type) -> Instance:
    """Return a tuple with these items."""
    return Instance(classes.builtin_class("tuple"), parts=parts)


def list_of(element: Type) -> Instance:
    """Return a list, or any other iterable, of ``element``."""
    return Instance(classes.builtin_class("list"), element)


def held(project: Project, value: Instance) -> Type:
    """Return what a container holds; a Module container holds at least Modules."""
    if value.parts is not None:
        return either(list(value.parts))
    if value.element not in (None, UNKNOWN):
        assert value.element is not None
        return value.element
    if classes.container_kind(project, value.cls) is not None:
        return Instance(MODULE)
    return UNKNOWN


def iterated(project: Project, value: Type) -> Type:
    """Return what a loop over ``value`` gives."""
    if isinstance(value, Either):
        some = options(without_none(value))
        return either([iterated(project, option) for option in some])
    if not isinstance(value, Instance):
        return UNKNOWN
    if classes.container_kind(project, value.cls) == "dict":
        return Instance(classes.builtin_class("str"))
    if value.cls.name == "dict":
        return UNKNOWN
    found = held(project, value)
    if found == UNKNOWN and isinstance(value.cls, SourceClass):
        return special_methods.iteration(project, value)
    return found


def iterated_values(project: Project, value: Type) -> Type:
    """Return the values of a mapping."""
    if isinstance(value, Either):
        some = options(without_none(value))
        return either([iterated_values(project, option) for option in some])
    return held(project, value) if isinstance(value, Instance) else UNKNOWN


def part(project: Project, value: Type, index: int) -> Type:
    """Return what position ``index`` of an unpacked ``value`` gives."""
    if isinstance(value, Either):
        return either([part(project, option, index) for option in value.options])
    if isinstance(value, Instance) and value.parts is not None:
        if -len(value.parts) <= index < len(value.parts):
            return value.parts[index]
        return UNKNOWN
    return iterated(project, value)


def subscripted(project: Project, owner: Type, index: ast.expr, flow: Flow) -> Type:
    """Return ``owner[index]``."""
    if isinstance(owner, Either):
        some = options(without_none(owner))
        return either([subscripted(project, item, index, flow) for item in some])
    if not isinstance(owner, Instance):
        return UNKNOWN
    if isinstance(index, ast.Slice):
        # TorchScript cannot call the elements of a slice (pytorch issue 47336).
        kind = classes.container_kind(project, owner.cls)
        return list_of(UNKNOWN) if kind else Instance(owner.cls, owner.element)
    number = _integer(index)
    if owner.parts is not None and number is not None:
        return part(project, owner, number)
    found_item = held(project, owner)
    if found_item == UNKNOWN and isinstance(owner.cls, SourceClass):
        return special_methods.item(project, owner)
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


def concatenated(project: Project, left: Type, right: Type) -> Type:
    """Return ``left + right`` of two lists or tuples."""
    if is_sequence(left) and is_sequence(right):
        found = [held(project, left), held(project, right)]
        return Instance(left.cls, either(found))
    return UNKNOWN


def zipped(project: Project, values: list[Type]) -> Type:
    """Return the iterable that ``zip`` makes."""
    return list_of(tuple_of(*(iterated(project, value) for value in values)))


def merged(values: list[Type]) -> Type:
    """Return one container type for the elements of several."""
    return list_of(either([option for value in values for option in options(value)]))
