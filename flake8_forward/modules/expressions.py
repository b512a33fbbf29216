"""What an expression is worth, as far as the source tells."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from flake8_forward.modules import calls, classes, containers, members, names
from flake8_forward.modules.files import Project
from flake8_forward.modules.flow import (
    Flow,
    Origin,
    bind_target,
    key_of,
    reaching,
)
from flake8_forward.modules.narrowing import narrowed
from flake8_forward.modules.types import (
    NONE,
    UNKNOWN,
    Alias,
    ClassObject,
    External,
    Instance,
    LambdaFunction,
    Type,
    either,
    without_none,
)

TYPING = ("typing.", "typing_extensions.", "collections.abc.")


def evaluate(project: Project, node: ast.expr, flow: Flow) -> Type:
    """Return what ``node`` is when control is at ``flow``; UNKNOWN if that is open."""
    handler = _HANDLERS.get(type(node))
    if handler is None or project.is_spent():
        return UNKNOWN
    return handler(project, node, flow)


def _name(project: Project, node: ast.Name, flow: Flow) -> Type:
    return names.lookup(project, node.id, flow)


def _attribute(project: Project, node: ast.Attribute, flow: Flow) -> Type:
    key = key_of(node)
    found: list[Type] = []
    if key is not None and flow.scope.binds(key):
        origins, unbound = reaching(flow, key)
        found = [names.origin_type(project, origin) for origin in origins]
        if not unbound:
            return either(found)
    owner = evaluate(project, node.value, flow)
    return either([*found, members.of(project, owner, node.attr)])


def _call(project: Project, node: ast.Call, flow: Flow) -> Type:
    return calls.called(project, node, flow)


def _constant(project: Project, node: ast.Constant, flow: Flow) -> Type:
    if node.value is None:
        return NONE
    return Instance(classes.builtin_class(type(node.value).__name__))


def _subscript(project: Project, node: ast.Subscript, flow: Flow) -> Type:
    owner = evaluate(project, node.value, flow)
    if isinstance(owner, External) and owner.dotted.startswith(TYPING):
        return Alias(node, flow)
    if isinstance(owner, ClassObject):
        if owner.cls.name in ("type", "list", "dict", "tuple", "set"):
            return Alias(node, flow)
        return owner  # a generic class with its arguments
    return containers.subscripted(project, owner, node.slice, flow)


def _either_branch(project: Project, node: ast.IfExp, flow: Flow) -> Type:
    body = evaluate(project, node.body, narrowed(flow, node.test, True))
    other = evaluate(project, node.orelse, narrowed(flow, node.test, False))
    return either([body, other])


def _boolean(project: Project, node: ast.BoolOp, flow: Flow) -> Type:
    values = [evaluate(project, value, flow) for value in node.values]
    if isinstance(node.op, ast.And):
        return values[-1]
    return either([*(without_none(value) for value in values[:-1]), values[-1]])


def _binary(project: Project, node: ast.BinOp, flow: Flow) -> Type:
    left = evaluate(project, node.left, flow)
    if isinstance(node.op, ast.BitOr) and isinstance(left, (ClassObject, Alias)):
        return Alias(node, flow)
    if isinstance(node.op, ast.Add):
        return containers.concatenated(
            project, left, evaluate(project, node.right, flow)
        )
    if isinstance(node.op, ast.Mult) and containers.is_sequence(left):
        return Instance(left.cls, containers.held(project, left))
    return UNKNOWN


def _walrus(project: Project, node: ast.NamedExpr, flow: Flow) -> Type:
    return evaluate(project, node.value, flow)


def _await(project: Project, node: ast.Await, flow: Flow) -> Type:
    return evaluate(project, node.value, flow)


def _lambda(project: Project, node: ast.Lambda, flow: Flow) -> Type:
    return LambdaFunction(node, flow)


def _sequence(project: Project, node: Any, flow: Flow) -> Type:
    parts: list[Type] = []
    starred = False
    for item in node.elts:
        if isinstance(item, ast.Starred):
            starred = True
            parts.append(
                containers.iterated(project, evaluate(project, item.value, flow))
            )
        else:
            parts.append(evaluate(project, item, flow))
    cls = classes.builtin_class(type(node).__name__.lower())
    if starred:
        return Instance(cls, either(parts))
    return Instance(cls, parts=tuple(parts))


def _dict(project: Project, node: ast.Dict, flow: Flow) -> Type:
    values = [
        containers.iterated_values(project, evaluate(project, value, flow))
        if key is None
        else evaluate(project, value, flow)
        for key, value in zip(node.keys, node.values, strict=True)
    ]
    return Instance(classes.builtin_class("dict"), either(values))


def comprehension_flow(flow: Flow, generators: list[ast.comprehension]) -> Flow:
    """Return the state inside a comprehension: its targets bound, its tests true."""
    for generator in generators:
        origin = Origin("element", generator.iter, flow)
        flow = bind_target(flow, generator.target, origin, flow.scope.walk.locals)
        for test in generator.ifs:
            flow = narrowed(flow, test, True)
    return flow


def _comprehension(project: Project, node: Any, flow: Flow) -> Type:
    inner = comprehension_flow(flow, node.generators)
    is_dict = isinstance(node, ast.DictComp)
    element = evaluate(project, node.value if is_dict else node.elt, inner)
    return Instance(classes.builtin_class("dict" if is_dict else "list"), element)


_HANDLERS: dict[type[ast.expr], Callable[[Project, Any, Flow], Type]] = {
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Call: _call,
    ast.Constant: _constant,
    ast.Subscript: _subscript,
    ast.IfExp: _either_branch,
    ast.BoolOp: _boolean,
    ast.BinOp: _binary,
    ast.NamedExpr: _walrus,
    ast.Await: _await,
    ast.Lambda: _lambda,
    ast.List: _sequence,
    ast.Tuple: _sequence,
    ast.Set: _sequence,
    ast.Dict: _dict,
    ast.ListComp: _comprehension,
    ast.SetComp: _comprehension,
    ast.GeneratorExp: _comprehension,
    ast.DictComp: _comprehension,
}
