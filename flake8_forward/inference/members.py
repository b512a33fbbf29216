"""Attributes of values: of instances through their bases, of classes, of modules."""

from __future__ import annotations

import os
from collections.abc import Sequence

from flake8_forward.flow.builder import module_scope
from flake8_forward.flow.states import Scope
from flake8_forward.inference import (
    attributes,
    classes,
    imports,
    lazy,
    mro,
    names,
)
from flake8_forward.inference.evidence import combined
from flake8_forward.inference.frameworks import families, registries
from flake8_forward.inference.refining import wrapped
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives, either, is_open, without_none
from flake8_forward.inference.values import (
    MODULE,
    NEVER,
    NONE,
    OBJECT,
    PART,
    UNKNOWN,
    AnyClass,
    ClassObject,
    Either,
    External,
    Function,
    Instance,
    KnownClass,
    Method,
    Namespace,
    Registry,
    SourceClass,
    Super,
    Type,
    Wrapped,
)
from flake8_forward.knowledge import frameworks, vocabulary
from flake8_forward.project.disk import is_package_file
from flake8_forward.syntax.shapes import decorators


def member(resolver: Resolver, owner: Type, name: str) -> Type:
    """Return ``owner.name``."""
    if isinstance(owner, Either):
        some = _having(resolver, without_none(owner), name)
        found = [(one, member(resolver, one, name)) for one in some]
        there = [
            value for one, value in found if not _lacks(resolver, one, name, value)
        ]
        return either(there or [value for _, value in found])
    if isinstance(owner, Instance):
        return _of_instance(resolver, owner, name)
    if isinstance(owner, ClassObject):
        return _of_class(resolver, owner.cls, name)
    if isinstance(owner, Super):
        bases = mro.lineage(resolver, owner.cls).classes[1:]
        return _in_lineage(resolver, bases, name, Instance(owner.cls))
    if isinstance(owner, (Namespace, External)):
        return module_member(resolver, owner, name)
    if isinstance(owner, Registry):
        if registries.GETTER.fullmatch(name):
            return Method(name, owner)
        return registries.attribute(resolver, owner, name)
    if isinstance(owner, Wrapped):
        if name == "module":
            return owner.module
        return _of_torch(Instance(MODULE), name)
    return UNKNOWN


def _having(resolver: Resolver, owner: Type, name: str) -> Sequence[Type]:
    """Return the alternatives of ``owner`` that can have an attribute ``name``.

    Of a Module and the same in DataParallel, the one has ``module``, the other all else
    that is not a method of every Module.
    """
    some = alternatives(owner)
    if not any(isinstance(one, Wrapped) for one in some):
        return some
    if name == "module":
        return alternatives(wrapped.holding(resolver, owner))
    if _of_torch(owner, name) == UNKNOWN:
        return [one for one in some if not isinstance(one, Wrapped)] or some
    return some


def _lacks(resolver: Resolver, owner: Type, name: str, value: Type) -> bool:
    """Tell whether ``owner.name``, of which ``value`` is known, can only fail.

    It does if no file with a class of ``owner`` says ``name`` or gives it by
    ``__getattr__``.
    """
    if value != UNKNOWN or not isinstance(owner, Instance):
        return False
    line = mro.lineage(resolver, owner.cls)
    own = [base for base in line.classes if isinstance(base, SourceClass)]
    others = {base for base in line.classes if isinstance(base, KnownClass)}
    return bool(
        own
        and line.complete
        and others <= {MODULE, OBJECT}
        and name not in vocabulary.TAKEN
        and not any(name in cls.file.text or "getattr" in cls.file.text for cls in own)
    )


def _of_instance(resolver: Resolver, owner: Instance, name: str) -> Type:
    if name == "__class__":
        return ClassObject(owner.cls)
    lineage = mro.lineage(resolver, owner.cls).classes
    found = _in_lineage(resolver, lineage, name, owner)
    if not is_open(found):
        return found
    if isinstance(owner.cls, SourceClass):
        below = attributes.of_subclasses(resolver, owner.cls, name)
        if below != UNKNOWN:
            return below
    told = families.attribute(resolver, owner, name)
    if told != UNKNOWN:
        return told
    if families.has_parts(resolver, owner.cls, name) and not any(
        isinstance(cls, SourceClass)
        and attributes.own_attribute(resolver, cls, name, owner) is not None
        for cls in lineage
    ):
        return Instance(PART)
    return found


def _in_lineage(
    resolver: Resolver, lineage: tuple[AnyClass, ...], name: str, owner: Instance
) -> Type:
    """Return the attribute from the first class that tells what it is.

    A class that only assigns None or something unknown does not decide; look at its
    bases: one of them may declare the attribute.
    """
    silent: Type = UNKNOWN
    for cls in lineage:
        if cls == MODULE:
            method = _of_torch(owner, name)
            if silent == UNKNOWN and (method != UNKNOWN or name in vocabulary.TAKEN):
                return method
            continue
        if isinstance(cls, KnownClass):
            if name == "module" and wrapped.is_wrapper(cls):
                return Instance(MODULE)
            if name in vocabulary.CONTAINER_METHODS and _is_container(owner):
                return Method(name, owner)
            if f"{cls.dotted}.{name}" in vocabulary.RETURNING_MODULES:
                return External(f"{cls.dotted}.{name}")
            if _is_constructor(cls, name):
                return Method(name, owner)
            continue
        found = attributes.own_attribute(resolver, cls, name, owner)
        if found is None:
            continue
        useful = [o for o in alternatives(found) if o not in (NONE, NEVER)]
        if useful and UNKNOWN not in useful:
            return found
        if is_open(found):
            found = combined.of_attribute(resolver, cls, name)
            if found != UNKNOWN:
                return found
        silent = found if silent == UNKNOWN else silent
    return silent if silent != UNKNOWN else lazy.delegated(resolver, owner, name)


def _is_container(owner: Instance) -> bool:
    return owner.element is not None or owner.parts is not None


def _of_torch(owner: Type, name: str) -> Type:
    """Return the method ``name`` of torch.nn.Module bound to ``owner``."""
    if name in vocabulary.RETURNING_METHODS or name in vocabulary.CONTAINER_METHODS:
        return Method(name, owner)
    return UNKNOWN


def _of_class(resolver: Resolver, cls: AnyClass, name: str) -> Type:
    if isinstance(cls, KnownClass):
        return resolver.known(f"{cls.dotted}.{name}")
    for base in mro.lineage(resolver, cls).classes:
        origins = (
            attributes.of_class(base, name) if isinstance(base, SourceClass) else []
        )
        if origins:
            value = names.either_origin(resolver, origins)
            if isinstance(value, Function):
                kinds = decorators(value.node)
                receiver = ClassObject(cls) if "classmethod" in kinds else None
                return Function(value.node, value.scope, value.flow, receiver)
            return value
        if isinstance(base, KnownClass) and base.kind == "auto":
            return resolver.known(f"{base.dotted}.{name}")
        if isinstance(base, KnownClass) and _is_constructor(base, name):
            return Method(name, ClassObject(cls))
    return UNKNOWN


def _is_constructor(base: KnownClass, name: str) -> bool:
    """Tell whether the class method ``name`` of ``base`` makes objects of subclasses."""
    package = base.dotted.partition(".")[0]
    return name in frameworks.CONSTRUCTORS and package in frameworks.CONSTRUCTING


def module_member(resolver: Resolver, module: Namespace | External, name: str) -> Type:
    """Return ``name`` of an imported module."""
    if isinstance(module, External):
        return classes.standard(resolver, f"{module.dotted}.{name}")
    path = module.path
    file = resolver.project.file(path) if resolver.project.disk.is_file(path) else None
    if file is not None:
        found = _of_file(resolver, module_scope(file), name)
        found = found or lazy.attribute(resolver, file, name)
        if found is not None:
            return found
    is_package = file is None or is_package_file(path)
    folder = path if file is None else os.path.dirname(path)
    return imports.submodule(resolver, folder, name) if is_package else UNKNOWN


def _of_file(resolver: Resolver, scope: Scope, name: str) -> Type | None:
    found = names.final_binding(resolver, scope, name)
    return imports.starred(resolver, scope, name) if found is None else found
