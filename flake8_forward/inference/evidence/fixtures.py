"""What test runners pass for parameters: fixtures and rows of parametrized tests."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator

from flake8_forward.flow.bindings import reaching
from flake8_forward.flow.builder import module_scope
from flake8_forward.flow.states import Scope
from flake8_forward.inference import containers, functions
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import UNKNOWN, Function, Type
from flake8_forward.syntax.shapes import decorators
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode
from flake8_forward.syntax.unparsing import string

CONFTEST = "conftest.py"


def of_parameter(resolver: Resolver, scope: Scope, arg: ast.arg) -> Type:
    """Return what the test or fixture ``scope`` is passed for the parameter ``arg``."""
    node = scope.node
    assert isinstance(node, FUNCTIONS)
    for decorator in node.decorator_list:
        if isinstance(decorator, ast.Call) and scope.defined is not None:
            found = _of_rows(resolver, scope, decorator, arg)
            if found != UNKNOWN:
                return found
    if not (node.name.startswith("test") or _is_fixture(node)):
        return UNKNOWN
    for place in _places(resolver, scope):
        function = _fixture(place, arg.arg)
        if function is not None and function.node is not node:
            return functions.given(resolver, function)
    return UNKNOWN


def _is_fixture(node: FunctionNode) -> bool:
    return any(name.rpartition(".")[2] == "fixture" for name in decorators(node))


def _places(resolver: Resolver, scope: Scope) -> Iterator[Scope]:
    """Yield the scopes that pytest looks for fixtures in: nearest first."""
    if scope.enclosing_class is not None:
        yield scope.enclosing_class
    yield module_scope(scope.file)
    project = resolver.project
    for folder in project.disk.up_to_project_top(scope.file.folder):
        path = os.path.join(folder, CONFTEST)
        file = project.file(path) if project.disk.is_file(path) else None
        if file is not None and file is not scope.file:
            yield module_scope(file)


def _fixture(place: Scope, name: str) -> Function | None:
    if name not in place.graph.locals:
        return None
    origins, _ = reaching(place.final, name)
    node = origins[0].node if len(origins) == 1 else None
    if isinstance(node, FUNCTIONS) and _is_fixture(node):
        return Function(node, place, origins[0].flow)
    return None


def _of_rows(resolver: Resolver, scope: Scope, call: ast.Call, arg: ast.arg) -> Type:
    """Return the values for ``arg`` in the rows of a parametrizing decorator."""
    assert isinstance(scope.node, FUNCTIONS) and scope.defined is not None
    name = getattr(call.func, "attr", "")
    positional = [item.arg for item in scope.node.args.args]
    if name == "expand" and call.args:  # parameterized.expand
        values = resolver.evaluate(call.args[0], scope.defined)
        names = positional[1:] if scope.enclosing_class is not None else positional
    elif name == "parametrize" and len(call.args) > 1:
        values = resolver.evaluate(call.args[1], scope.defined)
        names = _names(call.args[0])
    else:
        return UNKNOWN
    if arg.arg not in names or _is_indirect(call, arg.arg):
        return UNKNOWN
    row = resolver.iterated(values)
    if name == "parametrize" and len(names) == 1:
        return row
    return containers.part(resolver, row, names.index(arg.arg))


def _is_indirect(call: ast.Call, name: str) -> bool:
    """Tell whether the rows may go to the fixture ``name``, which makes the value."""
    given = [*call.args[2:3], *(k.value for k in call.keywords if k.arg == "indirect")]
    if not given or getattr(given[0], "value", None) is False:
        return False
    is_list = isinstance(given[0], (ast.List, ast.Tuple))
    return not is_list or name in _names(given[0])


def _names(node: ast.expr) -> list[str]:
    """Return the names of parameters, given as one string or as several."""
    if isinstance(node, (ast.List, ast.Tuple)):
        return [string(item) or "" for item in node.elts]
    return [name.strip() for name in (string(node) or "").split(",")]
