"""Imports: from a statement to the module's file, and to a name in it."""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator

from flake8_forward.flow.builder import module_scope
from flake8_forward.flow.states import Flow, Scope
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import UNKNOWN, External, Namespace, Type
from flake8_forward.knowledge.packages import is_bundled
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.unparsing import string


def imported(resolver: Resolver, alias: ast.alias, flow: Flow) -> Type:
    """Return what ``import …`` binds the name of ``alias`` to."""
    name = alias.name if alias.asname else alias.name.partition(".")[0]
    return module_value(resolver, name, flow.scope.file)


def imported_from(
    resolver: Resolver, node: ast.ImportFrom, index: int, flow: Flow
) -> Type:
    """Return what ``from … import …`` binds its name number ``index`` to."""
    file, name = flow.scope.file, node.names[index].name
    module = imported_module(resolver, file, node)
    if module == Namespace(file.path):  # ``from . import x`` in the package itself
        return submodule(resolver, file.folder, name)
    if isinstance(module, External):
        module = _beside(resolver, file, module, name) or module
    return resolver.module_member(module, name)


def _beside(
    resolver: Resolver, file: SourceFile, module: External, name: str
) -> Namespace | None:
    """Return the module beside ``file`` that is meant if its package was renamed.

    Nobody has a package of the old name, and a file of the module's name defines what
    is imported.
    """
    package, _, last = module.dotted.rpartition(".")
    top = package.partition(".")[0]
    if not top or top in sys.stdlib_module_names or is_bundled(top):
        return None
    path = resolver.project.disk.module_file(file.folder, last)
    source = resolver.project.file(path) if path and path != file.path else None
    if source is None or name not in module_scope(source).graph.locals:
        return None
    return Namespace(source.path)


def submodule(resolver: Resolver, folder: str, name: str) -> Type:
    """Return the module called ``name`` in the package at ``folder``."""
    path = resolver.project.disk.descend(folder, [name])
    return Namespace(path) if path else UNKNOWN


def imported_module(
    resolver: Resolver, file: SourceFile, node: ast.ImportFrom
) -> Namespace | External:
    """Return the module that ``from <module> import …`` in ``file`` reads."""
    if not node.level:
        return module_value(resolver, node.module or "", file)
    folder = file.folder
    for _ in range(node.level - 1):
        folder = os.path.dirname(folder)
    if not node.module:
        return Namespace(resolver.project.disk.package_file(folder) or folder)
    found = resolver.project.disk.descend(folder, node.module.split("."))
    return Namespace(found) if found else External("." * node.level + node.module)


def module_value(
    resolver: Resolver, name: str, file: SourceFile
) -> Namespace | External:
    """Return module ``name`` as imported by ``file``.

    torch is answered from the bundled knowledge unless the project itself has it:
    which of its classes are Modules does not depend on the version, and its source
    is large. The standard library is never read.
    """
    top = name.partition(".")[0]
    if top in sys.stdlib_module_names:
        return External(name)
    if top == "torch" and not _in_project(resolver, top, file):
        return External(name)
    path = resolver.project.locate(name, file)
    if path is None:
        return External(name)
    return Namespace(path)


def _in_project(resolver: Resolver, name: str, file: SourceFile) -> bool:
    # A mere folder of that name (``tests/torch``) shadows nothing.
    path = resolver.project.locate(name, file)
    return (
        path is not None
        and resolver.project.disk.is_file(path)
        and not path.startswith(resolver.project.locator.installed)
    )


def starred(resolver: Resolver, scope: Scope, name: str) -> Type | None:
    """Return ``name`` from the last ``from … import *`` that provides it, if any."""
    if not scope.graph.stars:
        return None
    known: dict[str, Type | None] = scope.file.memo.answers(starred)
    if name in known:
        return known[name]
    value, is_complete = resolver.answer(lambda: _from_stars(resolver, scope, name))
    if is_complete:
        known[name] = value
    return value


def _from_stars(resolver: Resolver, scope: Scope, name: str) -> Type | None:
    """Follow the star imports, and those in the imported files.

    Each file is visited once: star imports may be circular or share files.
    """
    seen = {scope.file.path}
    work = [*star_modules(resolver, scope.file)]
    while work:
        module = work.pop()
        if isinstance(module, External):
            if resolver.knowledge.kind(f"{module.dotted}.{name}"):
                return resolver.known(f"{module.dotted}.{name}")
            continue
        file = _star_source(resolver, module.path, name, seen)
        if file is None:
            continue
        value = resolver.final_binding(module_scope(file), name)
        if value is not None:
            return value
        work += star_modules(resolver, file)
    return None


def star_modules(resolver: Resolver, file: SourceFile) -> list[Namespace | External]:
    """Return the modules that ``file`` star-imports, in order."""
    answers = file.memo.answers(star_modules)
    if None not in answers:
        stars = module_scope(file).graph.stars
        answers[None] = [imported_module(resolver, file, node) for node, _ in stars]
    modules: list[Namespace | External] = answers[None]
    return modules


def _star_source(
    resolver: Resolver, path: str, name: str, seen: set[str]
) -> SourceFile | None:
    """Return the file at ``path`` if ``from <path> import *`` may provide ``name``."""
    if path in seen or resolver.budget.is_exhausted():
        return None
    seen.add(path)
    file = resolver.project.file(path) if resolver.project.disk.is_file(path) else None
    if file is None:
        return None
    public = public_names(file)
    hidden = name not in public if public is not None else name.startswith("_")
    return None if hidden else file


@memoized
def public_names(file: SourceFile) -> frozenset[str] | None:
    """Return the names in ``__all__``; None if there is none, or it is computed."""
    if "__all__" not in file.text:
        return None
    return frozenset(_listed(file.tree.body)) or None


def _listed(body: list[ast.stmt]) -> Iterator[str]:
    """Yield the names that statements put into ``__all__``; none if one computes it."""
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
