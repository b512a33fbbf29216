"""What an isinstance test leaves of a value."""

from __future__ import annotations

import ast
import builtins
import collections.abc
from functools import reduce
from typing import NamedTuple

from flake8_forward.flow.states import Flow
from flake8_forward.inference import mro
from flake8_forward.inference.classes import all_modules
from flake8_forward.inference.refining.wrapped import is_wrapper
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives, either
from flake8_forward.inference.values import (
    MODULE,
    NEVER,
    NONE,
    OBJECT,
    UNKNOWN,
    USED,
    Alias,
    AnyClass,
    ClassObject,
    External,
    Instance,
    KnownClass,
    Type,
    Wrapped,
)


class Tested(NamedTuple):
    """What an isinstance test asks for: classes of which all are known, or not.

    The ``abstract`` ones are those of ``collections.abc``.
    """

    classes: list[AnyClass]
    abstract: list[type]
    is_complete: bool


def tested(resolver: Resolver, node: ast.expr, flow: Flow) -> Tested:
    """Return the classes that an isinstance test for ``node`` names."""
    found = Tested([], [], True)
    for item in _alternatives(node):
        value = resolver.evaluate(item, flow)
        named = [_named(resolver, one) for one in alternatives(value)]
        known = [one for one in named if one.is_complete]
        for one in known or named:  # of an import and its fallback, what is known
            found = _merged(found, one)
    return found


def _alternatives(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.Tuple):
        return [part for item in node.elts for part in _alternatives(item)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_alternatives(node.left), *_alternatives(node.right)]
    if isinstance(node, ast.Subscript):  # Union[…], since no other generic can be
        return _alternatives(node.slice)
    return [node]


def _named(resolver: Resolver, value: Type) -> Tested:
    """Return the classes that ``value`` stands for: a class, a tuple, a union."""
    if isinstance(value, ClassObject):
        return Tested([value.cls], [], True)
    if isinstance(value, Alias):
        return tested(resolver, value.node, value.flow)
    if isinstance(value, External):
        package, _, name = value.dotted.rpartition(".")
        abstract = getattr(collections.abc, name, None)
        if package in ("collections.abc", "typing") and abstract is not None:
            return Tested([], [abstract], True)
    if isinstance(value, Instance) and value.cls.name in ("tuple", "list"):
        held = value.parts or alternatives(value.element or UNKNOWN)
        return reduce(_merged, [_named(resolver, item) for item in held])
    return Tested([], [], value == NONE)


def _merged(one: Tested, other: Tested) -> Tested:
    return Tested(
        one.classes + other.classes,
        one.abstract + other.abstract,
        one.is_complete and other.is_complete,
    )


def instance_of(resolver: Resolver, value: Type, wanted: Tested) -> bool | None:
    """Tell whether ``value`` is an instance of one of ``wanted``; None if unknown."""
    if not isinstance(value, (Instance, Wrapped)):
        return None
    line = mro.lineage(resolver, value.cls)
    if any(cls in line.classes for cls in wanted.classes):
        return True
    plain = _builtin(value.cls)
    if plain is not None and issubclass(plain, (*wanted.abstract,)):
        return True
    if not wanted.is_complete or (wanted.abstract and plain is None):
        return None
    # A value declared by a base class may be of any subclass, and any Module wrapped.
    lines = [mro.lineage(resolver, cls).classes for cls in wanted.classes]
    if any(value.cls in line for line in lines):
        return None
    if MODULE in line.classes and any(map(is_wrapper, wanted.classes)):
        return None
    return False if line.complete and not _is_opaque(value.cls) else None


def _builtin(cls: AnyClass) -> type | None:
    """Return the class of Python itself that ``cls`` is."""
    package, _, name = cls.dotted.rpartition(".")
    return getattr(builtins, name, None) if package == "builtins" else None


def _is_opaque(cls: AnyClass) -> bool:
    return cls in (MODULE, USED, OBJECT)


def narrowed(resolver: Resolver, value: Type, wanted: Tested, truth: bool) -> Type:
    """Return what of ``value`` is left where an isinstance test came out as ``truth``.

    Of a class that is not known, nothing is; a value that may be of it stays as it is.
    """
    before = alternatives(value)
    inside = [instance_of(resolver, one, wanted) for one in before]
    plain = [cls for cls in wanted.classes if _builtin(cls) is not None]
    if wanted.is_complete and len(plain) == len(wanted.classes) and True in inside:
        # A Module or a list of Modules: no Module is a list, or acts as one.
        inside = [
            False if found is None and _is_proven(resolver, one) else found
            for one, found in zip(before, inside, strict=True)
        ]
    kept: list[Type] = []
    for one, found in zip(before, inside, strict=True):
        if found is truth:
            kept.append(one)
        elif found is None and truth and wanted.is_complete and not wanted.abstract:
            kept += [_seen_as(resolver, one, cls) for cls in wanted.classes]
        elif found is None:
            kept.append(one)
    return either(kept) if kept else NEVER


def _is_proven(resolver: Resolver, value: Type) -> bool:
    return isinstance(value, Wrapped) or all_modules(resolver, value)


def _seen_as(resolver: Resolver, value: Type, cls: AnyClass) -> Type:
    """Return ``value`` of which a test says that it is of the class ``cls``."""
    if isinstance(cls, KnownClass) and is_wrapper(cls):
        is_inside = isinstance(value, Instance) and all_modules(resolver, value)
        return Wrapped(cls, value if is_inside else Instance(MODULE))
    return Instance(cls)
