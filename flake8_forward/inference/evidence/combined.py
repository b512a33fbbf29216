"""What the use of an object tells where nothing declares it.

Only in files that speak of torch: there, an object that has a ``forward`` and is used
in one of these ways is a Module.
"""

from __future__ import annotations

import ast
import re

from flake8_forward.flow import paths
from flake8_forward.flow.scopes import Scope
from flake8_forward.flow.states import Flow
from flake8_forward.inference import classes, expressions
from flake8_forward.inference.evidence import docstrings, fixtures, usage
from flake8_forward.inference.knowledge import MODULE
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import (
    NEVER,
    NONE,
    UNKNOWN,
    Instance,
    SourceClass,
    Type,
    alternatives,
    either,
    without_none,
)
from flake8_forward.resolver.files import SourceFile
from flake8_forward.syntax.shapes import decorators, key_of
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode, paths_to

MAX_CALLERS = 40


def is_open(value: Type) -> bool:
    """Tell whether nothing at all is known of ``value``."""
    return all(
        alternative in (UNKNOWN, NONE, NEVER) for alternative in alternatives(value)
    )


def of_receiver(resolver: Resolver, node: ast.expr, flow: Flow) -> bool:
    """Tell whether the object ``node`` is used as only a Module can be."""
    spelling = usage.spelled(node)
    if spelling is None:
        return False
    file = flow.scope.file
    return any(
        usage.shown(resolver, file, body, spelling)
        for body in _bodies_of(flow.scope, spelling)
    )


def _bodies_of(scope: Scope, spelling: str) -> list[ast.AST]:
    """Return the parts of the file in which ``spelling`` means the same object."""
    name = re.split(r"[.\[]", spelling, maxsplit=1)[0]
    state: Scope | None = scope
    while state is not None:
        if state.kind != "class" and name in state.walk.locals:
            owner = state.enclosing_class
            if owner is not None and name == _instance_name(state.node):
                return [*_family(owner)]  # all methods count
            return [state.node]
        state = state.parent
    return []


def _instance_name(node: ast.AST) -> str | None:
    static = isinstance(node, FUNCTIONS) and "staticmethod" in decorators(node)
    return None if static else first_parameter(node)


def _family(owner: Scope) -> list[ast.ClassDef]:
    """Return a class and the subclasses that stand beside it."""
    assert isinstance(owner.node, ast.ClassDef)
    family = [owner.node]
    names = {owner.name}
    for node in owner.parent.node.body if owner.parent is not None else ():
        if (
            isinstance(node, ast.ClassDef)
            and node is not owner.node
            and names.intersection(getattr(base, "id", "") for base in node.bases)
        ):
            family.append(node)
            names.add(node.name)
    return family


def first_parameter(node: ast.AST) -> str | None:
    """Return the name of the first parameter of a function."""
    if not isinstance(node, FUNCTIONS):
        return None
    arguments = [*node.args.posonlyargs, *node.args.args]
    return arguments[0].arg if arguments else None


def of_parameter(
    resolver: Resolver, scope: Scope, arg: ast.arg, declared: Type
) -> Type:
    """Return what uses, words and callers tell of ``arg``, else ``declared``."""
    if not is_open(declared) or "torch" not in scope.file.text:
        return declared
    if usage.shown(resolver, scope.file, scope.node, arg.arg):
        return Instance(MODULE)
    for told in (
        docstrings.parameter(resolver, scope, arg.arg),
        fixtures.of_parameter(resolver, scope, arg),
        _of_callers(resolver, scope, arg),
    ):
        if not is_open(told):
            return told
    return declared


def _of_callers(resolver: Resolver, scope: Scope, arg: ast.arg) -> Type:
    """Return what all calls in the file pass for ``arg``, if all pass Modules."""
    node = scope.node
    assert isinstance(node, FUNCTIONS)
    owner = scope.enclosing_class
    name = owner.name if owner and node.name == "__init__" else node.name
    given: list[Type] = []
    for path in [*callers(scope.file, name), *callers(scope.file, f"target={name}")]:
        call = path[-1]
        assert isinstance(call, ast.Call)
        value = _argument(node, call, arg, bound=owner is not None)
        if value is None:
            return UNKNOWN
        _, flow = paths.scope_at(scope.file, path)
        given.append(without_none(expressions.evaluate(resolver, value, flow)))
    found = either(given)
    return found if given and classes.all_modules(resolver, found) else UNKNOWN


def callers(file: SourceFile, name: str) -> list[list[ast.AST]]:
    """Return the ways to the calls of something called ``name`` in ``file``."""
    if file.calls is None:
        file.calls = {}
        for path in paths_to(file.tree, ast.Call):
            call = path[-1]
            assert isinstance(call, ast.Call)
            key = key_of(call.func)
            if key is not None:
                file.calls.setdefault(key.rpartition(".")[2], []).append(path)
            target = key_of(_keyword(call, "target"))
            if target is not None:  # Thread(target=function, args=(...))
                handed = "target=" + target.rpartition(".")[2]
                file.calls.setdefault(handed, []).append(path)
    found = file.calls.get(name, [])
    return found if len(found) <= MAX_CALLERS else []


def _argument(
    node: FunctionNode, call: ast.Call, arg: ast.arg, bound: bool
) -> ast.expr | None:
    """Return the expression that ``call`` passes for ``arg`` of ``node``."""
    handed = _keyword(call, "args") if _keyword(call, "target") else None
    given = handed.elts if isinstance(handed, ast.Tuple) else call.args
    named = _keyword(call, arg.arg) if given is call.args else None
    if named is not None:
        return named
    positional = [*node.args.posonlyargs, *node.args.args]
    if arg not in positional:
        return None
    index = positional.index(arg) - (1 if bound else 0)
    if not 0 <= index < len(given):
        return None
    if any(isinstance(value, ast.Starred) for value in given[: index + 1]):
        return None
    return given[index]


def _keyword(call: ast.Call, name: str) -> ast.expr | None:
    return next((item.value for item in call.keywords if item.arg == name), None)


def of_attribute(resolver: Resolver, cls: SourceClass, name: str) -> Type:
    """Return a Module if the methods of ``cls`` use ``self.<name>`` as one."""
    if f".{name}." not in cls.file.text:
        return UNKNOWN
    used = any(
        usage.shown(resolver, cls.file, body, f"{first}.{name}")
        for body in _family(cls.scope)
        for first in {first_parameter(node) for node in body.body}
        if first is not None
    )
    return Instance(MODULE) if used else UNKNOWN
