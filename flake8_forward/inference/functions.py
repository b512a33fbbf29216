"""Results of functions: from the annotation, else from the return statements."""

from __future__ import annotations

import ast

from flake8_forward.flow.states import Scope
from flake8_forward.inference import classes
from flake8_forward.inference.annotations import annotated, overridden
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import (
    alternatives,
    either,
    is_unknown,
    list_of,
    settled,
)
from flake8_forward.inference.values import (
    NONE,
    UNKNOWN,
    ClassObject,
    Function,
    Instance,
    SourceClass,
    Type,
)
from flake8_forward.syntax.shapes import first_parameter, is_name
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode, walk
from flake8_forward.syntax.unparsing import unparse


def returned(resolver: Resolver, function: Function) -> Type:
    """Return the result of calling ``function``."""
    known = _known(function)
    key = function.node, function.receiver, resolver.asks_project
    if key in known:
        return known[key]
    value, is_complete = resolver.guarded(
        id(function.node),
        lambda: _declared(resolver, function) or _overriding(resolver, function),
        depth=2,
    )
    if is_complete:
        known[key] = value
    return value


def given(resolver: Resolver, function: Function) -> Type:
    """Return what a fixture or context manager made from ``function`` provides."""
    value = returned(resolver, function)
    scope = function.scope.child(function.node, function.flow)
    if scope.is_generator and isinstance(value, Instance):
        return value.element or UNKNOWN
    return value


def _known(
    function: Function,
) -> dict[tuple[FunctionNode, Type | None, bool], Type]:
    """Return the memo for results of functions: that of the class they depend on.

    The file of a base class stays longer in memory than most that inherit from it.
    """
    cls = getattr(function.receiver, "cls", None)
    file = cls.file if isinstance(cls, SourceClass) else function.scope.file
    return file.memo.answers(returned)


def _declared(resolver: Resolver, function: Function) -> Type | None:
    """Return the annotated result; None if inference is more precise."""
    node = function.node.returns
    if node is None:
        return None
    receiver = _instance(function)
    if receiver is not None and _is_own_kind(function.node, node):
        return receiver
    scope = function.scope.child(function.node, function.flow)
    value = annotated(resolver, node, scope.defined or function.flow, receiver)
    return None if UNKNOWN in alternatives(value) else value


def _instance(function: Function) -> Type | None:
    """Return an instance of a method's class: the meaning of Self."""
    receiver = function.receiver
    return Instance(receiver.cls) if isinstance(receiver, ClassObject) else receiver


def _is_own_kind(node: FunctionNode, returns: ast.expr) -> bool:
    """Tell whether the result has the type variable of ``self`` or ``cls``."""
    first = next(iter([*node.args.posonlyargs, *node.args.args]), None)
    if first is None or first.annotation is None:
        return False
    declared = unparse(first.annotation).strip("'\"").rpartition("ype[")[2]
    return declared.rstrip("]") == unparse(returns).strip("'\"")


def _overriding(resolver: Resolver, function: Function) -> Type:
    """Return the inferred result; what is unknown of it, an overridden method tells."""
    value = _inferred(resolver, function)
    if function.node.returns is None and is_unknown(value):
        scope = function.scope.child(function.node, function.flow)
        for method in overridden(resolver, scope):
            told = _declared(resolver, _of_scope(method, function.receiver))
            if told is not None:
                return settled(value, told)
    return value


def _of_scope(scope: Scope, receiver: Type | None) -> Function:
    assert isinstance(scope.node, FUNCTIONS)
    assert scope.parent is not None and scope.defined is not None
    return Function(scope.node, scope.parent, scope.defined, receiver)


def _inferred(resolver: Resolver, function: Function) -> Type:
    scope = function.scope.child(function.node, function.flow)
    if scope.is_generator:
        return _yielded(resolver, scope)
    values = [
        NONE if node is None else resolver.evaluate(node, flow)
        for node, flow in scope.graph.returns
    ]
    made = _instance(function)
    if made is not None and _makes_own_kind(function):
        owner = _owner(function)
        values = [made if value == owner else value for value in values]
    if scope.graph.falls_through:
        values.append(NONE)
    return either(values)


def _owner(function: Function) -> Type | None:
    """Return an instance of the class whose body defines a method."""
    scope = function.scope
    is_class = scope.kind == "class" and scope.defined is not None
    return Instance(classes.class_of(scope)) if is_class else None


def _makes_own_kind(function: Function) -> bool:
    """Tell whether a method returns ``self``, or makes an object of ``cls``."""
    first = first_parameter(function.node)
    if isinstance(function.receiver, ClassObject):
        found = (n.func for n in walk(function.node) if isinstance(n, ast.Call))
    else:
        scope = function.scope.child(function.node, function.flow)
        found = (node for node, _ in scope.graph.returns if node is not None)
    return any(is_name(node, first) for node in found)


def _yielded(resolver: Resolver, scope: Scope) -> Type:
    """Return the iterable that a generator is, by its statements that yield."""
    values: list[Type] = []
    for node, flow in scope.graph.yields:
        value: Type = NONE
        if node.value is not None:
            value = resolver.evaluate(node.value, flow)
        if isinstance(node, ast.YieldFrom):
            value = resolver.iterated(value)
        values.append(value)
    return list_of(either(values))
