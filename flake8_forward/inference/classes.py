"""Classes: their bases in order, whether they are Modules, isinstance tests."""

from __future__ import annotations

import ast
import builtins
import sys
from typing import Literal, TypeAlias

from flake8_forward.flow.states import Flow, Scope
from flake8_forward.inference.knowledge import MODULE, MODULE_KINDS, OBJECT
from flake8_forward.inference.mro import Lineage, merge
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import (
    Alias,
    AnyClass,
    ClassObject,
    External,
    Instance,
    KnownClass,
    SourceClass,
    Type,
    Wrapped,
    alternatives,
)

MAX_LINEAGE = 1000
"""Most bases of a class that are followed; a class with more stays unknown."""


def builtin_class(name: str) -> KnownClass:
    """Return the builtin class called ``name``."""
    return KnownClass(f"builtins.{name}", "class")


def standard(resolver: Resolver, dotted: str) -> Type:
    """Return what is known about ``dotted``, from a module that is not on disk."""
    module, _, name = dotted.rpartition(".")
    if module == "builtins":
        if isinstance(getattr(builtins, name, None), type):
            return ClassObject(KnownClass(dotted, "class"))
        return External(dotted)
    told = _override(resolver, dotted)
    if told is not None:
        return ClassObject(KnownClass(dotted, told.kind))
    return resolver.knowledge.value(dotted)


def class_at(node: ast.ClassDef, flow: Flow) -> SourceClass:
    """Return the class defined by ``node`` at ``flow``, one object per definition."""
    file = flow.scope.file
    classes: dict[ast.ClassDef, SourceClass] = file.memo.answers(class_at)
    if node not in classes:
        classes[node] = SourceClass(flow.scope.child(node, flow), flow)
    return classes[node]


def class_of(scope: Scope) -> SourceClass:
    """Return the class that the class scope ``scope`` defines."""
    assert isinstance(scope.node, ast.ClassDef) and scope.defined is not None
    return class_at(scope.node, scope.defined)


def lineage(resolver: Resolver, cls: AnyClass) -> Lineage:
    """Return ``cls`` and its bases in Python's method resolution order.

    Bases come before the classes that need them, without recursion: a chain of
    classes may be deeper than Python's stack.
    """
    if isinstance(cls, KnownClass):
        return _known_lineage(cls)
    known = _settled(cls)
    if known is not None:
        return known
    done: dict[SourceClass, Lineage] = {}
    waiting: dict[SourceClass, list[list[AnyClass]]] = {}
    complete: dict[SourceClass, bool] = {}
    work = [cls]
    while work:
        top = work[-1]
        if top in done or _settled(top) is not None:
            work.pop()
        elif top not in waiting:
            waiting[top], complete[top] = resolver.answer(
                lambda top=top: _bases(resolver, top)  # type: ignore[misc]
            )
            work += [
                base
                for found in waiting[top]
                for base in found
                if isinstance(base, SourceClass) and base not in waiting
            ]
        else:
            done[top] = _linearised(top, waiting[top], done)
            if complete[top]:
                top.file.memo.answers(lineage)[top] = done[top]
            work.pop()
    return _settled(cls) or done[cls]


def _settled(cls: SourceClass) -> Lineage | None:
    """Return the lineage of ``cls`` if it is complete."""
    found: Lineage | None = cls.file.memo.answers(lineage).get(cls)
    return found


def _known_lineage(cls: KnownClass) -> Lineage:
    if cls.kind in MODULE_KINDS and cls != MODULE:
        return Lineage((cls, MODULE), True)
    return Lineage((cls,), True)


def _override(resolver: Resolver, dotted: str) -> KnownClass | None:
    """Return what the options say about the class ``dotted``, if anything."""
    told = resolver.project.options
    if dotted in told.not_modules:
        return OBJECT
    if dotted in told.own_call:
        return KnownClass(dotted, "custom_call")
    if dotted in told.module_bases:
        return MODULE
    return None


def _linearised(
    cls: SourceClass,
    bases: list[list[AnyClass]],
    done: dict[SourceClass, Lineage],
) -> Lineage:
    lines: list[Lineage] = []
    complete = True
    for some in bases:
        found = [_line_of(base, done) for base in some if base is not cls]
        if not found:
            complete = False
        lines += _preferred(found) if len(found) > 1 else found
    complete = complete and all(line.complete for line in lines)
    if sum(line.size for line in lines) > MAX_LINEAGE:
        return Lineage((cls,), False)
    if len(lines) == 1 and (complete or cls not in lines[0].classes):
        return Lineage((cls,), complete, lines[0])
    heads = tuple(line.own[0] for line in lines)
    merged = merge([*(line.classes for line in lines), heads])
    return Lineage((cls, *(base for base in merged if base is not cls)), complete)


def _preferred(found: list[Lineage]) -> list[Lineage]:
    """Of several (an import and its fallback), return the one that is a Module."""
    return [line for line in found if MODULE in line.classes][:1] or found[:1]


def _line_of(base: AnyClass, done: dict[SourceClass, Lineage]) -> Lineage:
    if isinstance(base, KnownClass):
        return _known_lineage(base)
    # A class that inherits from itself is met before it is done.
    return _settled(base) or done.get(base) or Lineage((base,), False)


def _bases(resolver: Resolver, cls: SourceClass) -> list[list[AnyClass]]:
    """Return the alternatives of each base expression of ``cls``; empty if unknown."""
    override = _override(resolver, cls.dotted)
    if override is not None:
        return [[override]]
    return [
        [
            base
            for alternative in alternatives(resolver.evaluate(node, cls.flow))
            if (base := _as_base(resolver, alternative)) is not None
        ]
        for node in cls.node.bases
    ]


def _as_base(resolver: Resolver, value: Type) -> AnyClass | None:
    if isinstance(value, ClassObject):
        return value.cls
    if isinstance(value, Wrapped):
        return value.cls
    if isinstance(value, Alias):  # Generic[T], Protocol[T], a typing construct
        return builtin_class("object")
    if isinstance(value, External):
        override = _override(resolver, value.dotted)
        if override is not None:
            return override
        if value.dotted.partition(".")[0] in sys.stdlib_module_names:
            return KnownClass(value.dotted, "class")
        if value.dotted.startswith("typing_extensions."):
            return KnownClass(value.dotted, "class")
    return None


def is_module(resolver: Resolver, cls: AnyClass) -> bool | None:
    """Tell whether ``cls`` is a subclass of torch.nn.Module; None if unknown."""
    line = lineage(resolver, cls)
    if any(base == MODULE for base in line.classes):
        return True
    return False if line.complete else None


def all_modules(resolver: Resolver, value: Type) -> bool:
    """Tell whether ``value`` is proven to be an instance of a Module."""
    return all(
        isinstance(alternative, Instance)
        and is_module(resolver, alternative.cls) is True
        for alternative in alternatives(value)
    )


ContainerKind: TypeAlias = Literal["list", "dict", "sequential"]


def container_kind(resolver: Resolver, cls: AnyClass) -> ContainerKind | None:
    """Return "list", "dict" or "sequential" for Modules that hold Modules."""
    for base in lineage(resolver, cls).classes:
        if isinstance(base, KnownClass) and (
            base.kind == "list" or base.kind == "dict" or base.kind == "sequential"
        ):
            return base.kind
    return None


def inherits(resolver: Resolver, cls: AnyClass, dotted: str) -> bool:
    """Tell whether a class known as ``dotted`` is among the bases of ``cls``."""
    return any(
        isinstance(base, KnownClass) and base.dotted == dotted
        for base in lineage(resolver, cls).classes
    )


def tested(resolver: Resolver, node: ast.expr, flow: Flow) -> list[AnyClass]:
    """Return the classes that an isinstance test names; none if one is unknown."""
    nodes = _alternatives(node)
    found: list[AnyClass] = []
    for item in nodes:
        value = resolver.evaluate(item, flow)
        named = [
            alternative.cls
            for alternative in alternatives(value)
            if isinstance(alternative, ClassObject)
        ]
        if not named:
            return []
        found += named
    return found


def _alternatives(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.Tuple):
        return [part for item in node.elts for part in _alternatives(item)]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        return [*_alternatives(node.left), *_alternatives(node.right)]
    return [node]


def instance_of(resolver: Resolver, value: Type, wanted: list[AnyClass]) -> bool | None:
    """Tell whether ``value`` is an instance of one of ``wanted``; None if unknown."""
    if not isinstance(value, Instance):
        return None
    line = lineage(resolver, value.cls)
    if any(cls in line.classes for cls in wanted):
        return True
    # A value declared by a base class may be of any subclass.
    if any(value.cls in lineage(resolver, cls).classes for cls in wanted):
        return None
    return False if line.complete and not _is_opaque(value) else None


def _is_opaque(value: Instance) -> bool:
    return value.cls == MODULE or value.cls == OBJECT
