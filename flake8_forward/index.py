"""What stands where in a tree: found in one walk, and kept while a file is linted.

A file may have thousands of suspicious words. What each of them asks of the whole file
is looked up, or time would grow with the square of the file's size.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, TypeVar

from flake8_forward.modules.shapes import named
from flake8_forward.tree import children, walk

if TYPE_CHECKING:
    from flake8_forward.analysis.body import Body
    from flake8_forward.context import Site

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")

Parents = dict[ast.AST, ast.AST]

KEPT = 8
"""Trees of which an answer is kept: a class, its file, those of its bases."""

_WORDS = {ast.Name: "id", ast.Attribute: "attr", ast.Constant: "value"}

_kept: list[Callable[[], None]] = []


def kept(find: Callable[[Key], Found]) -> Callable[[Key], Found]:
    """Let ``find`` keep its answers until ``forget``, which a tree must not outlive."""
    cached = lru_cache(maxsize=KEPT)(find)
    _kept.append(cached.cache_clear)
    return cached


def kept_for_body(find: Callable[[Site], Found]) -> Callable[[Site], Found]:
    """Let ``find`` keep its answers, which are the same for all sites of a body."""
    answers: dict[Body | None, Found] = {}
    _kept.append(answers.clear)

    @wraps(find)
    def answer(site: Site) -> Found:
        if site.body not in answers:
            answers[site.body] = find(site)
        return answers[site.body]

    return answer


def forget() -> None:
    """Let go of what was found out about the file before."""
    for clear in _kept:
        clear()


@kept
def parents(tree: ast.AST) -> Parents:
    """Return the parent of each node below ``tree``."""
    return {child: node for node in walk(tree) for child in children(node)}


@kept
def by_word(tree: ast.AST) -> dict[str, list[ast.expr]]:
    """Return the names, attributes and texts below ``tree`` by what they say."""
    found: dict[str, list[ast.expr]] = defaultdict(list)
    for node in walk(tree):
        word = getattr(node, _WORDS.get(type(node), ""), None)
        if isinstance(word, str) and isinstance(node, ast.expr):
            found[word].append(node)
    return {**found}


def part_of(tree: ast.AST, node: ast.AST) -> ast.AST:
    """Return the node right below ``tree`` that ``node`` is in, or is."""
    up = parents(tree)
    while up[node] is not tree:
        node = up[node]
    return node


def attributes(tree: ast.AST, name: str) -> Iterator[ast.Attribute]:
    """Yield the attributes called ``name`` below ``tree``."""
    nodes = by_word(tree).get(name, ())
    return (node for node in nodes if isinstance(node, ast.Attribute))


@kept
def definitions(tree: ast.AST) -> dict[str, list[ast.ClassDef]]:
    """Return the classes below ``tree`` by name."""
    found: dict[str, list[ast.ClassDef]] = defaultdict(list)
    for node in walk(tree):
        if isinstance(node, ast.ClassDef):
            found[node.name].append(node)
    return {**found}


@kept
def derived(tree: ast.AST) -> dict[str, list[ast.ClassDef]]:
    """Return the classes below ``tree`` by the last name of each of their bases."""
    found: dict[str, list[ast.ClassDef]] = defaultdict(list)
    for nodes in definitions(tree).values():
        for node in nodes:
            for name in bases(node):
                found[name].append(node)
    return {**found}


def bases(node: ast.ClassDef) -> set[str]:
    """Return the last part of the name of each base."""
    return {name for base in node.bases if (name := named(base))}
