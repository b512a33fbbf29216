"""Attributes of values: of instances through their bases, of classes, of modules."""

from __future__ import annotations

import ast
import os

from flake8_forward import tree
from flake8_forward.modules import (
    classes,
    evidence,
    functions,
    imports,
    lazy,
    locate,
    names,
    torch_api,
)
from flake8_forward.modules.files import Project
from flake8_forward.modules.flow import Origin, reaching
from flake8_forward.modules.knowledge_base import MODULE
from flake8_forward.modules.scopes import Scope
from flake8_forward.modules.types import (
    NONE,
    NOTHING,
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
    SourceClass,
    Super,
    Type,
    Wrapped,
    either,
    options,
    without_none,
)

PROPERTIES = frozenset({"property", "cached_property", "functools.cached_property"})


def of(project: Project, owner: Type, name: str) -> Type:
    """Return ``owner.name``."""
    if isinstance(owner, Either):
        some = options(without_none(owner))
        return either([of(project, option, name) for option in some])
    if isinstance(owner, Instance):
        return _of_instance(project, owner, name)
    if isinstance(owner, ClassObject):
        return _of_class(project, owner.cls, name)
    if isinstance(owner, Super):
        bases = classes.lineage(project, owner.cls).classes[1:]
        return _in_lineage(project, bases, name, Instance(owner.cls))
    if isinstance(owner, (Namespace, External)):
        return of_module(project, owner, name)
    if isinstance(owner, Wrapped):
        if name == "module":
            return owner.module
        return _of_torch(Instance(MODULE), name)
    return UNKNOWN


def _of_instance(project: Project, owner: Instance, name: str) -> Type:
    if name == "__class__":
        return ClassObject(owner.cls)
    lineage = classes.lineage(project, owner.cls).classes
    return _in_lineage(project, lineage, name, owner)


def _in_lineage(
    project: Project, lineage: tuple[AnyClass, ...], name: str, owner: Instance
) -> Type:
    """Return the attribute from the first class that says what it is.

    A class that only says None, or assigns something unknown, leaves the word to its
    bases: one of them may declare the attribute.
    """
    silent: Type = UNKNOWN
    for cls in lineage:
        if cls == MODULE:
            return _of_torch(owner, name) if silent == UNKNOWN else silent
        if isinstance(cls, KnownClass):
            if name in torch_api.CONTAINER_METHODS and _is_container(owner):
                return Method(name, owner)
            if f"{cls.dotted}.{name}" in torch_api.RETURNING_MODULES:
                return External(f"{cls.dotted}.{name}")
            continue
        found = own_attribute(project, cls, name, owner)
        if found is None:
            continue
        useful = [o for o in options(found) if o not in (NONE, NOTHING)]
        if useful and UNKNOWN not in useful:
            return found
        if evidence.is_open(found):
            found = evidence.of_attribute(project, cls, name)
            if found != UNKNOWN:
                return found
        silent = found if silent == UNKNOWN else silent
    return silent if silent != UNKNOWN else lazy.delegated(project, owner, name)


def _is_container(owner: Instance) -> bool:
    return owner.element is not None or owner.parts is not None


def _of_torch(owner: Type, name: str) -> Type:
    """Return the method ``name`` of torch.nn.Module bound to ``owner``."""
    if name in torch_api.METHODS or name in torch_api.CONTAINER_METHODS:
        return Method(name, owner)
    return UNKNOWN


def own_attribute(
    project: Project, cls: SourceClass, name: str, owner: Instance
) -> Type | None:
    """Return attribute ``name`` as ``cls`` itself sets it; None if it does not."""
    scope = cls.scope
    values: list[Type] = []
    if name in scope.walk.locals:
        origins, _ = reaching(scope.final, name)
        for origin in origins:
            value = names.origin_type(project, origin)
            says = UNKNOWN not in options(value) and value != NONE
            if origin.kind == "annotated" and says:
                return value  # the class says what the attribute is
            values.append(_bound_member(project, value, owner))
    for origin in _in_methods(scope, name, "attributes"):
        values.append(names.origin_type(project, origin))
    if not values:
        return None
    added = _in_methods(scope, name, "added")
    return names.filled(project, either(values), added)


def _in_methods(scope: Scope, name: str, table: str) -> list[Origin]:
    """Return what methods of the class ``scope`` assign, or add, to ``self.<name>``."""
    found = scope.file.in_methods.get((scope, name, table))
    if found is not None:
        return found
    found = []
    assert isinstance(scope.node, ast.ClassDef)
    for node in scope.file.methods(scope.node, name):
        first = evidence.first_parameter(node)
        if first is not None:
            walk = scope.child(node, scope.before(node)).walk
            origins: dict[str, list[Origin]] = getattr(walk, table)
            found += origins.get(f"{first}.{name}", [])
    scope.file.in_methods[scope, name, table] = found
    return found


def methods(scope: Scope) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Return the functions in the body of the class ``scope``, branches included."""
    return [*tree.functions(scope.node.body)]


def _bound_member(project: Project, value: Type, owner: Instance) -> Type:
    """Return what a class attribute is when read from an instance."""
    if not isinstance(value, Function):
        return value
    decorators = functions.decorators(value.node)
    bound = Function(value.node, value.scope, value.flow, owner)
    if PROPERTIES.intersection(decorators):
        return functions.returned(project, bound)
    return value if "staticmethod" in decorators else bound


def _of_class(project: Project, cls: AnyClass, name: str) -> Type:
    if isinstance(cls, KnownClass):
        return project.knowledge.value(f"{cls.dotted}.{name}")
    for base in classes.lineage(project, cls).classes:
        if isinstance(base, SourceClass) and name in base.scope.walk.locals:
            origins, _ = reaching(base.scope.final, name)
            value = names.either_origin(project, origins)
            if isinstance(value, Function):
                kinds = functions.decorators(value.node)
                receiver = ClassObject(cls) if "classmethod" in kinds else None
                return Function(value.node, value.scope, value.flow, receiver)
            return value
        if isinstance(base, KnownClass) and base.kind == "auto":
            return project.knowledge.value(f"{base.dotted}.{name}")
    return UNKNOWN


def of_module(project: Project, module: Namespace | External, name: str) -> Type:
    """Return ``name`` of an imported module."""
    if isinstance(module, External):
        return classes.standard(project, f"{module.dotted}.{name}")
    path = module.path
    file = project.file(path) if locate.is_file(path) else None
    if file is not None:
        found = _of_file(project, file.scope, name)
        found = found or lazy.attribute(project, file, name)
        if found is not None:
            return found
    is_package = file is None or locate.is_package_file(path)
    folder = path if file is None else os.path.dirname(path)
    return submodule(folder, name) if is_package else UNKNOWN


def submodule(folder: str, name: str) -> Type:
    """Return the module called ``name`` in the package at ``folder``."""
    path = locate.descend(folder, [name])
    return Namespace(path) if path else UNKNOWN


def _of_file(project: Project, scope: Scope, name: str) -> Type | None:
    if name in scope.walk.locals:
        origins, _ = reaching(scope.final, name)
        if origins:
            return names.either_origin(project, origins)
    return imports.starred(project, scope, name)
