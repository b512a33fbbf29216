"""What the use of an object tells where nothing declares it.

Only in files that speak of torch: there, an object that has a ``forward`` and is used
in one of these ways is a Module.
"""

from __future__ import annotations

import ast

from flake8_forward.modules import classes, expressions, places
from flake8_forward.modules.files import Project, SourceFile
from flake8_forward.modules.flow import Flow, key_of
from flake8_forward.modules.knowledge_base import MODULE
from flake8_forward.modules.scopes import FUNCTIONS, FunctionNode, Scope
from flake8_forward.modules.torch_api import ONLY_MODULES_HAVE, WEIGHTS
from flake8_forward.modules.types import (
    NONE,
    NOTHING,
    UNKNOWN,
    Instance,
    SourceClass,
    Type,
    either,
    options,
    without_none,
)

MAX_CALLERS = 40


def is_open(value: Type) -> bool:
    """Tell whether nothing at all is known of ``value``."""
    return all(option in (UNKNOWN, NONE, NOTHING) for option in options(value))


def of_key(project: Project, node: ast.expr, flow: Flow) -> Type:
    """Return a Module if the name or attribute ``node`` is used as only one can be."""
    key = key_of(node)
    if key is None or "torch" not in flow.scope.file.text:
        return UNKNOWN
    body = _body_of(flow.scope, key)
    return Instance(MODULE) if body is not None and _used(body, key) else UNKNOWN


def _body_of(scope: Scope, key: str) -> ast.AST | None:
    """Return the part of the file in which ``key`` means the same object."""
    name = key.partition(".")[0]
    state: Scope | None = scope
    while state is not None:
        if state.kind != "class" and name in state.walk.locals:
            owner = state.enclosing_class
            if (
                owner is not None
                and name != key
                and name == first_parameter(state.node)
            ):
                return owner.node  # an attribute of self: all methods count
            return state.node
        state = state.parent
    return None


def first_parameter(node: ast.AST) -> str | None:
    """Return the name of the first parameter of a function."""
    if not isinstance(node, FUNCTIONS):
        return None
    arguments = [*node.args.posonlyargs, *node.args.args]
    return arguments[0].arg if arguments else None


def _used(body: ast.AST, key: str) -> bool:
    for node in ast.walk(body):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in ONLY_MODULES_HAVE and key_of(node.func.value) == key:
                return True
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Attribute):
            # x.weight.device and the like: the weight is a tensor.
            weight = node.value
            read = WEIGHTS.get(weight.attr, ())
            if node.attr in read and key_of(weight.value) == key:
                return True
    return False


def of_parameter(project: Project, scope: Scope, arg: ast.arg, declared: Type) -> Type:
    """Return what uses and callers tell of the parameter ``arg``, else ``declared``."""
    if not is_open(declared) or "torch" not in scope.file.text:
        return declared
    if _used(scope.node, arg.arg):
        return Instance(MODULE)
    return _of_callers(project, scope, arg) or declared


def _of_callers(project: Project, scope: Scope, arg: ast.arg) -> Type | None:
    """Return what all calls in the file pass for ``arg``, if all pass Modules."""
    node = scope.node
    assert isinstance(node, FUNCTIONS)
    owner = scope.enclosing_class
    name = owner.name if owner and node.name == "__init__" else node.name
    given: list[Type] = []
    for path in callers(scope.file, name):
        call = path[-1]
        assert isinstance(call, ast.Call)
        value = _argument(node, call, arg, bound=owner is not None)
        if value is None:
            return None
        _, flow = places.place(scope.file, path)
        given.append(without_none(expressions.evaluate(project, value, flow)))
    found = either(given)
    return found if given and _all_modules(project, found) else None


def callers(file: SourceFile, name: str) -> list[list[ast.AST]]:
    """Return the ways to the calls of something called ``name`` in ``file``."""
    if file.calls is None:
        file.calls = {}
        for path in places.paths_to(file.tree, ast.Call):
            call = path[-1]
            assert isinstance(call, ast.Call)
            key = key_of(call.func)
            if key is not None:
                file.calls.setdefault(key.rpartition(".")[2], []).append(path)
    found = file.calls.get(name, [])
    return found if len(found) <= MAX_CALLERS else []


def _argument(
    node: FunctionNode, call: ast.Call, arg: ast.arg, bound: bool
) -> ast.expr | None:
    """Return the expression that ``call`` passes for ``arg`` of ``node``."""
    for keyword in call.keywords:
        if keyword.arg == arg.arg:
            return keyword.value
    positional = [*node.args.posonlyargs, *node.args.args]
    if arg not in positional:
        return None
    index = positional.index(arg) - (1 if bound else 0)
    if not 0 <= index < len(call.args):
        return None
    if any(isinstance(value, ast.Starred) for value in call.args[: index + 1]):
        return None
    return call.args[index]


def _all_modules(project: Project, value: Type) -> bool:
    return all(
        isinstance(option, Instance) and classes.is_module(project, option.cls) is True
        for option in options(value)
    )


def of_attribute(project: Project, cls: SourceClass, name: str) -> Type:
    """Return a Module if the methods of ``cls`` use ``self.<name>`` as one."""
    text = cls.file.text
    if "torch" not in text or f".{name}." not in text:
        return UNKNOWN
    for scope in (cls.scope.child(n, cls.scope.before(n)) for n in _methods(cls)):
        first = first_parameter(scope.node)
        if first is not None and _used(scope.node, f"{first}.{name}"):
            return Instance(MODULE)
    return UNKNOWN


def _methods(cls: SourceClass) -> list[FunctionNode]:
    return [node for node in cls.node.body if isinstance(node, FUNCTIONS)]
