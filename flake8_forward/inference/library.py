"""What functions of the standard library and of torch return, in terms of arguments."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from flake8_forward.flow.states import Flow
from flake8_forward.inference import (
    classes,
    containers,
    imports,
)
from flake8_forward.inference.annotations import declared
from flake8_forward.inference.frameworks import picked
from flake8_forward.inference.refining import wrapped
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import (
    alternatives,
    builtin_class,
    either,
    list_of,
    tuple_of,
)
from flake8_forward.inference.values import (
    COMPILED,
    UNKNOWN,
    ClassObject,
    External,
    Instance,
    Namespace,
    Partial,
    Special,
    Super,
    Type,
    TypeVariable,
    Wrapped,
)
from flake8_forward.syntax.unparsing import string


def argument(
    resolver: Resolver, node: ast.Call, index: int, flow: Flow, name: str = ""
) -> Type:
    """Return what the call ``node`` gets at position ``index`` or as ``name``."""
    if index < len(node.args) and not isinstance(node.args[index], ast.Starred):
        return resolver.evaluate(node.args[index], flow)
    for keyword in node.keywords:
        if keyword.arg == name:
            return resolver.evaluate(keyword.value, flow)
    return UNKNOWN


def _same(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    return argument(resolver, node, 0, flow)


def _compiled(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    """Return what ``torch.compile`` makes: of no model, what waits for one."""
    if not node.args and all(item.arg not in ("model", None) for item in node.keywords):
        return Partial(External("torch.compile"))
    model = argument(resolver, node, 0, flow, "model")
    return either([_as_compiled(one) for one in alternatives(model)])


def _as_compiled(model: Type) -> Type:
    if isinstance(model, Instance):
        return replace(model, is_compiled=True)
    return COMPILED if isinstance(model, (External, Wrapped, Special)) else model


def _extension(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    return External("extension")  # a module that is compiled while the program runs


def _entered(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    """Return a context manager that yields what it is given, as a generator would."""
    return list_of(_same(resolver, node, flow))


def _partial(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    return Partial(argument(resolver, node, 0, flow))


def _super(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    scope = flow.scope
    while scope.parent is not None and scope.enclosing_class is None:
        scope = scope.parent
    owner = scope.enclosing_class
    if owner is None or owner.defined is None:
        return UNKNOWN
    assert isinstance(owner.node, ast.ClassDef)
    return Super(classes.class_at(owner.node, owner.defined))


def _type_variable(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    return TypeVariable(node, flow)


def _getattr(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    name = string(node.args[1]) if len(node.args) > 1 else None
    if name is not None:
        owner = argument(resolver, node, 0, flow)
        if len(node.args) == 2:
            return resolver.member(owner, name)
        if name == "module":
            owner = wrapped.holding(resolver, owner)
        found = resolver.member(owner, name)
        return either([found, argument(resolver, node, 2, flow)])
    return picked.picked(resolver, argument(resolver, node, 0, flow))


def _type(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    found = alternatives(argument(resolver, node, 0, flow))
    if len(node.args) == 1:
        return either(
            [ClassObject(o.cls) if isinstance(o, Instance) else UNKNOWN for o in found]
        )
    bases = argument(resolver, node, 1, flow)
    if isinstance(bases, Instance) and bases.parts:
        for base in bases.parts:
            if isinstance(base, ClassObject) and classes.is_module(resolver, base.cls):
                return base
    return UNKNOWN


def _vars(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    found = argument(resolver, node, 0, flow)
    return found if isinstance(found, Namespace | External) else UNKNOWN


def _globals(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    return Namespace(flow.scope.file.path)


def _zip(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    values = [argument(resolver, node, index, flow) for index in range(len(node.args))]
    return containers.zipped(resolver, values)


def _enumerate(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    element = resolver.iterated(argument(resolver, node, 0, flow))
    return list_of(tuple_of(Instance(builtin_class("int")), element))


def _iterable(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    return list_of(resolver.iterated(argument(resolver, node, 0, flow)))


def _next(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    return resolver.iterated(argument(resolver, node, 0, flow))


def _extreme(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    """Return one of several arguments, or of the items of the only one."""
    if len(node.args) == 1:
        return _next(resolver, node, flow)
    return either([resolver.evaluate(item, flow) for item in node.args])


def _filter(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    return list_of(resolver.iterated(argument(resolver, node, 1, flow)))


def _chain(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    values = [argument(resolver, node, index, flow) for index in range(len(node.args))]
    return containers.merged([resolver.iterated(v) for v in values])


def _dict_call(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    values = [resolver.evaluate(item.value, flow) for item in node.keywords]
    if node.args:
        given = argument(resolver, node, 0, flow)
        if isinstance(given, Instance) and given.cls.name == "dict":
            values.append(containers.iterated_values(resolver, given))
        else:  # pairs
            pair = resolver.iterated(given)
            values.append(containers.part(resolver, pair, 1))
    return Instance(builtin_class("dict"), either(values) if values else None)


def _import(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    name = node.args[0] if node.args else None
    if isinstance(name, ast.Constant) and isinstance(name.value, str):
        return imports.module_value(resolver, name.value, flow.scope.file)
    return picked.imported(resolver, node, flow.scope.file)


def _cast(resolver: Resolver, node: ast.Call, flow: Flow) -> Type:
    if len(node.args) != 2:
        return UNKNOWN
    return declared(resolver, node.args[0], node.args[1], flow)


Handler = Callable[[Resolver, ast.Call, Flow], Type]

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
    "builtins.globals": _globals,
    "builtins.iter": _iterable,
    "builtins.max": _extreme,
    "builtins.min": _extreme,
    "builtins.next": _next,
    "builtins.sorted": _iterable,
    "builtins.vars": _vars,
    "collections.OrderedDict": _dict_call,
    "collections.deque": _iterable,
    "contextlib.closing": _entered,
    "contextlib.nullcontext": _entered,
    "copy.copy": _same,
    "copy.deepcopy": _same,
    "functools.partial": _partial,
    "importlib.import_module": _import,
    "pytest.importorskip": _import,
    "_pytest.outcomes.importorskip": _import,
    "itertools.chain": _chain,
    "torch.compile": _compiled,
    "itertools.cycle": _iterable,
    "itertools.islice": _iterable,
    "random.choice": _next,
    "random.sample": _iterable,
    "torch.jit.freeze": _same,
    "torch.jit.script": _same,
    "torch.utils.cpp_extension.load": _extension,
    "torch.utils.cpp_extension.load_inline": _extension,
    "torch.jit.trace": _same,
    "typing.TypeVar": _type_variable,
    "typing.cast": _cast,
    "typing_extensions.TypeVar": _type_variable,
}
