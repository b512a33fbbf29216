"""``__call__`` and ``_call_impl`` in class bodies: what each definition does."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from typing import NamedTuple

from flake8_forward.modules import classes, evidence, expressions, functions
from flake8_forward.modules.files import Project
from flake8_forward.modules.flow import Flow
from flake8_forward.modules.knowledge_base import MODULE
from flake8_forward.modules.scopes import FUNCTIONS, FunctionNode
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
        if isinstance(node, FUNCTIONS):
            if node.name in CALL_NAMES:
                effect = "declared" if typing_only else _effect(project, cls, node)
                yield CallDefinition(node, node.name, effect)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            value = node.value
            for name in CALL_NAMES.intersection(_bound_names(node)):
                if value is not None:
                    effect = _assigned(project, cls, value)
                    effect = "declared" if typing_only else effect
                    yield CallDefinition(node, name, effect)
        elif not isinstance(node, ast.ClassDef):
            for block, is_typing in _blocks(node):
                yield from _in_block(project, cls, block, typing_only or is_typing)


def _bound_names(node: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = (name for target in targets for name in ast.walk(target))
    return {name.id for name in names if isinstance(name, ast.Name)}


def _blocks(node: ast.stmt) -> Iterator[tuple[list[ast.stmt], bool]]:
    """Yield the blocks of a compound statement, and whether they never run."""
    is_typing = isinstance(node, ast.If) and _named(node.test) == "TYPE_CHECKING"
    yield getattr(node, "body", []), is_typing
    yield getattr(node, "orelse", []), False
    yield getattr(node, "finalbody", []), False
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield part.body, False


def _assigned(project: Project, cls: SourceClass, value: ast.expr) -> str:
    if is_modules_call(project, value, cls.flow):
        return "pass"
    parts = ast.walk(value)
    if any(
        isinstance(part, ast.expr) and is_modules_call(project, part, cls.flow)
        for part in parts
    ):
        return "wrapper"
    return "override"


def is_modules_call(project: Project, node: ast.expr, flow: Flow) -> bool:
    """Tell whether ``node`` is ``<Module class>.__call__`` with Module's own protocol."""
    if not isinstance(node, ast.Attribute) or node.attr not in REACHING_NAMES:
        return False
    owner = expressions.evaluate(project, node.value, flow)
    return (
        isinstance(owner, ClassObject)
        and classes.is_module(project, owner.cls) is True
        and not has_own_call(project, owner.cls)
    )


def _effect(project: Project, cls: SourceClass, node: FunctionNode) -> str:
    if _is_declaration(node):
        return "declared"
    calls = [call for call in ast.walk(node) if _reaches(project, cls, node, call)]
    if not calls:
        return "override"
    if _is_pass_through(node, calls) and not _changes_mode(node):
        return "pass"
    return "wrapper"


def _changes_mode(node: FunctionNode) -> bool:
    """Tell whether a decorator of torch's puts code around the call."""
    return any(
        name.endswith(("no_grad", "enable_grad", "inference_mode", "autocast"))
        for name in functions.decorators(node)
    )


def _is_declaration(node: FunctionNode) -> bool:
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
    project: Project, cls: SourceClass, function: FunctionNode, node: ast.AST
) -> bool:
    """Tell whether ``node`` refers to the ``__call__`` that ``cls`` inherits."""
    if not isinstance(node, ast.Attribute) or node.attr not in REACHING_NAMES:
        return False
    owner = node.value
    if _is_super(owner):
        return True
    if isinstance(owner, ast.Name):
        if owner.id == evidence.first_parameter(function):
            return node.attr != function.name
        if owner.id in _supers(function):
            return True
    value = expressions.evaluate(project, owner, cls.flow)
    if isinstance(value, ClassObject) and value.cls is not cls:
        return classes.is_module(project, value.cls) is True
    return False


def _is_super(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and _named(node.func) == "super"


def _supers(function: FunctionNode) -> set[str]:
    """Return the names that ``function`` gives to ``super()``."""
    return {
        name
        for node in ast.walk(function)
        if isinstance(node, ast.Assign) and _is_super(node.value)
        for name in _bound_names(node)
    }


def _is_pass_through(node: FunctionNode, reached: list[ast.AST]) -> bool:
    """Tell whether the body only hands its own arguments on, all of them."""
    body = _without_docstring(node.body)
    if len(reached) != 1 or len(body) != 1 or not isinstance(body[0], ast.Return):
        return False
    call = body[0].value
    if isinstance(call, ast.Call) and _named(call.func) == "cast" and call.args:
        call = call.args[-1]
    if not isinstance(call, ast.Call) or call.func is not reached[0]:
        return False
    return _hands_on(call, node.args)


def _hands_on(call: ast.Call, args: ast.arguments) -> bool:
    """Tell whether ``call`` passes each of ``args`` once, in order, under no other's name.

    Handing a parameter on under the name that ``forward`` has for it is fine.
    """
    named = [arg.arg for arg in (*args.posonlyargs, *args.args)]
    given = [ast.unparse(arg) for arg in call.args]
    if given[:1] != named[:1]:
        named = named[1:]  # bound: self is not passed
    rest = ["*" + args.vararg.arg] if args.vararg else []
    only = [arg.arg for arg in args.kwonlyargs]
    by_name = {ast.unparse(item.value): item.arg for item in call.keywords}
    swapped = any(
        name is not None and name != value and name in (*named, *only)
        for value, name in by_name.items()
    )
    wanted = [name for name in named if name not in by_name] + rest
    spread = {args.kwarg.arg} if args.kwarg else set()
    passed = {value for value in by_name if value in (*named, *only)}
    return (
        not swapped
        and given == wanted
        and passed | set(given) >= {*named, *only}
        and {value for value, name in by_name.items() if name is None} == spread
        and len(by_name) == len(passed) + len(spread)
    )


def _named(node: ast.expr) -> str | None:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else None


def has_own_call(project: Project, cls: AnyClass) -> bool:
    """Tell whether calling an instance of ``cls`` runs other code than Module's.

    ``.forward`` may then be part of that class's own interface, as in gpytorch.
    """
    for base in classes.lineage(project, cls).classes:
        if base == MODULE:
            return False
        if isinstance(base, KnownClass):
            if base.kind == "custom_call" or _may_have_call(base):
                return True
        elif any(d.effect != "pass" for d in own_definitions(project, base)):
            return True
    return False


def _may_have_call(cls: KnownClass) -> bool:
    """Tell whether a class that is not a Module may bring a ``__call__`` of its own.

    Bundled facts do not say; the standard library's usual bases have none.
    """
    package = cls.dotted.partition(".")[0]
    plain = package in sys.stdlib_module_names or package == "typing_extensions"
    return cls.kind == "class" and package != "builtins" and not plain


def own_definitions(project: Project, cls: SourceClass) -> list[CallDefinition]:
    """Return the definitions that replace ``__call__`` for instances of ``cls``."""
    return [d for d in definitions(project, cls) if not _is_typing_only(d)]


def _is_typing_only(definition: CallDefinition) -> bool:
    """Tell whether a declaration does nothing at run time, or is overridden at once."""
    node = definition.node
    if definition.effect != "declared":
        return False
    return not any(isinstance(child, ast.Raise) for child in ast.walk(node))
