"""What a call gives: a new object, a function's result, what a library returns."""

from __future__ import annotations

import ast

from flake8_forward.modules import (
    classes,
    containers,
    expressions,
    functions,
    library,
    members,
    torch_api,
)
from flake8_forward.modules.files import Project
from flake8_forward.modules.flow import Flow
from flake8_forward.modules.knowledge_base import MODULE
from flake8_forward.modules.types import (
    UNKNOWN,
    ClassObject,
    External,
    Function,
    Instance,
    KnownClass,
    LambdaFunction,
    Method,
    Partial,
    SourceClass,
    Type,
    Wrapped,
    either,
    options,
    without_none,
)

AUTO_CONSTRUCTORS = frozenset({"from_pretrained", "from_config"})


def called(project: Project, node: ast.Call, flow: Flow) -> Type:
    """Return what the call ``node`` gives."""
    callee = expressions.evaluate(project, node.func, flow)
    found = [
        _result(project, option, node, flow) for option in options(without_none(callee))
    ]
    return either(found)


def _result(project: Project, callee: Type, node: ast.Call, flow: Flow) -> Type:
    if isinstance(callee, ClassObject):
        return _constructed(project, callee.cls, node, flow)
    if isinstance(callee, Function):
        name = f"{callee.scope.file.name}.{callee.node.name}"
        handler = library.LIBRARY_CALLS.get(name)  # its source is installed
        if handler is not None:
            return handler(project, node, flow)
        return functions.returned(project, callee)
    if isinstance(callee, LambdaFunction):
        return expressions.evaluate(project, callee.node.body, callee.flow)
    if isinstance(callee, Partial):
        return _result(project, callee.target, node, flow)
    if isinstance(callee, Method):
        return _method(project, callee)
    if isinstance(callee, External):
        return _library(project, callee.dotted, node, flow)
    if isinstance(callee, Instance) and not isinstance(callee.cls, KnownClass):
        return _called_instance(project, callee)
    return UNKNOWN


def _called_instance(project: Project, callee: Instance) -> Type:
    name = "forward" if classes.is_module(project, callee.cls) else "__call__"
    method = members.of(project, callee, name)
    return (
        functions.returned(project, method) if isinstance(method, Function) else UNKNOWN
    )


def _constructed(
    project: Project, cls: SourceClass | KnownClass, node: ast.Call, flow: Flow
) -> Type:
    if isinstance(cls, KnownClass):
        builtin = library.BUILTIN_CALLS.get(cls.dotted)
        if builtin is not None:
            return builtin(project, node, flow)
        if cls.name.rpartition(".")[2] in torch_api.WRAPPERS:
            return Wrapped(cls, library.argument(project, node, 0, flow, "module"))
        if cls.kind == "auto":
            return UNKNOWN
    if classes.inherits(project, cls, "builtins.type"):
        return UNKNOWN  # a metaclass: its instances are classes
    kind = classes.container_kind(project, cls)
    if kind is not None:
        return Instance(cls, _held_by(project, kind, node, flow))
    return Instance(cls)


def _held_by(project: Project, kind: str, node: ast.Call, flow: Flow) -> Type:
    """Return what a new ModuleList, ModuleDict or Sequential holds."""
    values: list[Type] = []
    for arg in node.args:
        value = expressions.evaluate(
            project, arg.value if isinstance(arg, ast.Starred) else arg, flow
        )
        if kind == "dict" or _is_mapping(value):
            values.append(containers.iterated_values(project, value))
        elif kind == "list" or isinstance(arg, ast.Starred):
            values.append(containers.iterated(project, value))
        else:
            values.append(value)
    held = either(values)
    plain = all(
        isinstance(option, Wrapped)
        or (isinstance(option, Instance) and classes.is_module(project, option.cls))
        for option in options(held)
    )
    return held if plain else Instance(MODULE)


def _is_mapping(value: Type) -> bool:
    return isinstance(value, Instance) and value.cls.name in (
        "dict",
        "collections.OrderedDict",
    )


def _method(project: Project, method: Method) -> Type:
    anything: Type = Instance(MODULE)
    receiver, name = method.receiver, method.name
    if name in torch_api.CONTAINER_METHODS:
        return _container_method(project, receiver, name)
    if name in torch_api.RETURN_SELF:
        return receiver
    if name in torch_api.RETURN_MODULE:
        return anything
    if name in torch_api.RETURN_MODULES:
        return containers.list_of(anything)
    if name in torch_api.RETURN_NAMED_MODULES:
        text = Instance(classes.builtin_class("str"))
        return containers.list_of(containers.tuple_of(text, anything))
    return UNKNOWN


def _container_method(project: Project, receiver: Type, name: str) -> Type:
    if name == "copy":
        return receiver
    value = containers.iterated_values(project, receiver)
    if name in torch_api.RETURN_VALUE:
        return value
    if name == "values":
        return containers.list_of(value)
    text = Instance(classes.builtin_class("str"))
    return containers.list_of(containers.tuple_of(text, value))


def _library(project: Project, dotted: str, node: ast.Call, flow: Flow) -> Type:
    handler = library.LIBRARY_CALLS.get(dotted)
    if handler is not None:
        return handler(project, node, flow)
    if dotted in torch_api.RETURNING_MODULES:
        return Instance(MODULE)
    if dotted.startswith(torch_api.RETURN_ARGUMENT):
        return library.argument(project, node, 0, flow, "module")
    if project.knowledge.kind(dotted) == "factory":
        return Instance(MODULE)
    owner, _, name = dotted.rpartition(".")
    if name in AUTO_CONSTRUCTORS:
        kind = project.knowledge.kind(owner)
        if kind == "auto":
            return Instance(MODULE)
        if kind in ("module", "custom_call", "list", "dict", "sequential"):
            return Instance(KnownClass(owner, kind))
    return UNKNOWN
