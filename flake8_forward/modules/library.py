"""What functions of the standard library and of torch return, in terms of arguments."""

from __future__ import annotations

import ast
from collections.abc import Callable

from flake8_forward.modules import (
    annotated,
    classes,
    containers,
    expressions,
    imports,
    members,
)
from flake8_forward.modules.files import Project
from flake8_forward.modules.flow import Flow
from flake8_forward.modules.types import (
    UNKNOWN,
    ClassObject,
    Instance,
    Partial,
    Super,
    Type,
    TypeVariable,
    either,
    options,
)
from flake8_forward.unparsing import string


def argument(
    project: Project, node: ast.Call, index: int, flow: Flow, name: str = ""
) -> Type:
    """Return what the call ``node`` gets at position ``index`` or as ``name``."""
    if index < len(node.args) and not isinstance(node.args[index], ast.Starred):
        return expressions.evaluate(project, node.args[index], flow)
    for keyword in node.keywords:
        if keyword.arg == name:
            return expressions.evaluate(project, keyword.value, flow)
    return UNKNOWN


def _same(project: Project, node: ast.Call, flow: Flow) -> Type:
    return argument(project, node, 0, flow)


def _partial(project: Project, node: ast.Call, flow: Flow) -> Type:
    return Partial(argument(project, node, 0, flow))


def _super(project: Project, node: ast.Call, flow: Flow) -> Type:
    scope = flow.scope
    while scope.parent is not None and scope.enclosing_class is None:
        scope = scope.parent
    owner = scope.enclosing_class
    if owner is None or owner.defined is None:
        return UNKNOWN
    assert isinstance(owner.node, ast.ClassDef)
    return Super(classes.class_at(owner.node, owner.defined))


def _type_variable(project: Project, node: ast.Call, flow: Flow) -> Type:
    return TypeVariable(node, flow)


def _getattr(project: Project, node: ast.Call, flow: Flow) -> Type:
    name = string(node.args[1]) if len(node.args) > 1 else None
    if name is not None:
        owner = argument(project, node, 0, flow)
        found = members.of(project, owner, name)
        return (
            either([found, argument(project, node, 2, flow)])
            if len(node.args) > 2
            else found
        )
    return UNKNOWN


def _type(project: Project, node: ast.Call, flow: Flow) -> Type:
    found = options(argument(project, node, 0, flow))
    if len(node.args) == 1:
        return either(
            [ClassObject(o.cls) if isinstance(o, Instance) else UNKNOWN for o in found]
        )
    bases = argument(project, node, 1, flow)
    if isinstance(bases, Instance) and bases.parts:
        for base in bases.parts:
            if isinstance(base, ClassObject) and classes.is_module(project, base.cls):
                return base
    return UNKNOWN


def _zip(project: Project, node: ast.Call, flow: Flow) -> Type:
    values = [argument(project, node, index, flow) for index in range(len(node.args))]
    return containers.zipped(project, values)


def _enumerate(project: Project, node: ast.Call, flow: Flow) -> Type:
    element = containers.iterated(project, argument(project, node, 0, flow))
    return containers.list_of(
        containers.tuple_of(Instance(classes.builtin_class("int")), element)
    )


def _iterable(project: Project, node: ast.Call, flow: Flow) -> Type:
    return containers.list_of(
        containers.iterated(project, argument(project, node, 0, flow))
    )


def _next(project: Project, node: ast.Call, flow: Flow) -> Type:
    return containers.iterated(project, argument(project, node, 0, flow))


def _filter(project: Project, node: ast.Call, flow: Flow) -> Type:
    return containers.list_of(
        containers.iterated(project, argument(project, node, 1, flow))
    )


def _chain(project: Project, node: ast.Call, flow: Flow) -> Type:
    values = [argument(project, node, index, flow) for index in range(len(node.args))]
    return containers.merged([containers.iterated(project, v) for v in values])


def _dict_call(project: Project, node: ast.Call, flow: Flow) -> Type:
    values = [expressions.evaluate(project, item.value, flow) for item in node.keywords]
    if node.args:
        given = argument(project, node, 0, flow)
        if isinstance(given, Instance) and given.cls.name == "dict":
            values.append(containers.iterated_values(project, given))
        else:  # pairs
            pair = containers.iterated(project, given)
            values.append(containers.part(project, pair, 1))
    return Instance(classes.builtin_class("dict"), either(values) if values else None)


def _import(project: Project, node: ast.Call, flow: Flow) -> Type:
    name = node.args[0] if node.args else None
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        return imports.module_value(project, name.value, flow.scope.file)
    return UNKNOWN


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
    "builtins.filter": _filter,
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
    "importlib.import_module": _import,
    "pytest.importorskip": _import,
    "_pytest.outcomes.importorskip": _import,
    "itertools.chain": _chain,
    "torch.compile": _same,
    "torch.jit.freeze": _same,
    "torch.jit.script": _same,
    "typing.TypeVar": _type_variable,
    "typing.cast": _cast,
    "typing_extensions.TypeVar": _type_variable,
}
