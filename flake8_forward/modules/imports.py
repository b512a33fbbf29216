"""Imports: from a statement to the module's file, and to a name in it."""

from __future__ import annotations

import ast
import os
import sys

from flake8_forward.modules import locate, members, names
from flake8_forward.modules.files import Project, SourceFile
from flake8_forward.modules.flow import Flow
from flake8_forward.modules.scopes import Scope
from flake8_forward.modules.types import External, Namespace, Type


def imported(project: Project, alias: ast.alias, flow: Flow) -> Type:
    """Return what ``import …`` binds the name of ``alias`` to."""
    name = alias.name if alias.asname else alias.name.partition(".")[0]
    return module_value(project, name, flow.scope.file)


def imported_from(
    project: Project, node: ast.ImportFrom, index: int, flow: Flow
) -> Type:
    """Return what ``from … import …`` binds its name number ``index`` to."""
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
    if file is None:
        return None
    public = public_names(file)
    if name not in public if public is not None else name.startswith("_"):
        return None
    if name not in file.text and not file.scope.walk.stars:
        return None
    mark = hash((path, name))
    if mark in project.active:  # two modules that star-import each other
        return None
    project.active.add(mark)
    try:
        return names.bound(project, name, file.scope.final)
    finally:
        project.active.discard(mark)


def public_names(file: SourceFile) -> set[str] | None:
    """Return the names in ``__all__``; None if there is none, or it is computed."""
    if "__all__" not in file.text:
        return None
    names: set[str] = set()
    for node in file.tree.body:
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            value = node.value
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
            call = node.value
            if not isinstance(call.func, ast.Attribute) or not call.args:
                continue
            targets, value = [call.func.value], call.args[0]
        else:
            continue
        if any(isinstance(item, ast.Name) and item.id == "__all__" for item in targets):
            if not isinstance(value, ast.List | ast.Tuple):
                return None
            names.update(str(getattr(item, "value", "")) for item in value.elts)
    return names or None
