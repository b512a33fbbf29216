"""Names that a module provides lazily: ``__getattr__`` and tables of names.

A table says which submodule defines a name; it is trusted if the submodule's source
code is available and has the name. Nothing is run.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TypeAlias

from flake8_forward.inference import imports, mro
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import (
    UNKNOWN,
    Instance,
    Namespace,
    SourceClass,
    Type,
)
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode, walk
from flake8_forward.syntax.unparsing import string, unparse

SIGNS = ("__getattr__", "LazyModule", "lazy_loader")
"""A word that every module with lazy names contains."""

Promise: TypeAlias = tuple[str, str, str]
"""A name, the module it comes from (dots first if relative), its name there."""


def attribute(resolver: Resolver, file: SourceFile, name: str) -> Type | None:
    """Return what ``file`` provides lazily as ``name``; None if nothing."""
    if name not in file.text or not any(sign in file.text for sign in SIGNS):
        return None
    mark = hash((file.path, name))
    active = resolver.budget.active
    if mark in active:  # modules that provide each other's names
        return None
    active.add(mark)
    try:
        for promised, module, there in _promised(file):
            if promised == name:
                found = _in_module(resolver, file, module, there)
                if found is not None:
                    return found
    finally:
        active.discard(mark)
    return None


def _in_module(
    resolver: Resolver, file: SourceFile, module: str, name: str
) -> Type | None:
    dots = len(module) - len(module.lstrip("."))
    for level in [dots] if dots else [1, 0]:  # a bare name mostly means a submodule
        node = ast.ImportFrom(module.lstrip(".") or None, [], level)
        found = imports.imported_module(resolver, file, node)
        if isinstance(found, Namespace) and found.path != file.path:
            value = resolver.module_member(found, name)
            if value != UNKNOWN:
                return value
    return None


@memoized
def _promised(file: SourceFile) -> list[Promise]:
    return sorted(set(_promises(file.tree)))


def _promises(tree: ast.Module) -> Iterator[Promise]:
    for node in walk(tree):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                yield from _entry(key, value)
        elif isinstance(node, ast.Assign) and isinstance(
            node.targets[0], ast.Subscript
        ):
            yield from _entry(node.targets[0].slice, node.value)
        elif isinstance(node, FUNCTIONS) and node.name == "__getattr__":
            yield from _imported(node)


def _entry(key: ast.expr | None, value: ast.expr) -> Iterator[Promise]:
    """Yield what one entry of a table may mean: ``Net: module``, ``module: [Net]``."""
    name = string(key)
    if name is None:
        return
    module = string(value)
    if module is not None:
        yield name, module, name
    if isinstance(value, ast.List | ast.Tuple | ast.Set):
        texts = [text for item in value.elts if (text := string(item)) is not None]
        yield from ((text, name, text) for text in texts)
        if len(texts) == 2:
            yield name, texts[0], texts[1]


def _imported(function: ast.AST) -> Iterator[Promise]:
    """Yield what the body of ``__getattr__`` imports under its own name."""
    for node in walk(function):
        if isinstance(node, ast.ImportFrom):
            module = "." * node.level + (node.module or "")
            for alias in node.names:
                if not alias.asname:
                    yield alias.name, module, alias.name


def delegated(resolver: Resolver, owner: Instance, name: str) -> Type:
    """Return ``name`` of the object that ``__getattr__`` of ``owner`` delegates to.

    Only where no file of its classes mentions the name: it could be an exception.
    """
    for cls in mro.lineage(resolver, owner.cls).classes:
        if not isinstance(cls, SourceClass) or name in cls.file.text:
            return UNKNOWN
        for node in cls.scope.methods if SIGNS[0] in cls.file.text else ():
            if node.name == "__getattr__":
                held = _handed_on_to(node)
                return UNKNOWN if held is None else _held(resolver, owner, held, name)
    return UNKNOWN


def _held(resolver: Resolver, owner: Instance, held: str, name: str) -> Type:
    return resolver.member(resolver.member(owner, held), name)


def _handed_on_to(function: FunctionNode) -> str | None:
    """Return x of a function that ends in ``return getattr(self.x, name)``."""
    last = function.body[-1]
    names = [argument.arg for argument in function.args.args]
    call = last.value if isinstance(last, ast.Return) else None
    if not isinstance(call, ast.Call) or len(names) != 2:
        return None
    found = re.fullmatch(r"getattr\((\w+)\.(\w+), (\w+)\)", unparse(call))
    return found[2] if found and [found[1], found[3]] == names else None
