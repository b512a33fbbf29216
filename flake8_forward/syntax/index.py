"""An index of a tree: built in one pass, and only looked up from then on.

A file may have thousands of candidates. What each of them asks of the whole file is
looked up, or time would grow with the square of the file's size.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from typing import Any

from flake8_forward.syntax.memo import Memo
from flake8_forward.syntax.shapes import named
from flake8_forward.syntax.tree import Parents, children, walk

_WORDS = {ast.Name: "id", ast.Attribute: "attr", ast.Constant: "value"}


class TreeIndex:
    """What is below ``root``, and the memo of questions about that part of a tree."""

    def __init__(self, root: ast.AST) -> None:
        self.root = root
        self.memo = Memo()

    @cached_property
    def parents(self) -> Parents:
        """The parent of each node below."""
        return {child: node for node in walk(self.root) for child in children(node)}

    def part_of(self, node: ast.AST) -> ast.AST:
        """Return the node right below the root that ``node`` is in, or is."""
        while self.parents[node] is not self.root:
            node = self.parents[node]
        return node

    @cached_property
    def _by_word(self) -> dict[tuple[type[ast.AST], str], list[Any]]:
        found: dict[tuple[type[ast.AST], str], list[Any]] = defaultdict(list)
        for node, word in _said(self.root):
            found[type(node), word].append(node)
        return {**found}

    def attributes(self, word: str) -> list[ast.Attribute]:
        """Return the attributes called ``word``."""
        return self._by_word.get((ast.Attribute, word), [])

    def names(self, word: str) -> list[ast.Name]:
        """Return the variables called ``word``, where they are read or bound."""
        return self._by_word.get((ast.Name, word), [])

    def texts(self, word: str) -> list[ast.Constant]:
        """Return the strings that are ``word``."""
        return self._by_word.get((ast.Constant, word), [])

    def says(self, word: str) -> bool:
        """Tell whether something is called ``word``, or a string says it."""
        finders = (self.attributes, self.names, self.texts)
        return any(find(word) for find in finders)

    def owner(self, node: ast.AST) -> str | None:
        """Return the name of the class of whose self ``node`` is an attribute.

        None if it is an attribute of another object, or not an attribute.
        """
        if not isinstance(node, ast.Attribute) or named(node.value) != "self":
            return None
        around = self.parents.get(node)
        while around is not None and not isinstance(around, ast.ClassDef):
            around = self.parents.get(around)
        return around.name if around is not None else None

    @cached_property
    def by_owner(self) -> dict[tuple[str, str | None], list[ast.Attribute]]:
        """The attributes by name and ``owner``."""
        found: dict[tuple[str, str | None], list[ast.Attribute]] = defaultdict(list)
        for node in walk(self.root):
            if isinstance(node, ast.Attribute):
                found[node.attr, self.owner(node)].append(node)
        return {**found}

    @cached_property
    def definitions(self) -> dict[str, list[ast.ClassDef]]:
        """The classes by name."""
        found: dict[str, list[ast.ClassDef]] = defaultdict(list)
        for node in walk(self.root):
            if isinstance(node, ast.ClassDef):
                found[node.name].append(node)
        return {**found}

    @cached_property
    def derived(self) -> dict[str, list[ast.ClassDef]]:
        """The classes by the last name of each of their bases."""
        found: dict[str, list[ast.ClassDef]] = defaultdict(list)
        for nodes in self.definitions.values():
            for node in nodes:
                for name in bases(node):
                    found[name].append(node)
        return {**found}


def _said(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    for node in walk(tree):
        word = getattr(node, _WORDS.get(type(node), ""), None)
        if isinstance(word, str):
            yield node, word


def words(tree: ast.AST) -> set[str]:
    """Return the names, attributes and strings in, and below, ``tree``."""
    return {word for _, word in _said(tree)}


def bases(node: ast.ClassDef) -> set[str]:
    """Return the last part of the name of each base of the class ``node``."""
    return {name for base in node.bases if (name := named(base))}
