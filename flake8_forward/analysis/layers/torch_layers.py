"""torch's own layers: their traits, by name and arguments."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from typing import TypeAlias

from flake8_forward.inference.values import KnownClass
from flake8_forward.knowledge.vocabulary import (
    MOVES,
    NOISY,
    PARAMETERS,
    SWITCHES,
    WEIGHTED,
    WRAPPING,
)
from flake8_forward.syntax.shapes import named

Traits: TypeAlias = frozenset[str]

WEIGHTS: Traits = frozenset({"weights"})
"""Parameters, which an optimizer should train."""
STATISTICS: Traits = frozenset({"statistics"})
"""Running statistics, which eval mode uses and state_dict() should save."""
RANDOM: Traits = frozenset({"random"})
"""Noise in train mode, which eval mode should switch off."""
SET: Traits = frozenset({"set"})
"""Weights that the layer's own ``__init__`` sets: they may be the same each time."""
LOADED: Traits = frozenset({"loaded"})
"""Weights that are loaded or frozen: they need no optimizer."""
NO_TRAITS: Traits = frozenset()
"""No proven traits."""

_BUILTINS = frozenset(dir(builtins))

_CARRIED: dict[str, Traits] = {"statistics": STATISTICS, "weights": WEIGHTS}


def made(node: ast.expr) -> ast.Call | None:
    """Return the call that creates ``node``, without conversions such as ``.to()``."""
    while isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        inner = node.func.value
        if node.func.attr not in MOVES or not isinstance(inner, ast.Call):
            break
        node = inner
    return node if isinstance(node, ast.Call) else None


def may_make(node: ast.AST) -> bool:
    """Tell cheaply, by its name, whether the call ``node`` may create a layer."""
    function = node.func if isinstance(node, ast.Call) else node
    if isinstance(function, ast.Attribute):
        return function.attr.lstrip("_")[:1].isupper() or function.attr in WRAPPING
    return isinstance(function, ast.Name) and function.id not in _BUILTINS


def is_torchs(cls: KnownClass) -> bool:
    """Tell whether ``cls`` is one of torch's layers."""
    package = cls.dotted.rpartition(".")[0]
    return package == "torch.nn" or package.startswith("torch.nn.modules")


def of_torch(cls: KnownClass, call: ast.Call) -> Traits:
    """Return the traits of torch's layer ``cls`` created by ``call``."""
    if cls.dotted in PARAMETERS:
        return WEIGHTS
    if not is_torchs(cls):
        return NO_TRAITS
    name = cls.dotted.rpartition(".")[2]
    if name in WEIGHTED:
        return WEIGHTS
    if name in NOISY:
        rate = _argument(call, "p", 0)
        return NO_TRAITS if _is_constant(rate, 0) else RANDOM
    found = NO_TRAITS
    for keyword, position, default, what in SWITCHES.get(name, ()):
        given = _argument(call, keyword, position)
        if default if given is None else _is_constant(given, True):
            found |= _CARRIED[what]
    return found


def _argument(call: ast.Call, keyword: str, position: int) -> ast.expr | None:
    """Return what ``call`` passes for a parameter; the call itself if unknown."""
    for item in call.keywords:
        if item.arg == keyword:
            return item.value
    if any(item.arg is None for item in call.keywords) or any(
        isinstance(value, ast.Starred) for value in call.args
    ):
        return call
    return call.args[position] if position < len(call.args) else None


def _is_constant(node: ast.expr | None, value: object) -> bool:
    return isinstance(node, ast.Constant) and node.value == value


def calls_in(nodes: list[ast.expr]) -> Iterator[ast.Call]:
    """Yield the calls that make the items of literals and comprehensions."""
    for node in nodes:
        if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
            yield from calls_in(node.elts)
        elif isinstance(node, ast.Dict):
            yield from calls_in(node.values)
        elif isinstance(node, (ast.ListComp, ast.GeneratorExp, ast.SetComp)):
            yield from calls_in([node.elt])
        elif isinstance(node, (ast.DictComp, ast.Starred)):
            yield from calls_in([node.value])
        elif isinstance(node, ast.IfExp):
            yield from calls_in([node.body, node.orelse])
        elif isinstance(node, ast.BinOp):
            yield from calls_in([node.left, node.right])
        elif isinstance(node, ast.Call):
            if named(node.func) in ("OrderedDict", "deque", "dict", "list", "tuple"):
                yield from calls_in(node.args)
                yield from calls_in([item.value for item in node.keywords])
            else:
                yield node
