"""What stands where in a tree: found in one walk, and kept while a file is linted.

A file may have thousands of suspicious words. What each of them asks of the whole file
is looked up, or time would grow with the square of the file's size.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from functools import lru_cache, wraps
from typing import TYPE_CHECKING, Any, TypeVar

from flake8_forward.syntax.shapes import named
from flake8_forward.syntax.tree import children, walk

if TYPE_CHECKING:
    from flake8_forward.flow.scopes import Scope
    from flake8_forward.lint.context import RuleContext
    from flake8_forward.syntax.body import Body

Key = TypeVar("Key", bound=Hashable)
Found = TypeVar("Found")

Parents = dict[ast.AST, ast.AST]

KEPT = 8
"""Trees, or parts of them, of which an answer is kept: a class, files of its bases."""

_WORDS = {ast.Name: "id", ast.Attribute: "attr", ast.Constant: "value"}

_kept: list[Callable[[], None]] = []


def kept(find: Callable[[Key], Found]) -> Callable[[Key], Found]:
    """Let ``find`` keep its latest answers while a file is linted."""
    cached = lru_cache(maxsize=KEPT)(find)
    _kept.append(cached.cache_clear)
    return cached


def kept_for_body(
    find: Callable[[RuleContext], Found],
) -> Callable[[RuleContext], Found]:
    """Let ``find`` keep its answers, which are the same for all sites of a body.

    A default value belongs to the body of its function, and to another method.
    """
    answers: dict[tuple[Body | None, Scope | None], Found] = {}
    _kept.append(answers.clear)

    @wraps(find)
    def answer(context: RuleContext) -> Found:
        of = context.body, context.method
        if of not in answers:
            answers[of] = find(context)
        return answers[of]

    return answer


def forget() -> None:
    """Let go of what was found out: a file has been linted."""
    for clear in _kept:
        clear()


@kept
def parents(tree: ast.AST) -> Parents:
    """Return the parent of each node below ``tree``."""
    return {child: node for node in walk(tree) for child in children(node)}


def part_of(tree: ast.AST, node: ast.AST) -> ast.AST:
    """Return the node right below ``tree`` that ``node`` is in, or is."""
    up = parents(tree)
    while up[node] is not tree:
        node = up[node]
    return node


@kept
def _by_word(tree: ast.AST) -> dict[tuple[type[ast.AST], str], list[Any]]:
    found: dict[tuple[type[ast.AST], str], list[Any]] = defaultdict(list)
    for node, word in _said(tree):
        found[type(node), word].append(node)
    return {**found}


def _said(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    for node in walk(tree):
        word = getattr(node, _WORDS.get(type(node), ""), None)
        if isinstance(word, str):
            yield node, word


def words(tree: ast.AST) -> set[str]:
    """Return the names, attributes and strings in, and below, ``tree``."""
    return {word for _, word in _said(tree)}


def attributes(tree: ast.AST, word: str) -> list[ast.Attribute]:
    """Return the attributes called ``word`` below ``tree``."""
    return _by_word(tree).get((ast.Attribute, word), [])


def names(tree: ast.AST, word: str) -> list[ast.Name]:
    """Return the names ``word`` below ``tree``."""
    return _by_word(tree).get((ast.Name, word), [])


def texts(tree: ast.AST, word: str) -> list[ast.Constant]:
    """Return the strings below ``tree`` that are ``word``."""
    return _by_word(tree).get((ast.Constant, word), [])


def says(tree: ast.AST, word: str) -> bool:
    """Tell whether something below ``tree`` is called ``word``, or a string says it."""
    return any(find(tree, word) for find in (attributes, names, texts))


def owner(tree: ast.AST, node: ast.AST) -> str | None:
    """Return the class below ``tree`` of whose self ``node`` is an attribute.

    None if it is one of another object, or no attribute.
    """
    if not isinstance(node, ast.Attribute) or named(node.value) != "self":
        return None
    up = parents(tree)
    around = up.get(node)
    while around is not None and not isinstance(around, ast.ClassDef):
        around = up.get(around)
    return around.name if around is not None else None


@kept
def by_owner(tree: ast.AST) -> dict[tuple[str, str | None], list[ast.Attribute]]:
    """Return the attributes below ``tree`` by their name and ``owner``."""
    found: dict[tuple[str, str | None], list[ast.Attribute]] = defaultdict(list)
    for node in walk(tree):
        if isinstance(node, ast.Attribute):
            found[node.attr, owner(tree, node)].append(node)
    return {**found}


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
