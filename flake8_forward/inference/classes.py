"""Classes: their bases in order, whether they are Modules, isinstance tests."""

from __future__ import annotations

import ast
import builtins
from typing import Literal, TypeAlias

from flake8_forward.flow.states import Flow, Scope
from flake8_forward.inference import mro
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import (
    MODULE,
    OBJECT,
    USED,
    AnyClass,
    ClassObject,
    External,
    Instance,
    KnownClass,
    SourceClass,
    Type,
)


def standard(resolver: Resolver, dotted: str) -> Type:
    """Return what is known about ``dotted``, from a module that is not on disk."""
    module, _, name = dotted.rpartition(".")
    if module == "builtins":
        if isinstance(getattr(builtins, name, None), type):
            return ClassObject(KnownClass(dotted, "class"))
        return External(dotted)
    told = mro.override(resolver, dotted)
    if told is not None:
        return ClassObject(KnownClass(dotted, told.kind))
    return resolver.known(dotted)


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


def is_module(resolver: Resolver, cls: AnyClass) -> bool | None:
    """Tell whether ``cls`` is a subclass of torch.nn.Module; None if unknown."""
    line = mro.lineage(resolver, cls)
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
    for base in mro.lineage(resolver, cls).classes:
        if isinstance(base, KnownClass) and (
            base.kind == "list" or base.kind == "dict" or base.kind == "sequential"
        ):
            return base.kind
    return None


def inherits(resolver: Resolver, cls: AnyClass, dotted: str) -> bool:
    """Tell whether a class known as ``dotted`` is among the bases of ``cls``."""
    return any(
        isinstance(base, KnownClass) and base.dotted == dotted
        for base in mro.lineage(resolver, cls).classes
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
    line = mro.lineage(resolver, value.cls)
    if any(cls in line.classes for cls in wanted):
        return True
    # A value declared by a base class may be of any subclass.
    if any(value.cls in mro.lineage(resolver, cls).classes for cls in wanted):
        return None
    return False if line.complete and not _is_opaque(value) else None


def _is_opaque(value: Instance) -> bool:
    return value.cls in (MODULE, USED, OBJECT)
