"""The value of an expression, as far as the source code tells."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from flake8_forward.flow.bindings import reaching
from flake8_forward.flow.lookup import comprehension_flow
from flake8_forward.flow.narrowing import narrowed
from flake8_forward.flow.states import Flow, Scope
from flake8_forward.inference import attributes, calls, containers, members, names
from flake8_forward.inference.frameworks import picked, registries
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import (
    builtin_class,
    either,
    is_unknown,
    settled,
    without_none,
)
from flake8_forward.inference.values import (
    NEVER,
    NONE,
    UNKNOWN,
    Alias,
    ClassObject,
    External,
    Instance,
    LambdaFunction,
    Namespace,
    Registry,
    Type,
)
from flake8_forward.syntax.shapes import key_of
from flake8_forward.syntax.unparsing import string

TYPING = ("typing.", "typing_extensions.", "collections.abc.")


def _name(resolver: Resolver, node: ast.Name, flow: Flow) -> Type:
    return names.lookup(resolver, node.id, flow)


def _attribute(resolver: Resolver, node: ast.Attribute, flow: Flow) -> Type:
    key = key_of(node)
    value: Type = NEVER
    unbound = True
    if key is not None and flow.scope.binds(key):
        origins, unbound = reaching(flow, key)
        if origins:
            value = names.held(resolver, flow.scope, key, origins)
    if not unbound and not is_unknown(value):
        return value
    owner = resolver.evaluate(node.value, flow)
    if is_unknown(value):
        value = settled(value, attributes.declared(resolver, owner, node.attr))
    return either([value, resolver.member(owner, node.attr)]) if unbound else value


def _call(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    return calls.called(resolver, node, flow)


def _constant(resolver: Resolver, node: ast.Constant, flow: Flow) -> Type:
    if node.value is None:
        return NONE
    return Instance(builtin_class(type(node.value).__name__))


def _subscript(resolver: Resolver, node: ast.Subscript, flow: Flow) -> Type:
    table = node.value
    if isinstance(table, ast.Attribute) and table.attr == "__dict__":
        table = table.value
    owner = resolver.evaluate(table, flow)
    if table is not node.value or isinstance(owner, Namespace):  # globals(), too
        name = string(node.slice)
        if name is None:
            return picked.picked(resolver, owner)
        return resolver.member(owner, name)
    if isinstance(owner, Registry):
        return registries.classes_of(resolver, owner)
    if isinstance(owner, External) and owner.dotted.startswith(TYPING):
        return Alias(node, flow)
    if isinstance(owner, ClassObject):
        if owner.cls.name in ("type", "list", "dict", "tuple", "set"):
            return Alias(node, flow)
        return owner  # a generic class with its arguments
    return containers.subscripted(resolver, owner, node.slice, flow)


def _either_branch(resolver: Resolver, node: ast.IfExp, flow: Flow) -> Type:
    body = resolver.evaluate(node.body, narrowed(flow, node.test, True))
    other = resolver.evaluate(node.orelse, narrowed(flow, node.test, False))
    return either([body, other])


def _boolean(resolver: Resolver, node: ast.BoolOp, flow: Flow) -> Type:
    values = [resolver.evaluate(value, flow) for value in node.values]
    if isinstance(node.op, ast.And):
        return values[-1]
    return either([*(without_none(value) for value in values[:-1]), values[-1]])


def _binary(resolver: Resolver, node: ast.BinOp, flow: Flow) -> Type:
    left = resolver.evaluate(node.left, flow)
    if isinstance(node.op, ast.BitOr) and isinstance(left, (ClassObject, Alias)):
        return Alias(node, flow)
    if isinstance(node.op, ast.Add):
        return containers.concatenated(
            resolver, left, resolver.evaluate(node.right, flow)
        )
    if isinstance(node.op, ast.Mult) and containers.is_sequence(left):
        return Instance(left.cls, containers.held(resolver, left))
    return UNKNOWN


def _walrus(resolver: Resolver, node: ast.NamedExpr, flow: Flow) -> Type:
    return resolver.evaluate(node.value, flow)


def _await(resolver: Resolver, node: ast.Await, flow: Flow) -> Type:
    return resolver.evaluate(node.value, flow)


def _lambda(resolver: Resolver, node: ast.Lambda, flow: Flow) -> Type:
    return LambdaFunction(node, flow)


def _sequence(resolver: Resolver, node: Any, flow: Flow) -> Type:
    parts: list[Type] = []
    starred = False
    for item in node.elts:
        if isinstance(item, ast.Starred):
            starred = True
            parts.append(resolver.iterated(resolver.evaluate(item.value, flow)))
        else:
            parts.append(resolver.evaluate(item, flow))
    cls = builtin_class(type(node).__name__.lower())
    if starred:
        return Instance(cls, either(parts))
    return Instance(cls, parts=tuple(parts))


def _dict(resolver: Resolver, node: ast.Dict, flow: Flow) -> Type:
    values = [
        containers.iterated_values(resolver, resolver.evaluate(value, flow))
        if key is None
        else resolver.evaluate(value, flow)
        for key, value in zip(node.keys, node.values, strict=True)
    ]
    return Instance(builtin_class("dict"), either(values))


def _comprehension(resolver: Resolver, node: Any, flow: Flow) -> Type:
    inner = comprehension_flow(flow, node.generators)
    is_dict = isinstance(node, ast.DictComp)
    element = resolver.evaluate(node.value if is_dict else node.elt, inner)
    return Instance(builtin_class("dict" if is_dict else "list"), element)


_HANDLERS: dict[type[ast.expr], Callable[[Resolver, Any, Flow], Type]] = {
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


class SourceResolver(Resolver):
    """The complete resolver, through which its parts call each other."""

    def evaluate(self, node: ast.expr, flow: Flow) -> Type:
        """Return the value of ``node`` at ``flow``; UNKNOWN if nothing is known."""
        handler = _HANDLERS.get(type(node))
        if handler is None or self.budget.is_exhausted():
            return UNKNOWN
        return handler(self, node, flow)

    def member(self, owner: Type, name: str) -> Type:
        """Return ``owner.name``."""
        return members.member(self, owner, name)

    def module_member(self, module: Namespace | External, name: str) -> Type:
        """Return ``name`` of an imported module."""
        return members.module_member(self, module, name)

    def final_binding(self, scope: Scope, name: str) -> Type | None:
        """Return what ``name`` is bound to at the end of ``scope``, if anything."""
        return names.final_binding(self, scope, name)

    def iterated(self, value: Type) -> Type:
        """Return what a loop over ``value`` binds its target to."""
        return containers.iterated(self, value)
