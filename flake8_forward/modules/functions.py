"""What calling a function returns: as annotated, else as its return statements say."""

from __future__ import annotations

import ast

from flake8_forward.modules import annotated, expressions
from flake8_forward.modules.files import Project
from flake8_forward.modules.scopes import FunctionNode
from flake8_forward.modules.types import (
    NONE,
    NOTHING,
    UNKNOWN,
    Function,
    Type,
    either,
    options,
)

TRANSPARENT = frozenset({
    "autocast", "enable_grad", "export", "final", "ignore", "inference_mode", "no_grad",
    "override", "overrides", "set_grad_enabled", "unused",
})  # fmt: skip
"""Decorators, by their last name, that leave a function's signature and result alone."""


def is_transparent(node: FunctionNode) -> bool:
    """Tell whether no decorator may make something else of the function ``node``."""
    return all(name.rpartition(".")[2] in TRANSPARENT for name in decorators(node))


def decorators(node: FunctionNode | ast.ClassDef) -> list[str]:
    """Return the dotted names of the decorators of ``node``, calls included."""
    found = []
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        found.append(ast.unparse(target))
    return found


def returned(project: Project, function: Function) -> Type:
    """Return what a call of ``function`` gives."""
    known = function.scope.child(function.node, function.flow).returned
    if function.receiver in known:
        return known[function.receiver]
    key = id(function.node)
    if key in project.active:
        project.cuts += 1
        return NOTHING
    if project.is_spent():
        return UNKNOWN
    cuts = project.cuts
    project.active.add(key)
    try:
        value = _declared(project, function) or _inferred(project, function)
    finally:
        project.active.discard(key)
    if cuts == project.cuts:  # an answer that a cycle cut short is not kept
        known[function.receiver] = value
    return value


def _declared(project: Project, function: Function) -> Type | None:
    """Return the annotated result; None where inference can say more."""
    node = function.node.returns
    if node is None:
        return None
    scope = function.scope.child(function.node, function.flow)
    value = annotated.instance(project, node, function.flow, function.receiver, scope)
    return None if UNKNOWN in options(value) else value


def _inferred(project: Project, function: Function) -> Type:
    scope = function.scope.child(function.node, function.flow)
    if _is_generator(function.node):
        return UNKNOWN
    values = [
        NONE if node is None else expressions.evaluate(project, node, flow)
        for node, flow in scope.walk.returns
    ]
    if scope.walk.falls_through:
        values.append(NONE)
    return either(values)


def _is_generator(node: FunctionNode) -> bool:
    work: list[ast.AST] = list(node.body)
    while work:
        child = work.pop()
        if isinstance(child, (ast.Yield, ast.YieldFrom)):
            return True
        if not isinstance(
            child, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef)
        ):
            work.extend(ast.iter_child_nodes(child))
    return False
