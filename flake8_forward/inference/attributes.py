"""Attributes as a class, its methods and the classes that inherit from it set them."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator

from flake8_forward.flow.bindings import reaching
from flake8_forward.flow.builder import module_scope
from flake8_forward.flow.states import Origin, Scope
from flake8_forward.inference import classes, functions, mro, names
from flake8_forward.inference.annotations import told
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives, either, is_unknown
from flake8_forward.inference.values import (
    NONE,
    UNKNOWN,
    AnyClass,
    Function,
    Instance,
    SourceClass,
    Type,
)
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.index import bases
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.shapes import (
    decorators,
    first_parameter,
    is_name,
    named,
)
from flake8_forward.syntax.tree import FunctionNode, own_nodes

MAX_DESCENDANTS = 40
"""Classes that may inherit from one; with more, they are not asked."""

PROPERTIES = frozenset({"property", "cached_property", "functools.cached_property"})


def own_attribute(
    resolver: Resolver, cls: SourceClass, name: str, owner: Instance
) -> Type | None:
    """Return attribute ``name`` as ``cls`` itself sets it; None if it does not."""
    scope = cls.scope
    values: list[Type] = []
    if name in scope.graph.locals:
        origins, _ = reaching(scope.final, name)
        for origin in map(_getter, origins):
            value = names.origin_type(resolver, origin)
            says = UNKNOWN not in alternatives(value) and value != NONE
            if origin.kind == "annotated" and says:
                return value  # the class says what the attribute is
            values.append(_bound_member(resolver, value, owner))
    for origin in _in_methods(scope, name, "attributes"):
        values.append(names.origin_type(resolver, origin))
    if not values:
        return None
    value = either(values)
    if not is_unknown(value) and not any(map(_is_object, alternatives(value))):
        return value
    line = [*_source_classes(resolver, owner.cls)]
    annotated = next((some for one in line if (some := _annotations(one, name))), [])
    added = [o for one in line for o in _in_methods(one.scope, name, "added")]
    return names.completed(resolver, value, annotated, added)


def _is_object(value: Type) -> bool:
    return isinstance(value, Instance)


def _source_classes(resolver: Resolver, cls: AnyClass) -> Iterator[SourceClass]:
    """Yield ``cls`` and its bases, as far as they are on disk."""
    for base in mro.lineage(resolver, cls).classes:
        if isinstance(base, SourceClass):
            yield base


def declared(resolver: Resolver, owner: Type, name: str) -> Type:
    """Return what the class of ``owner`` declares its attribute ``name`` to be."""
    if isinstance(owner, Instance):
        for cls in _source_classes(resolver, owner.cls):
            found = told(resolver, _annotations(cls, name))
            if found != UNKNOWN:
                return found
    return UNKNOWN


def _annotations(cls: SourceClass, name: str) -> list[Origin]:
    """Return the annotations of attribute ``name`` in the body and methods of ``cls``."""
    own = cls.scope.graph.declared.get(name, [])
    return [*own, *_in_methods(cls.scope, name, "declared")]


def _in_methods(scope: Scope, name: str, table: str) -> list[Origin]:
    """Return what methods of the class ``scope`` assign or add to ``self.<name>``."""
    answers = scope.file.brief.answers(_in_methods)
    found: list[Origin] | None = answers.get((scope, name, table))
    if found is not None:
        return found
    found = []
    assert isinstance(scope.node, ast.ClassDef)
    for node in scope.file.methods(scope.node, name):
        graph = scope.child(node, scope.before(node)).graph
        origins: dict[str, list[Origin]] = getattr(graph, table)
        for own in _own_names(node):
            found += origins.get(f"{own}.{name}", [])
    answers[scope, name, table] = found
    return found


def _getter(origin: Origin) -> Origin:
    """Return what a property is read by, for a setter or deleter that is added to it."""
    while origin.kind == "function" and _adds_to_property(origin.node):
        before, _ = reaching(origin.flow, origin.node.name)
        if len(before) != 1:
            break
        origin = before[0]
    return origin


def _adds_to_property(node: FunctionNode) -> bool:
    added = {f"{node.name}.{kind}" for kind in ("setter", "deleter")}
    return not added.isdisjoint(decorators(node))


def _own_names(node: FunctionNode) -> set[str]:
    """Return the names for the class or an object of it in the method ``node``.

    Those are the first parameter and, in a class method, what it makes of that.
    """
    first = first_parameter(node)
    if first is None:
        return set()
    if node.name != "__new__" and "classmethod" not in decorators(node):
        return {first}
    made = (
        target.id
        for part in own_nodes(node)
        if isinstance(part, ast.Assign) and _makes(part.value, first)
        for target in part.targets
        if isinstance(target, ast.Name)
    )
    return {first, *made}


def _makes(node: ast.expr, cls: str) -> bool:
    """Tell whether ``node`` is ``cls(…)`` or ``….__new__(cls)``."""
    if not isinstance(node, ast.Call):
        return False
    is_new = named(node.func) == "__new__" and bool(node.args)
    return is_name(node.func, cls) or (is_new and is_name(node.args[0], cls))


def _bound_member(resolver: Resolver, value: Type, owner: Instance) -> Type:
    """Return the value of a class attribute read from an instance."""
    if not isinstance(value, Function):
        return value
    kinds = decorators(value.node)
    bound = Function(value.node, value.scope, value.flow, owner)
    if PROPERTIES.intersection(kinds):
        return functions.returned(resolver, bound)
    return value if "staticmethod" in kinds else bound


def of_class(cls: SourceClass, name: str) -> list[Origin]:
    """Return what the body of ``cls`` and its class methods bind ``cls.<name>`` to."""
    found: list[Origin] = []
    if name in cls.scope.graph.locals:
        found, _ = reaching(cls.scope.final, name)
    return found + _in_methods(cls.scope, name, "attributes")


def of_subclasses(resolver: Resolver, cls: SourceClass, name: str) -> Type:
    """Return what classes in the file of ``cls`` that inherit from it set ``name`` to.

    UNKNOWN if none does, or if ``cls`` itself sets it to something unknown.
    """
    if not _derived(cls.file).get(cls.name):
        return UNKNOWN
    for base in _source_classes(resolver, cls):
        own = _set_by(resolver, base, name)
        if own is not None and is_unknown(own):
            return UNKNOWN
    below = [*_descendants(cls)]
    if len(below) > MAX_DESCENDANTS:
        return UNKNOWN
    values = [
        value
        for node in below
        if (value := _set_by(resolver, _class_of(cls.file, node), name)) is not None
    ]
    found = either(values)
    return UNKNOWN if is_unknown(found) else found


def _set_by(resolver: Resolver, cls: SourceClass, name: str) -> Type | None:
    return own_attribute(resolver, cls, name, Instance(cls))


def _class_of(file: SourceFile, node: ast.ClassDef) -> SourceClass:
    return classes.class_at(node, module_scope(file).before(node))


def _descendants(cls: SourceClass) -> Iterator[ast.ClassDef]:
    """Yield the classes that inherit from ``cls``, by the names of their bases."""
    seen = {cls.name}
    work = [cls.name]
    while work and len(seen) <= MAX_DESCENDANTS:
        for node in _derived(cls.file).get(work.pop(), ()):
            if node.name not in seen:
                seen.add(node.name)
                work.append(node.name)
                yield node


@memoized
def _derived(file: SourceFile) -> dict[str, list[ast.ClassDef]]:
    """Return the classes in the module's body by the names of their bases."""
    found: dict[str, list[ast.ClassDef]] = defaultdict(list)
    for node in file.tree.body:
        if isinstance(node, ast.ClassDef):
            for name in bases(node):
                found[name].append(node)
    return {**found}
