"""Imports: from a statement to the module's file, and to a name in it."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator

from flake8_forward.modules import locate, members, names
from flake8_forward.modules.files import Project, SourceFile
from flake8_forward.modules.flow import Flow
from flake8_forward.modules.scopes import Scope
from flake8_forward.modules.types import External, Namespace, Type
from flake8_forward.unparsing import string


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
    if not scope.walk.stars:
        return None
    known = scope.file.starred
    if name not in known:
        cuts = project.cuts
        value = _from_stars(project, scope, name)
        if cuts != project.cuts:  # an answer that a cycle cut short is not kept
            return value
        known[name] = value
    return known[name]


def _from_stars(project: Project, scope: Scope, name: str) -> Type | None:
    """Go through the star imports, and those of the files that they name.

    Each file is asked once: star imports may go in circles, or many ways to one file.
    """
    seen = {scope.file.path}
    work = [*_star_modules(project, scope.file)]
    while work:
        module = work.pop()
        if isinstance(module, External):
            if project.knowledge.kind(f"{module.dotted}.{name}"):
                return project.knowledge.value(f"{module.dotted}.{name}")
            continue
        file = _star_source(project, module.path, name, seen)
        if file is None:
            continue
        value = names.in_the_end(project, file.scope, name)
        if value is not None:
            return value
        work += _star_modules(project, file)
    return None


def _star_modules(project: Project, file: SourceFile) -> list[Namespace | External]:
    """Return the modules that ``file`` star-imports, in order."""
    if file.stars is None:
        stars = file.scope.walk.stars
        file.stars = [imported_module(project, file, node) for node, _ in stars]
    return file.stars


def _star_source(
    project: Project, path: str, name: str, seen: set[str]
) -> SourceFile | None:
    """Return the file at ``path`` if ``from <path> import *`` may bring ``name``."""
    if path in seen or project.is_spent():
        return None
    seen.add(path)
    file = project.file(path) if locate.is_file(path) else None
    if file is None:
        return None
    public = public_names(file)
    hidden = name not in public if public is not None else name.startswith("_")
    return None if hidden else file


def public_names(file: SourceFile) -> frozenset[str] | None:
    """Return the names in ``__all__``; None if there is none, or it is computed."""
    if "__all__" not in file.text:
        return None
    if file.public is None:
        file.public = frozenset(_listed(file.tree.body))
    return file.public or None


def _listed(body: list[ast.stmt]) -> Iterator[str]:
    """Yield what statements put into ``__all__``; nothing if one of them computes it."""
    values: list[ast.expr] = []
    for node in body:
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
                return
            values += value.elts
    for item in values:
        yield string(item) or ""
