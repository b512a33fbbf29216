"""Registries of a project: what they make is what the project registers with them."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from flake8_forward.flow.lookup import scope_at
from flake8_forward.flow.states import Flow
from flake8_forward.inference import classes, functions
from flake8_forward.inference.evidence import rivals
from flake8_forward.inference.frameworks.registrations import (
    decorated,
    names_of,
    writing,
)
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives, either
from flake8_forward.inference.values import (
    MODULE,
    OBJECT,
    UNKNOWN,
    ClassObject,
    External,
    Function,
    Instance,
    KnownClass,
    Registry,
    Type,
)
from flake8_forward.knowledge import frameworks
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.tree import FUNCTIONS, ancestries

GETTER = re.compile(r"build|get|get_(\w+)_class")
REGISTERING = re.compile(r"register(?:_module|_class)?")
ENOUGH = 8
"""Modules in a registry that show which kind of classes it is for."""

MAX_FILES = 60
"""Most files in which something is registered; with more, nothing is known."""


def made(callee: Type, node: ast.Call, flow: Flow) -> Registry | None:
    """Return the registry that the call of ``callee`` makes, if it makes one."""
    if flow.scope.kind != "module":
        return None
    if isinstance(callee, ClassObject):
        name = callee.cls.name
    else:
        name = callee.dotted if isinstance(callee, External) else ""
    is_registry = name.rpartition(".")[2].endswith("Registry")
    return Registry(node, flow.scope.file, callee) if is_registry else None


def attribute(resolver: Resolver, owner: Registry, name: str) -> Type:
    """Return ``owner.name`` where that is not what a registry offers."""
    if isinstance(owner.kind, ClassObject):
        return resolver.member(Instance(owner.kind.cls), name)
    return UNKNOWN


def classes_of(resolver: Resolver, registry: Registry, getter: str = "get") -> Type:
    """Return what the method ``getter`` of ``registry`` may find: makers of Modules.

    UNKNOWN unless the whole project is asked.
    """
    if not resolver.asks_project:
        return UNKNOWN
    known: dict[tuple[ast.Call, str], Type] = registry.file.brief.answers(classes_of)
    key = registry.call, getter
    if key in known:
        return known[key]
    value, is_complete = resolver.guarded(
        id(registry.call), lambda: _found(resolver, registry, getter)
    )
    if is_complete:
        known[key] = value
    return value


def _found(resolver: Resolver, registry: Registry, getter: str) -> Type:
    if _makes_another(resolver, registry, getter):
        return UNKNOWN
    match = GETTER.fullmatch(getter)
    kind = match and match[1]
    register = re.compile(f"register_{kind}") if kind else REGISTERING
    found = alternatives(either([*_registered(resolver, registry, register)]))
    results = either([_result(resolver, value) for value in found])
    return either([*found]) if classes.all_modules(resolver, results) else UNKNOWN


def _makes_another(resolver: Resolver, registry: Registry, getter: str) -> bool:
    """Tell whether the project's own ``getter`` returns what was not registered."""
    method = attribute(resolver, registry, getter)
    return isinstance(method, Function) and any(
        isinstance(one, Instance)
        and one.cls != OBJECT
        and classes.is_module(resolver, one.cls) is not True
        for one in alternatives(functions.returned(resolver, method))
    )


def built(resolver: Resolver, registry: Registry) -> Type:
    """Return an object of a class that is registered with ``registry``."""
    found = alternatives(classes_of(resolver, registry, "build"))
    return either([_result(resolver, value) for value in found])


def _result(resolver: Resolver, value: Type) -> Type:
    if isinstance(value, ClassObject):
        return Instance(value.cls)
    if isinstance(value, Function):
        return functions.returned(resolver, value)
    return UNKNOWN


def _registered(
    resolver: Resolver, registry: Registry, register: re.Pattern[str]
) -> Iterator[Type]:
    """Yield what is registered in the project; UNKNOWN if others register, too."""
    file = registry.file
    if file.path.startswith(resolver.project.locator.installed):
        yield UNKNOWN  # whoever imports it can register something
        return
    for item in registry.call.keywords:
        if item.arg == "parent":
            yield _of_parent(resolver, resolver.evaluate(item.value, _start(file)))
    if not resolver.project.search().is_complete:
        yield UNKNOWN
    names = names_of(registry)
    heads = [*decorated(resolver, names, register)]
    modules = [head for head in heads if rivals.is_module(resolver, head)]
    yield from [ClassObject(MODULE)] if modules else []
    others = (head for head in heads if head not in modules)
    if len(modules) >= ENOUGH:  # what has no forward, or an unknown base, is no rival
        others = (h for h in others if rivals.is_rival(resolver, h))
    paths = sorted({
        *(head.path for head in others),
        *writing(resolver, names, register),
    })  # fmt: skip
    for path in paths[:MAX_FILES]:
        other = resolver.project.file(path)
        if other is None:
            yield UNKNOWN
        else:
            yield from _registered_in(resolver, other, registry, register)
    if len(paths) > MAX_FILES:
        yield UNKNOWN


def _of_parent(resolver: Resolver, parent: Type) -> Type:
    if isinstance(parent, Registry):
        return classes_of(resolver, parent)
    is_known = isinstance(parent, External) and frameworks.REGISTRY.fullmatch(
        parent.dotted
    )
    return ClassObject(MODULE) if is_known else UNKNOWN


def _registered_in(
    resolver: Resolver, file: SourceFile, registry: Registry, register: re.Pattern[str]
) -> Iterator[Type]:
    for ancestry, method in _registrations(file):
        if register.fullmatch(method.attr):
            _, flow = scope_at(file, ancestry)
            if resolver.evaluate(method.value, flow) == registry:
                yield from _given(resolver, ancestry[-1], flow)
    for ancestry, owner in _writes(file, register):
        _, flow = scope_at(file, ancestry)
        if resolver.evaluate(owner, flow) == registry:
            yield UNKNOWN


def _writes(
    file: SourceFile, register: re.Pattern[str]
) -> Iterator[tuple[list[ast.AST], ast.expr]]:
    """Yield what something is set in, or whose method to register is handed around."""
    for ancestry in ancestries(file.tree, (ast.Attribute, ast.Subscript)):
        node = ancestry[-1]
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store):
            yield ancestry, node.value
            if isinstance(node.value, ast.Attribute):
                yield ancestry, node.value.value
        elif (
            isinstance(node, ast.Attribute)
            and register.fullmatch(node.attr)
            and getattr(ancestry[-2], "func", None) is not node
            and not _decorates(ancestry)
        ):
            yield ancestry, node.value


@memoized
def _registrations(file: SourceFile) -> list[tuple[list[ast.AST], ast.Attribute]]:
    """Return definitions and calls that may register something, and the method."""
    found = []
    for ancestry in ancestries(file.tree, (ast.ClassDef, *FUNCTIONS, ast.Call)):
        node = ancestry[-1]
        targets = getattr(node, "decorator_list", [])
        if isinstance(node, ast.Call) and not _decorates(ancestry):
            targets = [node.func]
        for target in targets:
            method = target.func if isinstance(target, ast.Call) else target
            if isinstance(method, ast.Attribute) and method.attr.startswith("register"):
                found.append((ancestry, method))
    return found


def _decorates(ancestry: Sequence[ast.AST]) -> bool:
    above = ancestry[-2] if len(ancestry) > 1 else None
    return ancestry[-1] in getattr(above, "decorator_list", ())


def _given(resolver: Resolver, node: ast.AST, flow: Flow) -> Iterator[Type]:
    """Yield what ``node`` registers: itself, or what the call is given."""
    if isinstance(node, ast.ClassDef):
        yield ClassObject(classes.class_at(node, flow))
    elif isinstance(node, FUNCTIONS):
        yield Function(node, flow.scope, flow)
    elif isinstance(node, ast.Call):
        given = [*node.args, *(item.value for item in node.keywords)]
        values = [resolver.evaluate(value, flow) for value in given]
        texts = [isinstance(value, Instance) and _is_plain(value) for value in values]
        yield from (v for v, is_text in zip(values, texts, strict=True) if not is_text)


def _is_plain(value: Instance) -> bool:
    """Tell whether a value is a name or a flag, not what is registered."""
    cls = value.cls
    return isinstance(cls, KnownClass) and cls.name in ("bool", "list", "str")


def _start(file: SourceFile) -> Flow:
    return scope_at(file, [file.tree])[1]
