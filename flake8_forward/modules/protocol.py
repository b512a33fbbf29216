"""``__call__`` and ``_call_impl`` in class bodies: what each definition does."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

from flake8_forward.modules import classes, expressions, functions
from flake8_forward.modules.files import Project
from flake8_forward.modules.flow import Flow
from flake8_forward.modules.knowledge_base import MODULE
from flake8_forward.modules.torch_api import CALL_NAMES
from flake8_forward.modules.types import (
    AnyClass,
    ClassObject,
    KnownClass,
    SourceClass,
)

REACHING_NAMES = CALL_NAMES | {"_wrapped_call_impl"}


class CallDefinition(NamedTuple):
    """A definition in a class body; ``effect`` is one of

    "override": Module's own ``__call__`` is never reached;
    "wrapper": it is reached, with code of the class's own around it;
    "pass": it is reached with the same arguments and nothing else happens;
    "declared": there is nothing to run (abstract, overload, TYPE_CHECKING, raise).
    """

    node: ast.stmt
    name: str
    effect: str


def definitions(project: Project, cls: SourceClass) -> list[CallDefinition]:
    """Return the definitions of ``__call__`` and ``_call_impl`` in the body of ``cls``."""
    return list(_in_block(project, cls, cls.node.body, False))


def _in_block(
    project: Project, cls: SourceClass, body: list[ast.stmt], typing_only: bool
) -> Iterator[CallDefinition]:
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if node.name in CALL_NAMES:
                effect = "declared" if typing_only else _effect(project, cls, node)
                yield CallDefinition(node, node.name, effect)
        elif isinstance(node, ast.Assign):
            names = [t.id for t in node.targets if isinstance(t, ast.Name)]
            for name in CALL_NAMES.intersection(names):
                effect = _assigned(project, cls, node.value)
                yield CallDefinition(node, name, "declared" if typing_only else effect)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            if node.target.id in CALL_NAMES and node.value is not None:
                effect = _assigned(project, cls, node.value)
                yield CallDefinition(node, node.target.id, effect)
        else:
            yield from _in_branches(project, cls, node, typing_only)


def _in_branches(
    project: Project, cls: SourceClass, node: ast.stmt, typing_only: bool
) -> Iterator[CallDefinition]:
    typed = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    yield from _in_block(
        project,
        cls,
        getattr(node, "body", []) if not isinstance(node, ast.ClassDef) else [],
        typing_only or typed,
    )
    for handler in getattr(node, "handlers", []):
        yield from _in_block(project, cls, handler.body, typing_only)
    if isinstance(node, (ast.If, ast.Try)):
        yield from _in_block(project, cls, node.orelse, typing_only)


def _assigned(project: Project, cls: SourceClass, value: ast.expr) -> str:
    if _is_modules_call(project, value, cls.flow):
        return "pass"
    return "override"


def _is_modules_call(project: Project, node: ast.expr, flow: Flow) -> bool:
    """Tell whether ``node`` is ``<Module class>.__call__`` with Module's own protocol."""
    if not isinstance(node, ast.Attribute) or node.attr not in REACHING_NAMES:
        return False
    owner = expressions.evaluate(project, node.value, flow)
    return (
        isinstance(owner, ClassObject)
        and classes.is_module(project, owner.cls) is True
        and not has_own_call(project, owner.cls)
    )


def _effect(
    project: Project, cls: SourceClass, node: ast.FunctionDef | ast.AsyncFunctionDef
) -> str:
    if _is_declaration(node):
        return "declared"
    calls = [call for call in ast.walk(node) if _reaches(project, cls, node, call)]
    if not calls:
        return "override"
    if _is_pass_through(node, calls) and not _changes_mode(node):
        return "pass"
    return "wrapper"


def _changes_mode(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether a decorator of torch's puts code around the call."""
    return any(
        name.endswith(("no_grad", "enable_grad", "inference_mode", "autocast"))
        for name in functions.decorators(node)
    )


def _is_declaration(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    for decorator in node.decorator_list:
        name = decorator.attr if isinstance(decorator, ast.Attribute) else None
        name = decorator.id if isinstance(decorator, ast.Name) else name
        if name in ("overload", "abstractmethod"):
            return True
    body = _without_docstring(node.body)
    return len(body) == 1 and (
        isinstance(body[0], ast.Raise)
        or (
            isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
            and body[0].value.value is Ellipsis
        )
    )


def _without_docstring(body: list[ast.stmt]) -> list[ast.stmt]:
    first = body[0]
    if (
        len(body) > 1
        and isinstance(first, ast.Expr)
        and isinstance(first.value, ast.Constant)
        and isinstance(first.value.value, str)
    ):
        return body[1:]
    return body


def _reaches(
    project: Project, cls: SourceClass, function: ast.AST, node: ast.AST
) -> bool:
    """Tell whether ``node`` refers to the ``__call__`` that ``cls`` inherits."""
    if not isinstance(node, ast.Attribute) or node.attr not in REACHING_NAMES:
        return False
    owner = node.value
    if isinstance(owner, ast.Call) and isinstance(owner.func, ast.Name):
        return owner.func.id == "super"
    if isinstance(owner, ast.Name) and owner.id == "self":
        return node.attr != getattr(function, "name", None)
    value = expressions.evaluate(project, owner, cls.flow)
    if isinstance(value, ClassObject) and value.cls is not cls:
        return classes.is_module(project, value.cls) is True
    return False


def _is_pass_through(
    node: ast.FunctionDef | ast.AsyncFunctionDef, reached: list[ast.AST]
) -> bool:
    """Tell whether the body only hands its own arguments on, all of them."""
    body = _without_docstring(node.body)
    if len(reached) != 1 or len(body) != 1 or not isinstance(body[0], ast.Return):
        return False
    call = body[0].value
    if isinstance(call, ast.Call) and _named(call.func) == "cast" and call.args:
        call = call.args[-1]
    if not isinstance(call, ast.Call) or call.func is not reached[0]:
        return False
    return _handed_on(call) == _parameters(node, call)


def _named(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else None


def _handed_on(call: ast.Call) -> set[str]:
    given = {ast.unparse(arg) for arg in call.args}
    for keyword in call.keywords:
        value = ast.unparse(keyword.value)
        if keyword.arg is None:
            given.add("**" + value)
        else:
            given.add(value if keyword.arg == value else f"{keyword.arg}={value}")
    return given


def _parameters(
    node: ast.FunctionDef | ast.AsyncFunctionDef, call: ast.Call
) -> set[str]:
    args = node.args
    named = [arg.arg for arg in (*args.posonlyargs, *args.args)]
    unbound = bool(call.args) and ast.unparse(call.args[0]) == (named or [""])[0]
    names = set(named if unbound else named[1:])
    names.update(arg.arg for arg in args.kwonlyargs)
    if args.vararg:
        names.add("*" + args.vararg.arg)
    if args.kwarg:
        names.add("**" + args.kwarg.arg)
    return names


def has_own_call(project: Project, cls: AnyClass) -> bool:
    """Tell whether calling an instance of ``cls`` runs other code than Module's.

    ``.forward`` may then be part of that class's own interface, as in gpytorch.
    """
    for base in classes.lineage(project, cls).classes:
        if base == MODULE:
            return False
        if isinstance(base, KnownClass):
            if base.kind == "custom_call":
                return True
        elif any(d.effect != "pass" for d in own_definitions(project, base)):
            return True
    return False


def own_definitions(project: Project, cls: SourceClass) -> list[CallDefinition]:
    """Return the definitions that replace ``__call__`` for instances of ``cls``."""
    return [d for d in definitions(project, cls) if not _is_typing_only(d)]


def _is_typing_only(definition: CallDefinition) -> bool:
    """Tell whether a declaration does nothing at run time, or is overridden at once."""
    node = definition.node
    if definition.effect != "declared":
        return False
    return not any(isinstance(child, ast.Raise) for child in ast.walk(node))
