"""The shape of code: what a function declares or hands on, what an assignment pairs."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_forward.knowledge.vocabulary import TRANSPARENT
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode, walk
from flake8_forward.syntax.unparsing import unparse

MAX_KEY_PARTS = 5

_TRANSPARENT = TRANSPARENT | {"final", "override", "overrides"}
"""Decorators, by last name, that leave a function's signature and result alone."""


def named(node: ast.expr) -> str | None:
    """Return the last part of a dotted name."""
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else None


def is_name(node: ast.AST | None, name: str | None) -> bool:
    """Tell whether ``node`` is the plain ``name``."""
    return isinstance(node, ast.Name) and node.id == name


def key_of(node: ast.AST | None) -> str | None:
    """Return the dotted key of a name or attribute chain, None for anything else."""
    parts: list[str] = []
    while isinstance(node, ast.Attribute) and len(parts) < MAX_KEY_PARTS:
        parts.append(node.attr)
        node = node.value
    if not isinstance(node, ast.Name):
        return None
    parts.append(node.id)
    return ".".join(reversed(parts))


def first_parameter(node: ast.AST) -> str | None:
    """Return the name of the first parameter of a function."""
    if not isinstance(node, FUNCTIONS):
        return None
    arguments = [*node.args.posonlyargs, *node.args.args]
    return arguments[0].arg if arguments else None


def decorators(node: FunctionNode | ast.ClassDef) -> list[str]:
    """Return the dotted names of the decorators of ``node``, calls included."""
    found = []
    for decorator in node.decorator_list:
        target = decorator.func if isinstance(decorator, ast.Call) else decorator
        found.append(key_of(target) or "")
    return found


def is_transparent(node: FunctionNode) -> bool:
    """Tell whether no decorator may make something else of the function ``node``."""
    return all(name.rpartition(".")[2] in _TRANSPARENT for name in decorators(node))


def is_super(node: ast.AST) -> bool:
    """Tell whether ``node`` is a call of ``super``."""
    return isinstance(node, ast.Call) and named(node.func) == "super"


def pairs(node: ast.Assign | ast.AnnAssign) -> Iterator[tuple[ast.expr, ast.expr]]:
    """Yield each target with its value, as far as the code pairs them one by one."""
    value = node.value
    if value is None:
        return
    for target in node.targets if isinstance(node, ast.Assign) else [node.target]:
        parts = getattr(target, "elts", ()), getattr(value, "elts", ())
        stars = any(isinstance(part, ast.Starred) for side in parts for part in side)
        if not isinstance(target, (ast.Tuple, ast.List)):
            yield target, value
        elif not stars and isinstance(value, (ast.Tuple, ast.List)):
            yield from zip(*parts, strict=False)


def is_declaration(node: FunctionNode) -> bool:
    """Tell whether there is nothing to run: abstract, overload, raise or ``...``."""
    if any(
        named(item) in ("overload", "abstractmethod") for item in node.decorator_list
    ):
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


def is_pass_through(node: FunctionNode, reached: list[ast.AST]) -> bool:
    """Tell whether the body only hands its own arguments on, all of them."""
    body = _without_docstring(node.body)
    if len(reached) != 1 or not isinstance(body[-1], ast.Return):
        return False
    call = body[-1].value if len(body) == 1 else _returned_at_once(body)
    if isinstance(call, ast.Call) and named(call.func) == "cast" and call.args:
        call = call.args[-1]
    if not isinstance(call, ast.Call) or call.func is not reached[0]:
        return False
    return _hands_on(call, node.args)


def _returned_at_once(body: list[ast.stmt]) -> ast.expr | None:
    """Return what is only put into a local name, for a type checker, and returned."""
    first, last = body[0], body[-1]
    if len(body) != 2 or not isinstance(last, ast.Return):
        return None
    if isinstance(first, ast.Assign) and len(first.targets) == 1:
        target = first.targets[0]
    elif isinstance(first, ast.AnnAssign):
        target = first.target
    else:
        return None
    name = last.value
    if not isinstance(target, ast.Name) or not isinstance(name, ast.Name):
        return None
    return first.value if target.id == name.id else None


def _hands_on(call: ast.Call, args: ast.arguments) -> bool:
    """Tell whether ``call`` passes each of ``args`` once, in order, none as another.

    Handing a parameter on under the name that ``forward`` has for it is fine.
    """
    positional = [arg.arg for arg in (*args.posonlyargs, *args.args)]
    given = [unparse(arg) for arg in call.args]
    if given[:1] != positional[:1]:
        positional = positional[1:]  # bound: self is not passed
    rest = ["*" + args.vararg.arg] if args.vararg else []
    only = [arg.arg for arg in args.kwonlyargs]
    by_name = {unparse(item.value): item.arg for item in call.keywords}
    swapped = any(
        name is not None and name != value and name in (*positional, *only)
        for value, name in by_name.items()
    )
    wanted = [name for name in positional if name not in by_name] + rest
    spread = {args.kwarg.arg} if args.kwarg else set()
    passed = {value for value in by_name if value in (*positional, *only)}
    return (
        not swapped
        and given == wanted
        and passed | set(given) >= {*positional, *only}
        and {value for value, name in by_name.items() if name is None} == spread
        and len(by_name) == len(passed) + len(spread)
    )


def blocks(node: ast.stmt) -> Iterator[tuple[list[ast.stmt], bool]]:
    """Yield the blocks of a compound statement, and whether they never run."""
    is_typing = isinstance(node, ast.If) and named(node.test) == "TYPE_CHECKING"
    yield getattr(node, "body", []), is_typing
    yield getattr(node, "orelse", []), False
    yield getattr(node, "finalbody", []), False
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield part.body, False


def super_names(function: FunctionNode) -> set[str]:
    """Return the names that ``function`` gives to ``super()``."""
    return {
        name
        for node in walk(function)
        if isinstance(node, ast.Assign) and is_super(node.value)
        for target, _ in pairs(node)
        if (name := named(target))
    }
