"""What a call gives: a new object, a function's result, what a library returns."""

from __future__ import annotations

import ast
from collections.abc import Callable

from flake8_forward.modules import (
    annotated,
    classes,
    containers,
    expressions,
    functions,
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
    Super,
    Type,
    Wrapped,
    either,
    options,
    without_none,
)

WRAPPERS = frozenset({"DataParallel", "DistributedDataParallel"})
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
        builtin = BUILTIN_CALLS.get(cls.dotted)
        if builtin is not None:
            return builtin(project, node, flow)
        if cls.name.rpartition(".")[2] in WRAPPERS and node.args:
            return Wrapped(cls, expressions.evaluate(project, node.args[0], flow))
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
    known = [value for value in values if UNKNOWN not in options(value)]
    return either(known) if known and len(known) == len(values) else Instance(MODULE)


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


def _argument(project: Project, node: ast.Call, index: int, flow: Flow) -> Type:
    if index < len(node.args) and not isinstance(node.args[index], ast.Starred):
        return expressions.evaluate(project, node.args[index], flow)
    return UNKNOWN


def _library(project: Project, dotted: str, node: ast.Call, flow: Flow) -> Type:
    handler = LIBRARY_CALLS.get(dotted)
    if handler is not None:
        return handler(project, node, flow)
    if dotted in torch_api.RETURNING_MODULES:
        return Instance(MODULE)
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


def _same(project: Project, node: ast.Call, flow: Flow) -> Type:
    return _argument(project, node, 0, flow)


def _partial(project: Project, node: ast.Call, flow: Flow) -> Type:
    return Partial(_argument(project, node, 0, flow))


def _super(project: Project, node: ast.Call, flow: Flow) -> Type:
    scope = flow.scope
    while scope.parent is not None and scope.enclosing_class is None:
        scope = scope.parent
    owner = scope.enclosing_class
    if owner is None or owner.defined is None:
        return UNKNOWN
    assert isinstance(owner.node, ast.ClassDef)
    return Super(classes.class_at(owner.node, owner.defined))


def _getattr(project: Project, node: ast.Call, flow: Flow) -> Type:
    if len(node.args) > 1 and isinstance(node.args[1], ast.Constant):
        owner = _argument(project, node, 0, flow)
        found = members.of(project, owner, str(node.args[1].value))
        return (
            either([found, _argument(project, node, 2, flow)])
            if len(node.args) > 2
            else found
        )
    return UNKNOWN


def _type(project: Project, node: ast.Call, flow: Flow) -> Type:
    found = options(_argument(project, node, 0, flow))
    if len(node.args) == 1:
        return either(
            [ClassObject(o.cls) if isinstance(o, Instance) else UNKNOWN for o in found]
        )
    bases = _argument(project, node, 1, flow)
    if isinstance(bases, Instance) and bases.parts:
        for base in bases.parts:
            if isinstance(base, ClassObject) and classes.is_module(project, base.cls):
                return base
    return UNKNOWN


def _zip(project: Project, node: ast.Call, flow: Flow) -> Type:
    values = [_argument(project, node, index, flow) for index in range(len(node.args))]
    return containers.zipped(project, values)


def _enumerate(project: Project, node: ast.Call, flow: Flow) -> Type:
    element = containers.iterated(project, _argument(project, node, 0, flow))
    return containers.list_of(
        containers.tuple_of(Instance(classes.builtin_class("int")), element)
    )


def _iterable(project: Project, node: ast.Call, flow: Flow) -> Type:
    return containers.list_of(
        containers.iterated(project, _argument(project, node, 0, flow))
    )


def _next(project: Project, node: ast.Call, flow: Flow) -> Type:
    return containers.iterated(project, _argument(project, node, 0, flow))


def _dict_call(project: Project, node: ast.Call, flow: Flow) -> Type:
    values = [expressions.evaluate(project, item.value, flow) for item in node.keywords]
    return Instance(classes.builtin_class("dict"), either(values) if values else None)


def _cast(project: Project, node: ast.Call, flow: Flow) -> Type:
    if len(node.args) != 2:
        return UNKNOWN
    return annotated.declared(project, node.args[0], node.args[1], flow)


Handler = Callable[[Project, ast.Call, Flow], Type]

BUILTIN_CALLS: dict[str, Handler] = {
    "builtins.super": _super,
    "builtins.type": _type,
    "builtins.zip": _zip,
    "builtins.enumerate": _enumerate,
    "builtins.reversed": _iterable,
    "builtins.list": _iterable,
    "builtins.tuple": _iterable,
    "builtins.set": _iterable,
    "builtins.dict": _dict_call,
}

LIBRARY_CALLS: dict[str, Handler] = {
    "builtins.getattr": _getattr,
    "builtins.iter": _iterable,
    "builtins.next": _next,
    "builtins.sorted": _iterable,
    "copy.copy": _same,
    "copy.deepcopy": _same,
    "functools.partial": _partial,
    "torch.compile": _same,
    "typing.cast": _cast,
}
