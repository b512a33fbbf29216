"""Elements of containers, and of objects that act as containers by special methods."""

from __future__ import annotations

import ast
import re
from typing import TypeGuard

from flake8_forward.flow.states import Flow, Scope
from flake8_forward.inference import classes, functions, mro
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
    NEVER,
    PART,
    UNKNOWN,
    Either,
    Function,
    Instance,
    KnownClass,
    SourceClass,
    Type,
)
from flake8_forward.project.files import SourceFile

SCRIPTS = re.compile(r"\bjit\.script\b(?!_)|\bimport\b.*\bscript\b")
"""What compiles a class or function to TorchScript."""

SCRIPTED = re.compile(r"\bjit\b|\b__constants__\b|\bScriptModule\b|scriptable|jittable")
"""What a class or function says that is meant for TorchScript."""


def held(resolver: Resolver, value: Instance) -> Type:
    """Return the elements of a container; those of a Module container are Modules."""
    if value.parts is not None:
        return either([NEVER, *value.parts])  # an empty one holds nothing
    if value.element not in (None, NEVER, UNKNOWN):
        assert value.element is not None
        return value.element
    if classes.container_kind(resolver, value.cls) is not None:
        return Instance(MODULE)
    return value if value.cls == PART else value.element or UNKNOWN


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
    fields = _fields(resolver, value)
    if -len(fields) <= index < len(fields):
        return resolver.member(value, fields[index])
    return iterated(resolver, value)


def rest(resolver: Resolver, value: Type, start: int, end: int | None) -> Type:
    """Return the list of elements from ``start`` to ``end`` of what is unpacked."""
    if isinstance(value, Instance) and value.parts is not None:
        return Instance(builtin_class("list"), parts=value.parts[start:end])
    return list_of(iterated(resolver, value))


def _fields(resolver: Resolver, value: Type) -> list[str]:
    """Return the names of the parts of a NamedTuple, in order; none of anything else."""
    cls = value.cls if isinstance(value, Instance) else None
    if not isinstance(cls, SourceClass):
        return []
    if not classes.inherits(resolver, cls, "typing.NamedTuple"):
        return []
    body = cls.node.body
    declared = [node.target for node in body if isinstance(node, ast.AnnAssign)]
    return [target.id for target in declared if isinstance(target, ast.Name)]


def subscripted(resolver: Resolver, owner: Type, index: ast.expr, flow: Flow) -> Type:
    """Return ``owner[index]``."""
    if isinstance(owner, Either):
        some = alternatives(without_none(owner))
        return either([subscripted(resolver, item, index, flow) for item in some])
    if not isinstance(owner, Instance):
        return UNKNOWN
    if isinstance(index, ast.Slice):
        return _slice(resolver, owner, index, flow)
    number = _integer(index)
    if number is not None and (owner.parts is not None or _fields(resolver, owner)):
        return part(resolver, owner, number)
    found_item = held(resolver, owner)
    if found_item == UNKNOWN and isinstance(owner.cls, SourceClass):
        return _called(resolver, owner, "__getitem__")
    return found_item


def _slice(resolver: Resolver, owner: Instance, index: ast.Slice, flow: Flow) -> Type:
    """Return a slice: of a list, a ModuleList or a Sequential, another one of these."""
    kind = classes.container_kind(resolver, owner.cls)
    if kind is None and isinstance(owner.cls, SourceClass):
        return _called(resolver, owner, "__getitem__")
    if kind is not None and _is_scripted(resolver, flow.scope):
        # TorchScript cannot call the elements of a slice (pytorch issue 47336).
        return list_of(UNKNOWN)
    given = (index.lower, index.upper, index.step)
    bounds = [None if bound is None else _integer(bound) for bound in given]
    is_constant = all(
        (bound is None) is (number is None)
        for bound, number in zip(given, bounds, strict=True)
    )
    if owner.parts is not None and is_constant:
        return Instance(owner.cls, parts=owner.parts[slice(*bounds)])
    if kind is None and owner.parts is None:
        return owner
    return Instance(owner.cls, held(resolver, owner))


def _is_scripted(resolver: Resolver, scope: Scope) -> bool:
    """Tell whether the code of ``scope`` may be compiled by TorchScript.

    Its class, a base of that or its function says so, or what its file compiles.
    """
    outermost = scope
    while outermost.parent is not None and outermost.parent.kind != "module":
        outermost = outermost.parent
    if SCRIPTS.search(scope.file.text) is not None:
        return True
    if outermost.kind != "class":
        return _says_so(scope.file, outermost.node)
    line = mro.lineage(resolver, classes.class_of(outermost)).classes
    return any(
        isinstance(base, SourceClass) and _says_so(base.file, base.node)
        for base in line
    )


def _says_so(file: SourceFile, node: ast.AST) -> bool:
    decorated = getattr(node, "decorator_list", ())
    parts = [file.around(part) for part in (node, *decorated)]
    return any(SCRIPTED.search(part) is not None for part in parts)


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
    """Return ``left + right`` of two lists or tuples, or of ModuleList and a list."""
    if not isinstance(left, Instance) or not isinstance(right, Instance):
        return UNKNOWN
    if is_sequence(left) and is_sequence(right):
        if left.parts is not None and right.parts is not None:
            return Instance(left.cls, parts=left.parts + right.parts)
    elif classes.container_kind(resolver, left.cls) is None:
        return UNKNOWN
    found = [held(resolver, left), held(resolver, right)]
    return Instance(left.cls, either(found))


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
