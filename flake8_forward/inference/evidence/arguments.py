"""Which argument of a call a parameter gets."""

from __future__ import annotations

import ast
from typing import NamedTuple

from flake8_forward.syntax.shapes import key_of
from flake8_forward.syntax.tree import FunctionNode
from flake8_forward.syntax.unparsing import string


class Arguments(NamedTuple):
    """What a call passes; ``is_spread`` if a ``**`` may pass anything by name."""

    positional: list[ast.expr]
    named: dict[str, ast.expr]
    is_spread: bool


def of_call(call: ast.Call) -> Arguments:
    """Return what ``call`` passes to what it calls."""
    named = {item.arg: item.value for item in call.keywords if item.arg is not None}
    return Arguments(call.args, named, len(named) < len(call.keywords))


def handed_on(call: ast.Call, function: ast.expr) -> Arguments | None:
    """Return what ``call`` has its argument ``function`` called with; None if unclear.

    As in ``partial(function, …)``, ``Thread(target=function, args=(…))`` and
    ``spawn(function, args=(…))``, which passes a number first.
    """
    given = of_call(call)
    name = (key_of(call.func) or "").rpartition(".")[2]
    if name == "partial" and call.args[:1] == [function]:
        return given._replace(positional=call.args[1:])
    is_target = given.named.get("target") is function
    is_spawned = name == "spawn" and call.args[:1] == [function]
    if not is_target and not is_spawned:
        return None
    packed, by_name = given.named.get("args"), given.named.get("kwargs")
    if not isinstance(packed, (ast.Tuple, ast.List, type(None))):
        return None
    if not isinstance(by_name, (ast.Dict, type(None))):
        return None
    positional = [*packed.elts] if packed is not None else []
    pairs = zip(by_name.keys, by_name.values, strict=True) if by_name else ()
    named = {text: value for key, value in pairs if (text := string(key))}
    first = [ast.Constant(0)] if is_spawned else []
    return Arguments([*first, *positional], named, False)


def passed(
    given: Arguments, node: FunctionNode, arg: ast.arg, skipped: int
) -> ast.expr | None:
    """Return the expression that a call of ``node`` passes for ``arg``, or its default.

    The first ``skipped`` parameters are bound already. None if it cannot be told.
    """
    if arg.arg in given.named and arg not in node.args.posonlyargs:
        return given.named[arg.arg]
    parameters = [*node.args.posonlyargs, *node.args.args]
    if arg in parameters:
        index = parameters.index(arg) - skipped
        before = given.positional[: index + 1]
        if index < 0 or any(isinstance(item, ast.Starred) for item in before):
            return None
        if index < len(given.positional):
            return given.positional[index]
    return None if given.is_spread else default(node, arg)


def fits(given: Arguments, args: ast.arguments, skipped: int) -> bool:
    """Tell whether a function with the parameters ``args`` may be called so."""
    positional = [arg.arg for arg in (*args.posonlyargs, *args.args)][skipped:]
    names = {*positional, *(arg.arg for arg in args.kwonlyargs)}
    if not given.named.keys() <= names and args.kwarg is None:
        return False
    if given.is_spread or any(isinstance(x, ast.Starred) for x in given.positional):
        return True
    count = len(given.positional)
    required = positional[: len(positional) - len(args.defaults)][count:]
    required += [
        arg.arg
        for arg, value in zip(args.kwonlyargs, args.kw_defaults, strict=True)
        if value is None
    ]
    return (count <= len(positional) or args.vararg is not None) and all(
        name in given.named for name in required
    )


def default(node: FunctionNode, arg: ast.arg) -> ast.expr | None:
    """Return the default of the parameter ``arg`` of ``node``."""
    positional = [*node.args.posonlyargs, *node.args.args]
    offset = len(positional) - len(node.args.defaults)
    for index, value in enumerate(node.args.defaults, offset):
        if positional[index] is arg:
            return value
    keywords = zip(node.args.kwonlyargs, node.args.kw_defaults, strict=True)
    return next((value for item, value in keywords if item is arg), None)
