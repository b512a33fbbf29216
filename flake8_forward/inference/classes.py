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
        scope = flow.scope.child(node, flow)
        classes[node] = SourceClass(scope, scope.defined or flow)
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
