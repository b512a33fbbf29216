"""What a parameter is: self, or what annotation, default or evidence says."""

from __future__ import annotations

import ast

from flake8_forward.flow.states import Flow, Scope
from flake8_forward.inference import classes
from flake8_forward.inference.annotations import annotated, inherited
from flake8_forward.inference.evidence import arguments, combined
from flake8_forward.inference.frameworks import families
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives, builtin_class, is_open
from flake8_forward.inference.values import NONE, UNKNOWN, ClassObject, Instance, Type
from flake8_forward.syntax.shapes import decorators
from flake8_forward.syntax.tree import FunctionNode

CLASS_METHODS = frozenset({"__new__", "__init_subclass__", "__class_getitem__"})


def parameter(resolver: Resolver, arg: ast.arg, flow: Flow) -> Type:
    """Return what the parameter ``arg`` of the function that ``flow`` starts holds."""
    scope = flow.scope
    node = scope.node
    assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    if arg in (node.args.vararg, node.args.kwarg):
        return _rest(resolver, node, arg, scope)
    receiver = _receiver(scope, node)
    if receiver is not None and [*node.args.posonlyargs, *node.args.args][0] is arg:
        return receiver
    value: Type = UNKNOWN
    defined = scope.defined
    assert defined is not None
    if arg.annotation is not None:
        instance = receiver if isinstance(receiver, Instance) else None
        value = annotated(resolver, arg.annotation, defined, instance)
    else:
        value = inherited(resolver, scope, arg)
    if UNKNOWN not in alternatives(value) and value != NONE:
        return value
    default = arguments.default(node, arg)
    if default is not None:
        given = resolver.evaluate(default, defined)
        if isinstance(given, (ClassObject, Instance)) and _is_module(resolver, given):
            return given
    found = combined.of_parameter(resolver, scope, arg, value)
    if is_open(found) and isinstance(receiver, Instance):
        told = families.parameter(resolver, receiver.cls, node, arg)
        return found if told == UNKNOWN else told
    return found


def _rest(resolver: Resolver, node: FunctionNode, arg: ast.arg, scope: Scope) -> Type:
    """Return what ``*args`` or ``**kwargs`` hold."""
    element: Type = UNKNOWN
    if arg.annotation is not None and scope.defined is not None:
        element = annotated(resolver, arg.annotation, scope.defined)
    name = "dict" if arg is node.args.kwarg else "tuple"
    return Instance(builtin_class(name), element)


def _receiver(scope: Scope, node: FunctionNode) -> Type | None:
    """Return what the first parameter of a method is bound to."""
    owner = scope.enclosing_class
    if owner is None or not (node.args.posonlyargs or node.args.args):
        return None
    cls = classes.class_of(owner)
    kinds = decorators(node)
    if "staticmethod" in kinds:
        return None
    if "classmethod" in kinds or node.name in CLASS_METHODS:
        return ClassObject(cls)
    return Instance(cls)


def _is_module(resolver: Resolver, value: ClassObject | Instance) -> bool:
    return classes.is_module(resolver, value.cls) is True
