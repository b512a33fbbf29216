"""The result of a call: a new object, or what a function or a library returns."""

from __future__ import annotations

import ast

from flake8_forward.flow.lookup import lambda_flow
from flake8_forward.flow.states import Flow
from flake8_forward.inference import (
    classes,
    containers,
    functions,
    library,
)
from flake8_forward.inference.frameworks import registries, results
from flake8_forward.inference.refining.wrapped import is_wrapper
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import (
    alternatives,
    builtin_class,
    either,
    list_of,
    tuple_of,
    without_none,
)
from flake8_forward.inference.values import (
    MODULE,
    NEVER,
    UNKNOWN,
    ClassObject,
    External,
    Function,
    Instance,
    KnownClass,
    LambdaFunction,
    Method,
    Partial,
    Registry,
    SourceClass,
    Type,
    Wrapped,
)
from flake8_forward.knowledge import frameworks, vocabulary
from flake8_forward.knowledge.packages import MODULE_KINDS
from flake8_forward.syntax.shapes import named


def called(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    """Return the result of the call ``node``."""
    callee = resolver.evaluate(node.func, flow)
    registry = registries.made(callee, node, flow)
    if registry is not None:
        return registry
    if named(node.func) == "build_from_cfg":  # whose function it is, is one to mm's
        given = library.argument(resolver, node, 1, flow, "registry")
        return (
            registries.built(resolver, given)
            if isinstance(given, Registry)
            else UNKNOWN
        )
    found = [
        _result(resolver, alternative, node, flow)
        for alternative in alternatives(without_none(callee))
    ]
    return either(found)


def _result(resolver: Resolver, callee: Type, node: ast.Call, flow: Flow) -> Type:
    if isinstance(callee, ClassObject):
        return _constructed(resolver, callee.cls, node, flow)
    if isinstance(callee, Function):
        return _of_function(resolver, callee, node, flow)
    if isinstance(callee, LambdaFunction):
        inside = lambda_flow(callee.node, callee.flow)
        return resolver.evaluate(callee.node.body, inside)
    if isinstance(callee, Partial):
        return _result(resolver, callee.target, node, flow)
    if isinstance(callee, Method):
        return _method(resolver, callee, node)
    if isinstance(callee, External):
        return _library(resolver, callee.dotted, node, flow)
    if isinstance(callee, Instance) and not isinstance(callee.cls, KnownClass):
        return _called_instance(resolver, callee)
    return UNKNOWN


def _of_function(
    resolver: Resolver, callee: Function, node: ast.Call, flow: Flow
) -> Type:
    owner = f"{callee.scope.file.name}.{callee.scope.qualname}".rstrip(".")
    found = _known(resolver, f"{owner}.{callee.node.name}", node, flow)
    if found is not None:  # its source is installed
        return found
    found = functions.returned(resolver, callee)
    if callee.node.name in frameworks.CONSTRUCTORS and isinstance(found, Instance):
        return results.constructed(found.cls, node)
    return found


def _known(resolver: Resolver, dotted: str, node: ast.Call, flow: Flow) -> Type | None:
    """Return what the library's function ``dotted`` returns, if that is known."""
    handler = library.LIBRARY_CALLS.get(dotted)
    if handler is not None:
        return handler(resolver, node, flow)
    return results.result(resolver, dotted, node, flow)


def _called_instance(resolver: Resolver, callee: Instance) -> Type:
    name = "forward" if classes.is_module(resolver, callee.cls) else "__call__"
    method = resolver.member(callee, name)
    return (
        functions.returned(resolver, method)
        if isinstance(method, Function)
        else UNKNOWN
    )


def _constructed(
    resolver: Resolver, cls: SourceClass | KnownClass, node: ast.Call, flow: Flow
) -> Type:
    if isinstance(cls, KnownClass):
        builtin = library.BUILTIN_CALLS.get(cls.dotted)
        if builtin is not None:
            return builtin(resolver, node, flow)
        if is_wrapper(cls):
            return Wrapped(cls, library.argument(resolver, node, 0, flow, "module"))
        if cls.kind == "auto":
            return UNKNOWN
    if classes.inherits(resolver, cls, "builtins.type"):
        return UNKNOWN  # a metaclass: its instances are classes
    kind = classes.container_kind(resolver, cls)
    if kind is not None:
        return Instance(cls, _held_by(resolver, kind, node, flow))
    return Instance(cls)


def _held_by(resolver: Resolver, kind: str, node: ast.Call, flow: Flow) -> Type:
    """Return the contents of a new ModuleList, ModuleDict or Sequential."""
    if not node.args and not node.keywords:
        return NEVER
    values: list[Type] = []
    for arg in node.args:
        value = resolver.evaluate(
            arg.value if isinstance(arg, ast.Starred) else arg, flow
        )
        if kind == "dict" or _is_mapping(value):
            values.append(containers.iterated_values(resolver, value))
        elif kind == "list" or isinstance(arg, ast.Starred):
            values.append(resolver.iterated(value))
        else:
            values.append(value)
    held = either(values)
    plain = all(
        isinstance(alternative, Wrapped)
        or (
            isinstance(alternative, Instance)
            and classes.is_module(resolver, alternative.cls)
        )
        for alternative in alternatives(held)
    )
    return held if plain else Instance(MODULE)


def _is_mapping(value: Type) -> bool:
    return isinstance(value, Instance) and value.cls.name in (
        "dict",
        "collections.OrderedDict",
    )


def _method(resolver: Resolver, method: Method, node: ast.Call) -> Type:
    anything: Type = Instance(MODULE)
    receiver, name = method.receiver, method.name
    if isinstance(receiver, Registry):
        if name == "build":
            return registries.built(resolver, receiver)
        return registries.classes_of(resolver, receiver, name)
    if name in frameworks.CONSTRUCTORS and isinstance(receiver, ClassObject | Instance):
        return results.constructed(receiver.cls, node)
    if name in vocabulary.CONTAINER_METHODS:
        return _container_method(resolver, receiver, name)
    if name in vocabulary.RETURN_SELF:
        return receiver
    if name in vocabulary.RETURN_MODULE:
        return anything
    if name in vocabulary.RETURN_MODULES:
        return list_of(anything)
    if name in vocabulary.RETURN_NAMED_MODULES:
        text = Instance(builtin_class("str"))
        return list_of(tuple_of(text, anything))
    return UNKNOWN


def _container_method(resolver: Resolver, receiver: Type, name: str) -> Type:
    if name == "copy":
        return receiver
    value = containers.iterated_values(resolver, receiver)
    if name in vocabulary.RETURN_VALUE:
        return value
    if name == "values":
        return list_of(value)
    text = Instance(builtin_class("str"))
    return list_of(tuple_of(text, value))


def _library(resolver: Resolver, dotted: str, node: ast.Call, flow: Flow) -> Type:
    found = _known(resolver, dotted, node, flow)
    if found is not None:
        return found
    if dotted in vocabulary.RETURNING_MODULES:
        return Instance(MODULE)
    if dotted.startswith(vocabulary.RETURN_ARGUMENT):
        return results.given(resolver, node, flow)
    kind = resolver.knowledge.kind(dotted)
    if kind == "factory":
        return Instance(MODULE)
    owner, _, name = dotted.rpartition(".")
    if name in frameworks.CONSTRUCTORS:
        kind = resolver.knowledge.kind(owner)
        if kind == "auto":
            return results.constructed(MODULE, node)
        if kind in MODULE_KINDS:
            return results.constructed(KnownClass(owner, kind), node)
    return UNKNOWN
