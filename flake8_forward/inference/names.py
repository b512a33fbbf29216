"""The meaning of a name at a point: bindings, closures, imports, star imports."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Sequence

from flake8_forward.flow.bindings import reaching
from flake8_forward.flow.lookup import made_global
from flake8_forward.flow.states import (
    Flow,
    ImportOrigin,
    Origin,
    PartOrigin,
    RestOrigin,
    Scope,
    Test,
)
from flake8_forward.inference import (
    classes,
    containers,
    imports,
    parameters,
)
from flake8_forward.inference.annotations import declared, told
from flake8_forward.inference.refining import filled, tested, wrapped
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import either, is_unknown, settled
from flake8_forward.inference.values import (
    NONE,
    OBJECT,
    UNKNOWN,
    Alias,
    ClassObject,
    External,
    Function,
    Instance,
    Type,
    TypeVariable,
)
from flake8_forward.syntax.shapes import is_name

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
        origins: list[Origin] = []
        if scope.binds(name) and name not in scope.graph.outer_names:
            origins, _ = reaching(state, name)
            if not origins and scope.kind == "module":
                # Used above its definition: an annotation, or a late call.
                origins, _ = reaching(scope.final, name)
        if scope.kind == "module":
            origins = origins + made_global(scope, name)
        if origins:
            return held(resolver, scope, name, origins)
        if scope.kind == "module":
            return imports.starred(resolver, scope, name)
        state = _enclosing_state(scope)
    return None


def final_binding(resolver: Resolver, scope: Scope, name: str) -> Type | None:
    """Return what ``name`` is bound to at the end of ``scope``, if anything."""
    if not scope.binds(name):
        return None
    origins, _ = reaching(scope.final, name)
    return held(resolver, scope, name, origins) if origins else None


def held(resolver: Resolver, scope: Scope, key: str, origins: list[Origin]) -> Type:
    """Return what ``key`` is in ``scope`` where ``origins`` are what binds it.

    An annotation there tells what a value is of which nothing is known.
    """
    value = either_origin(resolver, origins)
    graph = scope.graph
    return completed(
        resolver, value, graph.declared.get(key, ()), graph.added.get(key, ())
    )


def completed(
    resolver: Resolver,
    value: Type,
    annotated: Sequence[Origin],
    added: Sequence[Origin],
) -> Type:
    """Return ``value`` with what annotations tell of it and what is added to it."""
    if not added and not (annotated and is_unknown(value)):
        return value
    declared = told(resolver, annotated)
    return filled.filled(
        resolver,
        settled(value, declared),
        lambda: [origin_type(resolver, origin) for origin in added],
        declared,
    )


def _enclosing_state(scope: Scope) -> Flow | None:
    if scope.kind == "class":
        return scope.defined
    outer = scope.parent
    while outer is not None and outer.kind == "class":
        if getattr(outer.node, "type_params", ()):
            return outer.defined
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
    if isinstance(origin, RestOrigin):
        whole = origin_type(resolver, origin.whole)
        return containers.rest(resolver, whole, origin.start, origin.end)
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
        return _augmented(resolver, node, flow)
    if origin.kind == "alias":
        return Alias(node.value, flow)
    if origin.kind == "type_parameter":
        return _type_parameter(node, flow)
    return UNKNOWN


def _type_parameter(node: ast.AST, flow: Flow) -> Type:
    """Return ``M`` of ``def f[M: Net]`` as the ``TypeVar`` that it is short for."""
    bound = getattr(node, "bound", None)
    constraints = bound.elts if isinstance(bound, ast.Tuple) else []
    keywords = [] if bound is None or constraints else [ast.keyword("bound", bound)]
    name = ast.Name("TypeVar", ast.Load())
    return TypeVariable(ast.Call(name, [name, *constraints], keywords), flow)


def _augmented(resolver: Resolver, node: ast.AugAssign, flow: Flow) -> Type:
    """Return what is left in the target: the same object, perhaps with more items."""
    before = resolver.evaluate(node.target, flow)
    if not isinstance(node.op, ast.Add) or not isinstance(before, Instance):
        return before
    added = resolver.evaluate(node.value, flow)
    found = containers.concatenated(resolver, before, added)
    if not isinstance(found, Instance):
        return before
    return Instance(found.cls, containers.held(resolver, found))


def _narrowed(resolver: Resolver, test: Test, flow: Flow) -> Type:
    """Return the alternatives of a value that are left after a test of it."""
    node, kind = test.node.args
    value = resolver.evaluate(node, flow)
    if is_name(test.node.func, "hasattr"):
        return (
            wrapped.holding(resolver, value)
            if test.truth
            else wrapped.without_holder(value)
        )
    wanted = tested.tested(resolver, kind, flow)
    return tested.narrowed(resolver, value, wanted, test.truth)
