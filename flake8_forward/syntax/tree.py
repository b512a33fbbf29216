"""Walks over Python's syntax trees, in half the time that the ``ast`` module takes.

Contexts and operators are left out: no rule looks at them as nodes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple, TypeAlias

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
ScopeNode: TypeAlias = ast.Module | ast.ClassDef | FunctionNode
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)

Parents: TypeAlias = dict[ast.AST, ast.AST]
"""The parent of each node of a tree."""

Chain: TypeAlias = "tuple[ast.AST, Chain] | None"
"""A node and its ancestors, innermost first."""


class NodePath(NamedTuple):
    """A node and the chain of its ancestors up to the module."""

    node: ast.AST
    chain: Chain


_PLAIN = frozenset({
    "arg", "asname", "attr", "conversion", "ctx", "id", "is_async", "kind",
    "kwd_attrs", "level", "module", "name", "op", "ops", "rest", "simple", "tag",
    "type_comment", "type_ignores",
})  # fmt: skip
"""Fields that hold text, numbers, contexts or operators in any node."""

_INNER = (*FUNCTIONS, ast.ClassDef, ast.Lambda)
_LEAVES = ("Constant", "Global", "MatchSingleton", "Nonlocal")
_WITH_GAPS = (ast.Dict, ast.arguments)
"""Types of nodes whose lists hold None where something is left out."""


class _Fields(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of each type of node that hold other nodes."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        names = () if kind.__name__ in _LEAVES else kind._fields
        held = tuple(name for name in names if name not in _PLAIN)
        if kind.__name__ == "TypeAlias":
            held = ("name", *held)
        self[kind] = held
        return held


_FIELDS = _Fields()


def children(node: ast.AST) -> list[ast.AST]:
    """Return the nodes right below ``node``, in the order of its fields."""
    kind = node.__class__
    found: list[ast.AST] = []
    for name in _FIELDS[kind]:
        value = getattr(node, name, None)
        if value.__class__ is list:
            found += value
        elif value is not None:
            found.append(value)
    if kind in _WITH_GAPS:
        return [child for child in found if child is not None]
    return found


def functions(
    body: list[ast.stmt], through: tuple[type[ast.stmt], ...] = ()
) -> Iterator[FunctionNode]:
    """Yield the functions in ``body``, its branches and its ``through`` statements."""
    blocks = [body]
    while blocks:
        for node in blocks.pop():
            if isinstance(node, FUNCTIONS):
                yield node
            elif isinstance(node, (ast.If, ast.Try, ast.With, *through)):
                blocks.append(getattr(node, "body", []))
                blocks.append(getattr(node, "orelse", []))
                blocks += [handler.body for handler in getattr(node, "handlers", [])]


def own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes in the body of ``function``, not those in nested definitions."""
    work: list[ast.AST] = [*getattr(function, "body", ())]
    while work:
        node = work.pop()
        yield node
        if not isinstance(node, _INNER):
            work += children(node)


def walk(*roots: ast.AST) -> Iterator[ast.AST]:
    """Yield ``roots`` and all nodes below them, breadth first."""
    work = [*roots]
    for node in work:  # extended in the loop
        yield node
        work += children(node)


def ancestries(
    tree: ast.AST, kinds: type[ast.AST] | tuple[type[ast.AST], ...]
) -> Iterator[list[ast.AST]]:
    """Yield the nodes from ``tree`` down to each node of ``kinds``, in source order."""
    work: list[tuple[ast.AST, int]] = [(tree, 0)]
    ancestry: list[ast.AST] = []
    while work:
        node, depth = work.pop()
        del ancestry[depth:]
        ancestry.append(node)
        if isinstance(node, kinds):
            yield [*ancestry]
        below = [(child, depth + 1) for child in children(node)]
        work += reversed(below)
