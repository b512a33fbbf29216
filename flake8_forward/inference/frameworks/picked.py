"""What is picked by a variable name: ``getattr(models, name)``, ``globals()[name]``."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator

from flake8_forward.flow.builder import module_scope
from flake8_forward.inference import classes, functions, imports, mro
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives, either
from flake8_forward.inference.values import (
    MODULE,
    OBJECT,
    UNKNOWN,
    AnyClass,
    ClassObject,
    External,
    Function,
    Instance,
    KnownClass,
    Namespace,
    SourceClass,
    Type,
)
from flake8_forward.knowledge import frameworks
from flake8_forward.project.disk import is_package_file
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.shapes import decorators, is_declaration
from flake8_forward.syntax.unparsing import string

MAX_SUBMODULES = 50
"""Most modules of a package, any of which is imported by a variable name."""


def picked(resolver: Resolver, module: Type) -> Type:
    """Return the classes and functions of ``module`` that a variable name may mean.

    They all make Modules, else nothing is known.
    """
    found: list[Type] = []
    for each in alternatives(module):
        if isinstance(each, External) and frameworks.COLLECTIONS.fullmatch(each.dotted):
            found.append(ClassObject(MODULE))
        elif isinstance(each, Namespace) and resolver.project.disk.is_file(each.path):
            file = resolver.project.file(each.path)
            found += [] if file is None else makers(resolver, file)
        else:
            return UNKNOWN
    return either(found)


def makers(resolver: Resolver, file: SourceFile) -> list[Type]:
    """Return what a module has that makes Modules; UNKNOWN if it has other classes."""
    known: dict[None, list[Type]] = file.brief.answers(makers)
    if None in known:
        return known[None]
    found, is_complete = resolver.answer(lambda: [*_makers(resolver, file)])
    if UNKNOWN in found:
        found = [UNKNOWN]
    if is_complete:
        known[None] = found
    return found


def _makers(resolver: Resolver, file: SourceFile) -> Iterator[Type]:
    is_package = is_package_file(file.path)
    for value in _public(resolver, file):
        if isinstance(value, Function):
            made = functions.returned(resolver, value)
            is_own = value.scope.file is file or is_package
            if is_own and classes.all_modules(resolver, made):
                yield value
            elif is_own and any(
                isinstance(one, Instance) and _is_rival(resolver, one.cls)
                for one in alternatives(made)
            ):
                yield UNKNOWN
        elif isinstance(value, ClassObject) and isinstance(value.cls, SourceClass):
            if value.cls.file is not file and not is_package:
                continue  # imported for use
            if classes.is_module(resolver, value.cls):
                yield value
            elif _is_rival(resolver, value.cls) or not _is_of_library(
                resolver, value.cls
            ):
                yield UNKNOWN


def _public(resolver: Resolver, file: SourceFile) -> Iterator[Type]:
    """Yield what the public names of a module are, those it star-imports included."""
    seen: set[str] = set()
    work = [file]
    while work and not resolver.budget.is_exhausted():
        each = work.pop()
        if each.path in seen:
            continue
        seen.add(each.path)
        scope = module_scope(each)
        for name in sorted(scope.graph.locals):
            if not name.startswith("_"):
                value = resolver.final_binding(scope, name)
                yield from () if value is None else alternatives(value)
        for module in imports.star_modules(resolver, each):
            path = module.path if isinstance(module, Namespace) else ""
            more = resolver.project.file(path) if os.path.isfile(path) else None
            work += [] if more is None else [more]


def _is_rival(resolver: Resolver, cls: AnyClass) -> bool:
    """Tell whether objects of ``cls`` have a ``forward`` but may be no Modules.

    An ``autograd.Function`` has one, too, but is applied and never made.
    """
    bases = mro.lineage(resolver, cls).classes
    return (
        classes.is_module(resolver, cls) is not True
        and not any(base.name.endswith("autograd.Function") for base in bases)
        and any(
            node.name == "forward" and not is_declaration(node)
            for base in bases
            if isinstance(base, SourceClass)
            for node in base.scope.methods
        )
    )


def _is_of_library(resolver: Resolver, cls: SourceClass) -> bool:
    """Tell whether a class is an exception, a dataset or the like: no layer's rival."""
    if any(name.rpartition(".")[2] == "dataclass" for name in decorators(cls.node)):
        return True
    line = mro.lineage(resolver, cls)
    known = (base for base in line.classes if isinstance(base, KnownClass))
    return line.complete and any(base != OBJECT for base in known)


def imported(resolver: Resolver, node: ast.Call, file: SourceFile) -> Type:
    """Return the modules that may be meant where only their package is literal."""
    package = _beginning(node.args[0]) if node.args else ""
    if not package.endswith(".") or package.startswith("."):
        return UNKNOWN
    module = imports.module_value(resolver, package[:-1], file)
    if isinstance(module, External):
        return module  # of its modules as much is known as of itself
    folder = module.path
    if resolver.project.disk.is_file(folder):
        folder = os.path.dirname(folder)
    names = sorted(name for name in os.listdir(folder) if name.endswith(".py"))
    paths = [os.path.join(folder, name) for name in names if name != "__init__.py"]
    if len(paths) > MAX_SUBMODULES:
        return UNKNOWN
    return either([Namespace(path) for path in paths])


def _beginning(node: ast.expr) -> str:
    """Return the literal text that a text begins with."""
    if isinstance(node, ast.BinOp):
        return _beginning(node.left).partition("%")[0]
    if isinstance(node, ast.JoinedStr):
        return _beginning(node.values[0]) if node.values else ""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return _beginning(node.func.value).partition("{")[0]  # "…".format()
    return string(node) or ""
