"""What a name means at a point: its bindings, closures, imports, star imports."""

from __future__ import annotations

import ast
import builtins
import os
import sys
from typing import TypeGuard

from flake8_forward.modules import (
    annotated,
    classes,
    containers,
    expressions,
    locate,
    members,
    parameters,
)
from flake8_forward.modules.files import MAX_DEPTH, MAX_STEPS, Project, SourceFile
from flake8_forward.modules.flow import Flow, Origin, Test, reaching
from flake8_forward.modules.scopes import Scope
from flake8_forward.modules.types import (
    NOTHING,
    UNKNOWN,
    Alias,
    ClassObject,
    External,
    Function,
    Instance,
    Namespace,
    Type,
    either,
    options,
)

BUILTINS = frozenset(dir(builtins))


def lookup(project: Project, name: str, flow: Flow) -> Type:
    """Return what ``name`` is at ``flow``; External("builtins.…") for builtins."""
    found = _bound(project, name, flow)
    if found is not None:
        return found
    return builtin(project, name)


def builtin(project: Project, name: str) -> Type:
    """Return the builtin called ``name``, UNKNOWN if there is none."""
    if name not in BUILTINS:
        return UNKNOWN
    return classes.standard(project, f"builtins.{name}")


def _bound(project: Project, name: str, flow: Flow) -> Type | None:
    state: Flow | None = flow
    while state is not None:
        scope = state.scope
        if scope.binds(name) and name not in scope.walk.outer_names:
            origins, _ = reaching(state, name)
            if not origins and scope.kind == "module":
                # Used above its definition: an annotation, or a late call.
                origins, _ = reaching(scope.final, name)
            if origins:
                value = either_origin(project, origins)
                return filled(project, value, scope.walk.added.get(name, []))
        if scope.kind == "module":
            return starred(project, scope, name)
        state = _enclosing_state(scope)
    return None


def _enclosing_state(scope: Scope) -> Flow | None:
    if scope.kind == "class":
        return scope.defined
    outer = scope.parent
    while outer is not None and outer.kind == "class":
        outer = outer.parent
    return outer.final if outer is not None else None


def starred(project: Project, scope: Scope, name: str) -> Type | None:
    """Return ``name`` from the last ``from … import *`` that brings it, if any does."""
    for node, _ in reversed(scope.walk.stars):
        module = imported_module(project, scope.file, node)
        if isinstance(module, External):
            if project.knowledge.kind(f"{module.dotted}.{name}"):
                return project.knowledge.value(f"{module.dotted}.{name}")
            continue
        found = exported(project, module.path, name)
        if found is not None:
            return found
    return None


def exported(project: Project, path: str, name: str) -> Type | None:
    """Return what ``from <path> import *`` binds ``name`` to, if it binds it."""
    file = project.file(path) if locate.is_file(path) else None
    if file is None or name.startswith("_"):
        return None
    if name not in file.text and not file.scope.walk.stars:
        return None
    mark = hash((path, name))
    if mark in project.active:  # two modules that star-import each other
        return None
    project.active.add(mark)
    try:
        return _bound(project, name, file.scope.final)
    finally:
        project.active.discard(mark)


def either_origin(project: Project, origins: list[Origin]) -> Type:
    """Return the union of what ``origins`` give.

    Of an import and its fallback (``except ImportError``), the side that cannot be
    found says nothing, so that the other one decides.
    """
    values = [(origin, origin_type(project, origin)) for origin in origins]
    if len(values) > 1:
        kept = [
            value
            for origin, value in values
            if not (
                origin.kind in ("import", "import_from") and isinstance(value, External)
            )
        ]
        return either(kept or [value for _, value in values])
    return either([value for _, value in values])


def filled(project: Project, value: Type, added: list[Origin]) -> Type:
    """Return ``value`` where lists and dicts that began empty hold what was added."""
    if not added:
        return value
    found: list[Type] = []
    for option in options(value):
        if _is_empty(option):
            element = either([origin_type(project, origin) for origin in added])
            found.append(Instance(option.cls, element))
        else:
            found.append(option)
    return either(found)


def _is_empty(value: Type) -> TypeGuard[Instance]:
    return (
        isinstance(value, Instance)
        and value.cls.name in ("list", "dict")
        and value.element in (None, UNKNOWN)
    )


def origin_type(project: Project, origin: Origin) -> Type:
    """Return the type that ``origin`` gives to its key; each is evaluated once."""
    if origin.type is not None:
        known: Type = origin.type
        return known
    key = id(origin)
    project.steps += 1
    if key in project.active:
        project.cuts += 1
        return NOTHING
    if len(project.active) > MAX_DEPTH or project.steps > MAX_STEPS:
        project.cuts += 1
        return UNKNOWN
    cuts = project.cuts
    project.active.add(key)
    try:
        value = _evaluate_origin(project, origin)
    finally:
        project.active.discard(key)
    if cuts == project.cuts:  # an answer that a cycle cut short is not kept
        origin.type = value
    return value


def _evaluate_origin(project: Project, origin: Origin) -> Type:
    node, flow = origin.node, origin.flow
    if origin.kind == "value":
        return expressions.evaluate(project, node, flow)
    if origin.kind == "annotated":
        return annotated.declared(project, node.annotation, node.value, flow)
    if origin.kind == "element":
        return containers.iterated(project, expressions.evaluate(project, node, flow))
    if origin.kind == "unpack":
        assert origin.outer is not None and origin.index is not None
        outer = origin_type(project, origin.outer)
        return containers.part(project, outer, origin.index)
    if origin.kind == "param":
        return parameters.parameter(project, node, flow)
    if origin.kind == "class":
        return ClassObject(classes.class_at(node, flow))
    if origin.kind == "function":
        return Function(node, flow.scope, flow)
    if origin.kind == "import":
        return _imported(project, node, flow)
    if origin.kind == "import_from":
        return _imported_from(project, node, origin.index or 0, flow)
    if origin.kind == "narrow":
        return _narrowed(project, node, flow)
    if origin.kind == "with":
        return members.entered(project, expressions.evaluate(project, node, flow))
    if origin.kind == "augmented":
        return expressions.evaluate(project, node.target, flow)
    if origin.kind == "alias":
        return Alias(node.value, flow)
    return UNKNOWN


def _narrowed(project: Project, test: Test, flow: Flow) -> Type:
    """Return what is left of a value after an isinstance test on it."""
    before = options(expressions.evaluate(project, test.node.args[0], flow))
    wanted = classes.tested(project, test.node.args[1], flow)
    if not wanted:
        return UNKNOWN if test.truth else either(list(before))
    kept: list[Type] = []
    for option in before:
        inside = classes.instance_of(project, option, wanted)
        if inside is test.truth:
            kept.append(option)
        elif inside is None:
            kept += [Instance(cls) for cls in wanted] if test.truth else [option]
    return either(kept) if kept else NOTHING


def _imported(project: Project, alias: ast.alias, flow: Flow) -> Type:
    name = alias.name if alias.asname else alias.name.partition(".")[0]
    return module_value(project, name, flow.scope.file)


def _imported_from(
    project: Project, node: ast.ImportFrom, index: int, flow: Flow
) -> Type:
    file, name = flow.scope.file, node.names[index].name
    module = imported_module(project, file, node)
    if module == Namespace(file.path):  # ``from . import x`` in the package itself
        return members.submodule(file.folder, name)
    return members.of_module(project, module, name)


def imported_module(
    project: Project, file: SourceFile, node: ast.ImportFrom
) -> Namespace | External:
    """Return the module that ``from <module> import …`` in ``file`` reads."""
    if not node.level:
        return module_value(project, node.module or "", file)
    folder = file.folder
    for _ in range(node.level - 1):
        folder = os.path.dirname(folder)
    if not node.module:
        path = locate.module_file(os.path.dirname(folder), os.path.basename(folder))
        return Namespace(path or folder)
    found = locate.descend(folder, node.module.split("."))
    return Namespace(found) if found else External("." * node.level + node.module)


def module_value(project: Project, name: str, file: SourceFile) -> Namespace | External:
    """Return module ``name`` as imported by ``file``.

    torch is answered from the bundled knowledge unless the project itself has it:
    which of its classes are Modules does not depend on the version, and its source
    is large. The standard library is never read.
    """
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names:
        return External(name)
    if top == "torch" and not _in_project(project, top, file.folder):
        return External(name)
    path = project.locator.find(name, file.folder)
    if path is None:
        return External(name)
    return Namespace(path)


def _in_project(project: Project, name: str, folder: str) -> bool:
    # A mere folder of that name (``tests/torch``) shadows nothing.
    path = project.locator.find(name, folder)
    return (
        path is not None
        and locate.is_file(path)
        and not path.startswith(project.locator.installed)
    )
