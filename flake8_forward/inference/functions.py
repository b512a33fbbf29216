"""What calling a function returns: as annotated, else as its return statements say."""

from __future__ import annotations

import ast

from flake8_forward.flow.scopes import Scope
from flake8_forward.inference import annotations, classes, containers, expressions
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import (
    NEVER,
    NONE,
    UNKNOWN,
    ClassObject,
    Function,
    Instance,
    SourceClass,
    Type,
    alternatives,
    either,
    list_of,
)
from flake8_forward.knowledge.vocabulary import TRANSPARENT
from flake8_forward.syntax.shapes import key_of
from flake8_forward.syntax.tree import FunctionNode, walk
from flake8_forward.syntax.unparsing import unparse

_TRANSPARENT = TRANSPARENT | {"final", "override", "overrides"}
"""Decorators, by their last name, that leave a function's signature and result alone."""


def is_transparent(node: FunctionNode) -> bool:
    """Tell whether no decorator may make something else of the function ``node``."""
    return all(name.rpartition(".")[2] in _TRANSPARENT for name in decorators(node))


def decorators(node: FunctionNode | ast.ClassDef) -> list[str]:
    """Return the dotted names of the decorators of ``node``, calls included."""
    found = []
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        found.append(key_of(target) or "")
    return found


def returned(resolver: Resolver, function: Function) -> Type:
    """Return what a call of ``function`` gives."""
    known = _known(function)
    if function.node in known:
        return known[function.node]
    key = id(function.node)
    if key in resolver.active:
        resolver.cuts += 1
        return NEVER
    if resolver.is_spent():
        return UNKNOWN
    cuts = resolver.cuts
    resolver.active.add(key)
    try:
        value = _declared(resolver, function) or _inferred(resolver, function)
    finally:
        resolver.active.discard(key)
    if cuts == resolver.cuts:  # an answer that a cycle cut short is not kept
        known[function.node] = value
    return value


def given(resolver: Resolver, function: Function) -> Type:
    """Return what a fixture, or a context manager, made by ``function`` hands out."""
    value = returned(resolver, function)
    scope = function.scope.child(function.node, function.flow)
    if scope.is_generator and isinstance(value, Instance):
        return value.element or UNKNOWN
    return value


def _known(function: Function) -> dict[FunctionNode, Type]:
    """Return where what functions return is kept: with the class that it depends on.

    The file of a base class stays longer in memory than most that inherit from it.
    """
    receiver = function.receiver
    cls = getattr(receiver, "cls", None)
    if isinstance(cls, SourceClass):
        return cls.returned.setdefault(receiver, {})
    scope = function.scope.child(function.node, function.flow)
    return scope.returned.setdefault(receiver, {})


def _declared(resolver: Resolver, function: Function) -> Type | None:
    """Return the annotated result; None where inference can say more."""
    node = function.node.returns
    if node is None:
        return None
    receiver = _instance(function)
    if receiver is not None and _is_own_kind(function.node, node):
        return receiver
    value = annotations.instance(resolver, node, function.flow, receiver)
    return None if UNKNOWN in alternatives(value) else value


def _instance(function: Function) -> Type | None:
    """Return what a method's class makes: what Self stands for."""
    receiver = function.receiver
    return Instance(receiver.cls) if isinstance(receiver, ClassObject) else receiver


def _is_own_kind(node: FunctionNode, returns: ast.expr) -> bool:
    """Tell whether the type variable of ``self`` or ``cls`` is what comes back."""
    first = next(iter([*node.args.posonlyargs, *node.args.args]), None)
    if first is None or first.annotation is None:
        return False
    declared = unparse(first.annotation).strip("'\"").rpartition("ype[")[2]
    return declared.rstrip("]") == unparse(returns).strip("'\"")


def _inferred(resolver: Resolver, function: Function) -> Type:
    scope = function.scope.child(function.node, function.flow)
    if scope.is_generator:
        return _yielded(resolver, scope)
    values = [
        NONE if node is None else expressions.evaluate(resolver, node, flow)
        for node, flow in scope.walk.returns
    ]
    made = _instance(function)
    if made is not None and _makes_own_kind(function):
        owner = _owner(function)
        values = [made if value == owner else value for value in values]
    if scope.walk.falls_through:
        values.append(NONE)
    return either(values)


def _owner(function: Function) -> Type | None:
    """Return an instance of the class whose body defines a method."""
    scope = function.scope
    if not isinstance(scope.node, ast.ClassDef) or scope.defined is None:
        return None
    return Instance(classes.class_at(scope.node, scope.defined))


def _makes_own_kind(function: Function) -> bool:
    """Tell whether a method returns ``self``, or makes an object of ``cls``."""
    arguments = [*function.node.args.posonlyargs, *function.node.args.args]
    first = arguments[0].arg if arguments else ""
    if isinstance(function.receiver, ClassObject):
        found = (n.func for n in walk(function.node) if isinstance(n, ast.Call))
    else:
        scope = function.scope.child(function.node, function.flow)
        found = (node for node, _ in scope.walk.returns if node is not None)
    return any(isinstance(node, ast.Name) and node.id == first for node in found)


def _yielded(resolver: Resolver, scope: Scope) -> Type:
    """Return the iterable that a generator is, by its statements that yield."""
    values: list[Type] = []
    for node, flow in scope.walk.yields:
        value: Type = NONE
        if node.value is not None:
            value = expressions.evaluate(resolver, node.value, flow)
        if isinstance(node, ast.YieldFrom):
            value = containers.iterated(resolver, value)
        values.append(value)
    return list_of(either(values))
