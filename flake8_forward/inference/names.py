"""The meaning of a name at a point: bindings, closures, imports, star imports."""

from __future__ import annotations

import builtins
from typing import TypeGuard

from flake8_forward.flow.bindings import reaching
from flake8_forward.flow.states import (
    Flow,
    ImportOrigin,
    Origin,
    PartOrigin,
    Scope,
    Test,
)
from flake8_forward.inference import (
    classes,
    containers,
    imports,
    parameters,
)
from flake8_forward.inference.annotations import declared
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives, either
from flake8_forward.inference.values import (
    NEVER,
    NONE,
    OBJECT,
    UNKNOWN,
    Alias,
    ClassObject,
    External,
    Function,
    Instance,
    Type,
)

BUILTINS = frozenset(dir(builtins))

_STAND_INS = (NONE, ClassObject(OBJECT))
"""What a name is bound to as a fallback."""


def lookup(resolver: Resolver, name: str, flow: Flow) -> Type:
    """Return what ``name`` is at ``flow``; External("builtins.…") for builtins."""
    found = bound(resolver, name, flow)
    if found is not None:
        return found
    return builtin(resolver, name)


def builtin(resolver: Resolver, name: str) -> Type:
    """Return the builtin called ``name``, UNKNOWN if there is none."""
    if name not in BUILTINS:
        return UNKNOWN
    return classes.standard(resolver, f"builtins.{name}")


def bound(resolver: Resolver, name: str, flow: Flow) -> Type | None:
    """Return what ``name`` is bound to at ``flow``, None where nothing binds it."""
    state: Flow | None = flow
    while state is not None:
        scope = state.scope
        if scope.binds(name) and name not in scope.graph.outer_names:
            origins, _ = reaching(state, name)
            if not origins and scope.kind == "module":
                # Used above its definition: an annotation, or a late call.
                origins, _ = reaching(scope.final, name)
            if origins:
                return _held(resolver, scope, name, origins)
        if scope.kind == "module":
            return imports.starred(resolver, scope, name)
        state = _enclosing_state(scope)
    return None


def final_binding(resolver: Resolver, scope: Scope, name: str) -> Type | None:
    """Return what ``name`` is bound to at the end of ``scope``, if anything."""
    if not scope.binds(name):
        return None
    origins, _ = reaching(scope.final, name)
    return _held(resolver, scope, name, origins) if origins else None


def _held(resolver: Resolver, scope: Scope, name: str, origins: list[Origin]) -> Type:
    value = either_origin(resolver, origins)
    return filled(resolver, value, scope.graph.added.get(name, []))


def _enclosing_state(scope: Scope) -> Flow | None:
    if scope.kind == "class":
        return scope.defined
    outer = scope.parent
    while outer is not None and outer.kind == "class":
        outer = outer.parent
    return outer.final if outer is not None else None


def either_origin(resolver: Resolver, origins: list[Origin]) -> Type:
    """Return the union of the values of ``origins``.

    Of an import and its fallback (``except ImportError``), the side that cannot be
    found says nothing, so that the other one decides; a mere ``object`` or None stands
    in for it, and says nothing either.
    """
    values = [(origin, origin_type(resolver, origin)) for origin in origins]
    if len(values) > 1:
        kept = [
            value
            for origin, value in values
            if not (
                origin.kind in ("import", "import_from") and isinstance(value, External)
            )
        ]
        if 0 < len(kept) < len(values) and all(value in _STAND_INS for value in kept):
            return UNKNOWN
        return either(kept or [value for _, value in values])
    return either([value for _, value in values])


def filled(resolver: Resolver, value: Type, added: list[Origin]) -> Type:
    """Return ``value`` with the items that were added to its lists and dicts."""
    if not added:
        return value
    found: list[Type] = []
    for alternative in alternatives(value):
        if _is_growing(alternative):
            values = [origin_type(resolver, origin) for origin in added]
            if alternative.parts or alternative.element not in (None, UNKNOWN):
                values.append(containers.held(resolver, alternative))
            found.append(Instance(alternative.cls, either(values)))
        else:
            found.append(alternative)
    return either(found)


def _is_growing(value: Type) -> TypeGuard[Instance]:
    return isinstance(value, Instance) and value.cls.name in ("list", "dict")


def origin_type(resolver: Resolver, origin: Origin) -> Type:
    """Return the type that ``origin`` binds its key to; each is evaluated once."""
    known: Type | None = origin.told if resolver.asks_project else origin.type
    if known is not None:
        return known
    value, is_complete = resolver.guarded(
        id(origin), lambda: _evaluate_origin(resolver, origin)
    )
    if is_complete and resolver.asks_project:
        origin.told = value
    elif is_complete:
        origin.type = value
    return value


def _evaluate_origin(resolver: Resolver, origin: Origin) -> Type:
    node, flow = origin.node, origin.flow
    if origin.kind == "value":
        return resolver.evaluate(node, flow)
    if origin.kind == "annotated":
        return declared(resolver, node.annotation, node.value, flow)
    if origin.kind == "element":
        return resolver.iterated(resolver.evaluate(node, flow))
    if isinstance(origin, PartOrigin):
        whole = origin_type(resolver, origin.whole)
        return containers.part(resolver, whole, origin.index)
    if origin.kind == "param":
        return parameters.parameter(resolver, node, flow)
    if origin.kind == "class":
        return ClassObject(classes.class_at(node, flow))
    if origin.kind == "function":
        return Function(node, flow.scope, flow)
    if origin.kind == "import":
        return imports.imported(resolver, node, flow)
    if isinstance(origin, ImportOrigin):
        return imports.imported_from(resolver, node, origin.index, flow)
    if origin.kind == "narrow":
        return _narrowed(resolver, node, flow)
    if origin.kind == "with":
        return containers.entered(resolver, resolver.evaluate(node, flow))
    if origin.kind == "augmented":
        return resolver.evaluate(node.target, flow)
    if origin.kind == "alias":
        return Alias(node.value, flow)
    return UNKNOWN


def _narrowed(resolver: Resolver, test: Test, flow: Flow) -> Type:
    """Return the alternatives of a value that are left after an isinstance test."""
    before = alternatives(resolver.evaluate(test.node.args[0], flow))
    wanted = classes.tested(resolver, test.node.args[1], flow)
    if not wanted:
        return UNKNOWN if test.truth else either(list(before))
    kept: list[Type] = []
    for alternative in before:
        inside = classes.instance_of(resolver, alternative, wanted)
        if inside is test.truth:
            kept.append(alternative)
        elif inside is None:
            kept += [Instance(cls) for cls in wanted] if test.truth else [alternative]
    return either(kept) if kept else NEVER
