"""What a name means at a point: its bindings, closures, imports, star imports."""

from __future__ import annotations

import builtins
from typing import TypeGuard

from flake8_forward.modules import (
    annotated,
    classes,
    containers,
    expressions,
    imports,
    parameters,
    special_methods,
)
from flake8_forward.modules.files import Project
from flake8_forward.modules.flow import Flow, Origin, Test, reaching
from flake8_forward.modules.knowledge_base import OBJECT
from flake8_forward.modules.scopes import Scope
from flake8_forward.modules.types import (
    NONE,
    NOTHING,
    UNKNOWN,
    Alias,
    ClassObject,
    External,
    Function,
    Instance,
    Type,
    either,
    options,
)

BUILTINS = frozenset(dir(builtins))

_STAND_INS = (NONE, ClassObject(OBJECT))
"""What a name is bound to for lack of anything better."""


def lookup(project: Project, name: str, flow: Flow) -> Type:
    """Return what ``name`` is at ``flow``; External("builtins.…") for builtins."""
    found = bound(project, name, flow)
    if found is not None:
        return found
    return builtin(project, name)


def builtin(project: Project, name: str) -> Type:
    """Return the builtin called ``name``, UNKNOWN if there is none."""
    if name not in BUILTINS:
        return UNKNOWN
    return classes.standard(project, f"builtins.{name}")


def bound(project: Project, name: str, flow: Flow) -> Type | None:
    """Return what ``name`` is bound to at ``flow``, None where nothing binds it."""
    state: Flow | None = flow
    while state is not None:
        scope = state.scope
        if scope.binds(name) and name not in scope.walk.outer_names:
            origins, _ = reaching(state, name)
            if not origins and scope.kind == "module":
                # Used above its definition: an annotation, or a late call.
                origins, _ = reaching(scope.final, name)
            if origins:
                return _held(project, scope, name, origins)
        if scope.kind == "module":
            return imports.starred(project, scope, name)
        state = _enclosing_state(scope)
    return None


def in_the_end(project: Project, scope: Scope, name: str) -> Type | None:
    """Return what the statements of ``scope`` leave ``name`` bound to, if they do."""
    if not scope.binds(name):
        return None
    origins, _ = reaching(scope.final, name)
    return _held(project, scope, name, origins) if origins else None


def _held(project: Project, scope: Scope, name: str, origins: list[Origin]) -> Type:
    value = either_origin(project, origins)
    return filled(project, value, scope.walk.added.get(name, []))


def _enclosing_state(scope: Scope) -> Flow | None:
    if scope.kind == "class":
        return scope.defined
    outer = scope.parent
    while outer is not None and outer.kind == "class":
        outer = outer.parent
    return outer.final if outer is not None else None


def either_origin(project: Project, origins: list[Origin]) -> Type:
    """Return the union of what ``origins`` give.

    Of an import and its fallback (``except ImportError``), the side that cannot be
    found says nothing, so that the other one decides; a mere ``object`` or None stands
    in for it, and says nothing either.
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
        if 0 < len(kept) < len(values) and all(value in _STAND_INS for value in kept):
            return UNKNOWN
        return either(kept or [value for _, value in values])
    return either([value for _, value in values])


def filled(project: Project, value: Type, added: list[Origin]) -> Type:
    """Return ``value`` where lists and dicts hold what was added to them, too."""
    if not added:
        return value
    found: list[Type] = []
    for option in options(value):
        if _is_growing(option):
            values = [origin_type(project, origin) for origin in added]
            if option.parts or option.element not in (None, UNKNOWN):
                values.append(containers.held(project, option))
            found.append(Instance(option.cls, either(values)))
        else:
            found.append(option)
    return either(found)


def _is_growing(value: Type) -> TypeGuard[Instance]:
    return isinstance(value, Instance) and value.cls.name in ("list", "dict")


def origin_type(project: Project, origin: Origin) -> Type:
    """Return the type that ``origin`` gives to its key; each is evaluated once."""
    if origin.type is not None:
        known: Type = origin.type
        return known
    key = id(origin)
    if key in project.active:
        project.cuts += 1
        return NOTHING
    if project.is_spent():
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
        return imports.imported(project, node, flow)
    if origin.kind == "import_from":
        return imports.imported_from(project, node, origin.index or 0, flow)
    if origin.kind == "narrow":
        return _narrowed(project, node, flow)
    if origin.kind == "with":
        return special_methods.entered(
            project, expressions.evaluate(project, node, flow)
        )
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
