"""Uses of objects that only Modules allow, collected once for each body of a file.

Only in files that mention torch: there, an object that has a ``forward`` and is used
in one of these ways is a Module.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict

from flake8_forward.flow.builder import module_scope
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import ClassObject
from flake8_forward.knowledge.vocabulary import (
    COMMON_MOVES,
    CONTAINERS,
    ONLY_MODULES_HAVE,
    ONLY_MODULES_TELL,
    REGISTRATIONS,
    WEIGHTS,
    WRAPPERS,
)
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.tree import walk
from flake8_forward.syntax.unparsing import unparse

_OTHERS = "botorch|gpytorch|jittor|megengine|mindspore|oneflow|paddle"
OTHER_LIBRARY = re.compile(
    rf"^[ \t]*(?:import|from)[ \t]+(?:{_OTHERS})\b", re.MULTILINE
)
"""Imports of libraries whose objects are used like Modules but are not Modules, or
whose ``.forward`` is meant to be called."""

HOLDERS = CONTAINERS | WRAPPERS


@memoized
def is_telling(file: SourceFile) -> bool:
    """Tell whether uses in ``file`` count: it does not import one of those libraries."""
    own = file.name.partition(".")[0] in _OTHERS.split("|")
    other = own or OTHER_LIBRARY.search(file.text) is not None
    return not other


def spelled(node: ast.AST) -> str | None:
    """Return the spelling of a name with attributes and subscripts, else None.

    Subscripts that are not constants are alike: they pick any element.
    """
    parts: list[str] = []
    while not isinstance(node, ast.Name):
        if isinstance(node, ast.Attribute):
            parts.append("." + node.attr)
        elif isinstance(node, ast.Subscript) and not isinstance(node.slice, ast.Slice):
            constant = isinstance(node.slice, (ast.Constant, ast.UnaryOp))
            parts.append(f"[{unparse(node.slice) if constant else ''}]")
        else:
            return None
        node = node.value
    return node.id + "".join(reversed(parts))


def methods_used(
    resolver: Resolver, file: SourceFile, body: ast.AST, spelling: str
) -> frozenset[str]:
    """Return the names by which ``body`` uses the object of this spelling as a Module.

    They are methods and attributes that Modules have, and that few other objects have.
    """
    if "torch" not in file.text or not is_telling(file):
        return frozenset()
    known: dict[ast.AST, dict[str, frozenset[str]]] = file.memo.answers(methods_used)
    if body in known:
        return known[body].get(spelling, frozenset())
    found, is_complete = resolver.answer(lambda: _used(resolver, file, body))
    if is_complete:
        known[body] = found
    return found.get(spelling, frozenset())


def _used(
    resolver: Resolver, file: SourceFile, body: ast.AST
) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    moved: dict[str, str] = {}
    switched: set[str] = set()
    for node in walk(body):
        told: list[tuple[ast.expr, str]] = []
        if isinstance(node, ast.Attribute):
            told = _read(node)
        elif isinstance(node, ast.Call):
            told = _held(resolver, file, node)
            if isinstance(node.func, ast.Attribute):
                told += _called(node, node.func)
                if node.func.attr in COMMON_MOVES:
                    moved[spelled(node.func.value) or ""] = node.func.attr
                elif node.func.attr == "train" and _changes_mode(node):
                    switched.add(spelled(node.func.value) or "")
        for item, name in told:
            if spelling := spelled(item):
                found[spelling].add(name)
    # Tensors are moved, other objects are trained; only Modules are both.
    for spelling in moved.keys() & switched:
        found[spelling] |= {moved[spelling], "train"}
    return {spelling: frozenset(names) for spelling, names in found.items()}


def _read(node: ast.Attribute) -> list[tuple[ast.expr, str]]:
    """Return the object of which ``node`` reads an attribute that only Modules have."""
    if node.attr in ONLY_MODULES_TELL and isinstance(node.ctx, ast.Load):
        return [(node.value, node.attr)]
    # x.weight.device and the like: the weight is a tensor.
    weight = node.value
    if isinstance(weight, ast.Attribute) and node.attr in WEIGHTS.get(weight.attr, ()):
        return [(weight.value, weight.attr)]
    return []


def _called(node: ast.Call, method: ast.Attribute) -> list[tuple[ast.expr, str]]:
    """Return the objects that the call of ``method`` shows to be Modules."""
    if method.attr not in ONLY_MODULES_HAVE:
        return []
    if method.attr == "eval" and (node.args or node.keywords):
        return []  # of an expression, as pandas has it
    if method.attr in REGISTRATIONS:
        registered = [(item, "register_module") for item in node.args[1:2]]
        return [(method.value, method.attr), *registered]
    return [(method.value, method.attr)]


def _changes_mode(node: ast.Call) -> bool:
    """Tell whether a call of ``train`` gets a mode at most: others train on data."""
    values = [*node.args, *(keyword.value for keyword in node.keywords)]
    return not values or (
        len(values) == 1
        and isinstance(values[0], ast.Constant)
        and isinstance(values[0].value, bool)
    )


def _held(
    resolver: Resolver, file: SourceFile, node: ast.Call
) -> list[tuple[ast.expr, str]]:
    """Return what is passed to a torch container or wrapper, which takes only Modules."""
    return [(item, "register_module") for item in _in_holder(resolver, file, node)]


def _in_holder(resolver: Resolver, file: SourceFile, node: ast.Call) -> list[ast.expr]:
    name = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    name = node.func.id if isinstance(node.func, ast.Name) else name
    if name not in HOLDERS or not node.args:
        return []
    value = resolver.evaluate(node.func, module_scope(file).final)
    if not isinstance(value, ClassObject) or not value.cls.dotted.startswith("torch."):
        return []
    if name in WRAPPERS:
        return node.args[:1]
    first = node.args[0]
    if isinstance(first, (ast.List, ast.Tuple)):
        return first.elts
    if isinstance(first, ast.Dict):
        return first.values
    return node.args if name == "Sequential" else []
