"""Annotations: what an annotated object is."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_forward.flow.states import Flow, Origin, Scope
from flake8_forward.inference import classes, mro
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import (
    alternatives,
    builtin_class,
    either,
    is_unknown,
    list_of,
    tuple_of,
)
from flake8_forward.inference.values import (
    COMPILED,
    MODULE,
    NONE,
    UNKNOWN,
    Alias,
    ClassObject,
    External,
    Instance,
    Partial,
    SourceClass,
    Type,
    TypeVariable,
)
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode
from flake8_forward.syntax.unparsing import expression

UNIONS = frozenset({"Optional", "Union"})
INNER = frozenset({"Annotated", "ClassVar", "Final", "Required", "NotRequired"})
SEQUENCES = frozenset({
    "AsyncGenerator", "AsyncIterable", "AsyncIterator", "Collection", "Generator",
    "Iterable", "Iterator", "List", "MutableSequence", "Sequence", "Set", "Deque",
    "list", "set", "frozenset", "deque", "FrozenSet",
})  # fmt: skip
MAPPINGS = frozenset({
    "Dict", "Mapping", "MutableMapping", "OrderedDict", "DefaultDict", "dict",
    "defaultdict",
})  # fmt: skip
TYPES = frozenset({"Type", "type"})
MAX_TEXT = 500


def annotated(
    resolver: Resolver,
    node: ast.expr,
    flow: Flow,
    receiver: Type | None = None,
) -> Type:
    """Return the type of an object annotated with ``node``.

    ``receiver`` is what ``Self`` stands for.
    """
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            parsed = _parsed(flow.scope.file, node.value)
            return (
                UNKNOWN
                if parsed is None
                else annotated(resolver, parsed, flow, receiver)
            )
        return NONE if node.value is None else UNKNOWN
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr):
        sides = (node.left, node.right)
        return either([annotated(resolver, side, flow, receiver) for side in sides])
    if isinstance(node, ast.Subscript):
        return _generic(resolver, node, flow, receiver)
    if not isinstance(node, (ast.Name, ast.Attribute)):
        return UNKNOWN
    if receiver is not None and _last_name(node) == "Self":
        return receiver
    return _of_value(resolver, resolver.evaluate(node, flow), receiver)


def _of_value(resolver: Resolver, value: Type, receiver: Type | None) -> Type:
    found: list[Type] = []
    for alternative in alternatives(value):
        if isinstance(alternative, ClassObject):
            found.append(Instance(alternative.cls))
        elif isinstance(alternative, Alias):
            found.append(
                annotated(resolver, alternative.node, alternative.flow, receiver)
            )
        elif isinstance(alternative, External) and alternative.dotted == "typing.Self":
            found.append(receiver or UNKNOWN)
        elif isinstance(alternative, TypeVariable):
            found.append(_bound_of(resolver, alternative, receiver))
        else:
            found.append(UNKNOWN)
    return either(found)


def _bound_of(
    resolver: Resolver, variable: TypeVariable, receiver: Type | None
) -> Type:
    """Return the upper bound of a TypeVar: its bound, or its constraints."""
    nodes = [item.value for item in variable.call.keywords if item.arg == "bound"]
    nodes += variable.call.args[1:]
    return either(
        [annotated(resolver, node, variable.flow, receiver) for node in nodes]
    )


def _parsed(file: SourceFile, text: str) -> ast.expr | None:
    """Return the tree of an annotation that ``file`` writes as a string."""
    trees: dict[str, ast.expr | None] = file.memo.answers(_parsed)
    if text not in trees:
        is_short = len(text) <= MAX_TEXT
        trees[text] = expression(text.strip()) if is_short else None
    return trees[text]


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _generic(
    resolver: Resolver, node: ast.Subscript, flow: Flow, receiver: Type | None
) -> Type:
    name = _last_name(node.value)
    inner = node.slice
    items = list(inner.elts) if isinstance(inner, ast.Tuple) else [inner]

    def item(index: int) -> Type:
        if -len(items) <= index < len(items):
            return annotated(resolver, items[index], flow, receiver)
        return UNKNOWN

    if name in UNIONS:
        found = [annotated(resolver, part, flow, receiver) for part in items]
        return either([*found, NONE] if name == "Optional" else found)
    if name in INNER:
        return item(0)
    if name in TYPES:
        return either(
            [
                ClassObject(o.cls) if isinstance(o, Instance) else UNKNOWN
                for o in alternatives(item(0))
            ]
        )
    if name in ("Tuple", "tuple"):
        if isinstance(items[-1], ast.Constant) and items[-1].value is Ellipsis:
            return list_of(item(0))
        return tuple_of(*(item(index) for index in range(len(items))))
    if name in MAPPINGS:
        return Instance(builtin_class("dict"), item(1))
    if name in SEQUENCES:
        return list_of(item(0))
    if name == "Callable":
        return _maker(resolver, item(-1))
    value = resolver.evaluate(node.value, flow)
    return Instance(value.cls) if isinstance(value, ClassObject) else UNKNOWN


def _maker(resolver: Resolver, made: Type) -> Type:
    """Return something that makes a Module when it is called; else nothing is known."""
    if isinstance(made, Instance) and classes.is_module(resolver, made.cls):
        return Partial(ClassObject(made.cls))
    return UNKNOWN


def told(resolver: Resolver, origins: Sequence[Origin]) -> Type:
    """Return what the annotations of a name or attribute agree that it is.

    Annotated values and parameters are the ``origins``; UNKNOWN if one says nothing.
    """
    values = []
    for origin in origins:
        is_parameter = origin.kind == "param"
        flow = origin.flow.scope.defined if is_parameter else origin.flow
        assert flow is not None
        values.append(annotated(resolver, origin.node.annotation, flow))
    found = either(values)
    return UNKNOWN if is_unknown(found) else found


def inherited(resolver: Resolver, scope: Scope, arg: ast.arg) -> Type:
    """Return what the method that ``scope`` overrides says of its parameter ``arg``."""
    for method in overridden(resolver, scope):
        assert isinstance(method.node, FUNCTIONS) and method.defined is not None
        there = _counterpart(method.node, scope.node, arg)
        if there is not None and there.annotation is not None:
            return annotated(resolver, there.annotation, method.defined)
    return UNKNOWN


def overridden(resolver: Resolver, scope: Scope) -> Iterator[Scope]:
    """Yield the methods of base classes that the method ``scope`` overrides.

    A constructor overrides none: each class has its own parameters.
    """
    owner = scope.enclosing_class
    if owner is None or scope.name in ("__init__", "__new__"):
        return
    for cls in mro.lineage(resolver, classes.class_of(owner)).classes[1:]:
        if isinstance(cls, SourceClass):
            for node in cls.file.methods(cls.node, scope.name):
                if node.name == scope.name:
                    yield cls.scope.child(node, cls.scope.before(node))


def _counterpart(base: FunctionNode, node: ast.AST, arg: ast.arg) -> ast.arg | None:
    """Return the parameter of ``base`` of this name, else the one in this place."""
    assert isinstance(node, FUNCTIONS)
    positional = [*base.args.posonlyargs, *base.args.args]
    for same in (*positional, *base.args.kwonlyargs):
        if same.arg == arg.arg:
            return same
    own = [*node.args.posonlyargs, *node.args.args]
    if arg not in own or own.index(arg) >= len(positional):
        return None
    there = positional[own.index(arg)]
    return there if there.arg not in [item.arg for item in own] else None


def declared(
    resolver: Resolver, node: ast.expr, value: ast.expr | None, flow: Flow
) -> Type:
    """Return the type of x after ``x: node = value``.

    The value is more precise than the annotation if it is a Module: its class may
    have a ``__call__`` of its own. So it is if it is compiled.
    """
    told = annotated(resolver, node, flow)
    if value is None:
        return told
    given = resolver.evaluate(value, flow)
    if told == UNKNOWN or given == COMPILED:
        return given
    if isinstance(given, Instance) and (given.is_compiled or told == Instance(MODULE)):
        return given
    return told
