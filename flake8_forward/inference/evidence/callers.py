"""What the calls of a function in its own file pass for its parameters."""

from __future__ import annotations

import ast

from flake8_forward.flow.lookup import scope_at
from flake8_forward.flow.states import Scope
from flake8_forward.inference import classes
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import either, without_none
from flake8_forward.inference.values import UNKNOWN, Type
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.shapes import key_of
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode, ancestries

MAX_CALLERS = 40


def of_parameter(resolver: Resolver, scope: Scope, arg: ast.arg) -> Type:
    """Return what all calls in the file pass for ``arg``, if all pass Modules."""
    node = scope.node
    assert isinstance(node, FUNCTIONS)
    owner = scope.enclosing_class
    name = owner.name if owner and node.name == "__init__" else node.name
    given: list[Type] = []
    for ancestry in [
        *callers(scope.file, name),
        *callers(scope.file, f"target={name}"),
    ]:
        call = ancestry[-1]
        assert isinstance(call, ast.Call)
        value = _argument(node, call, arg, bound=owner is not None)
        if value is None:
            return UNKNOWN
        _, flow = scope_at(scope.file, ancestry)
        given.append(without_none(resolver.evaluate(value, flow)))
    found = either(given)
    return found if classes.all_modules(resolver, found) else UNKNOWN


def callers(file: SourceFile, name: str) -> list[list[ast.AST]]:
    """Return the calls, with their ancestors, by the name ``name`` in ``file``.

    If there are too many, return none: they would take too long.
    """
    found = _calls(file).get(name, [])
    return found if len(found) <= MAX_CALLERS else []


@memoized
def _calls(file: SourceFile) -> dict[str, list[list[ast.AST]]]:
    """Return all calls in ``file``, with their ancestors, by the last name of what is called."""
    found: dict[str, list[list[ast.AST]]] = {}
    for ancestry in ancestries(file.tree, ast.Call):
        call = ancestry[-1]
        assert isinstance(call, ast.Call)
        key = key_of(call.func)
        if key is not None:
            found.setdefault(key.rpartition(".")[2], []).append(ancestry)
        target = key_of(_keyword(call, "target"))
        if target is not None:  # Thread(target=function, args=(...))
            handed = "target=" + target.rpartition(".")[2]
            found.setdefault(handed, []).append(ancestry)
    return found


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
