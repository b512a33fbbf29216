"""The nodes of a function's body by type, collected once for all rules."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import TypeVar

from flake8_forward.syntax.index import words
from flake8_forward.syntax.memo import Memo
from flake8_forward.syntax.shapes import named
from flake8_forward.syntax.tree import Chain, FunctionNode, NodePath, children, walk
from flake8_forward.syntax.unparsing import unparse

_INNER = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda,
    ast.JoinedStr,  # positions in f-strings are wrong before Python 3.12
)  # fmt: skip
_ASSIGNMENTS = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.NamedExpr)

MAX_HOPS = 3
"""Assignments that are followed backwards from a name."""

Node = TypeVar("Node", bound=ast.AST)


class Body:
    """What runs when a function is called: without nested functions and classes."""

    def __init__(self, function: FunctionNode, chain: Chain) -> None:
        self.function = function
        self.memo = Memo()
        self._paths: dict[type[ast.AST], list[NodePath]] = defaultdict(list)
        self._words: dict[str, set[str]] = {}
        work: list[tuple[ast.AST, Chain]] = [
            (node, (function, chain)) for node in reversed(function.body)
        ]
        while work:
            node, above = work.pop()
            self._paths[type(node)].append(NodePath(node, above))
            if isinstance(node, _INNER):
                continue
            below = (node, above)
            work += [(child, below) for child in reversed(children(node))]

    def node_paths(self, *kinds: type[ast.AST]) -> list[NodePath]:
        """Return the nodes of exactly these types, each type in source order."""
        return [node_path for kind in kinds for node_path in self._paths.get(kind, ())]

    def nodes(self, kind: type[Node]) -> list[Node]:
        """Return the nodes of exactly this type, in source order."""
        return [node_path.node for node_path in self._paths.get(kind, ())]  # type: ignore[misc]

    def values(self, name: str) -> list[ast.expr]:
        """Return the values that this body assigns to ``name``, local or dotted."""
        return [value for value, _ in self._by_name.get(name, ())]

    def only_values(self, name: str) -> list[ast.expr]:
        """Return what ``name`` is bound to here, if nothing else binds it."""
        values = self.values(name)
        return (
            values
            if self.stores(name) == len(values) and not self.is_given(name)
            else []
        )

    def stores(self, name: str) -> int:
        """Return how many times the code of this body binds ``name``."""
        return self._stored[name]

    @cached_property
    def _stored(self) -> Counter[str]:
        names = self.nodes(ast.Name)
        return Counter(node.id for node in names if isinstance(node.ctx, ast.Store))

    def is_given(self, name: str) -> bool:
        """Tell whether ``name`` is a parameter."""
        return name in self._given

    @cached_property
    def _given(self) -> set[str]:
        nodes = walk(self.function.args)
        return {node.arg for node in nodes if isinstance(node, ast.arg)}

    def read(self, name: str) -> list[NodePath]:
        """Return where variables, then where attributes, called ``name`` are read."""
        return self._read.get(name, [])

    @cached_property
    def _read(self) -> dict[str, list[NodePath]]:
        found: dict[str, list[NodePath]] = defaultdict(list)
        for node_path in self.node_paths(ast.Name, ast.Attribute):
            assert isinstance(node_path.node, (ast.Name, ast.Attribute))
            if isinstance(node_path.node.ctx, ast.Load):
                found[named(node_path.node) or ""].append(node_path)
        return {**found}

    @cached_property
    def _by_name(self) -> dict[str, list[tuple[ast.expr, NodePath]]]:
        """The values that are assigned to each name, local or dotted."""
        found: dict[str, list[tuple[ast.expr, NodePath]]] = defaultdict(list)
        for node_path in self.node_paths(*_ASSIGNMENTS):
            node = node_path.node
            assert isinstance(node, _ASSIGNMENTS)
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names = {
                unparse(target)
                for target in targets
                if isinstance(target, (ast.Name, ast.Attribute))
            }
            if node.value is not None:
                for name in names:
                    found[name].append((node.value, node_path))
        return dict(found)

    def words(self, *expressions: ast.expr) -> frozenset[str]:
        """Return the identifiers and strings in, and behind, ``expressions``.

        Behind a local name are the expressions that it is assigned here, and the
        conditions on which it is.
        """
        found: set[str] = set()
        new = {word for node in expressions for word in words(node)}
        for _ in range(MAX_HOPS):
            names = new - found
            found |= new
            new = {word for name in names for word in self._behind(name)}
        return frozenset(found)

    def _behind(self, name: str) -> set[str]:
        """Return the identifiers and strings in what is assigned to ``name``."""
        if name not in self._words:
            self._words[name] = {
                word
                for value, node_path in self._by_name.get(name, ())
                for part in (value, *_conditions(node_path.chain))
                for word in words(part)
            }
        return self._words[name]


def _conditions(chain: Chain) -> Iterator[ast.expr]:
    """Yield the tests of the branches around a statement of the body."""
    while chain is not None and not isinstance(chain[0], _INNER):
        if isinstance(chain[0], (ast.If, ast.While)):
            yield chain[0].test
        chain = chain[1]
