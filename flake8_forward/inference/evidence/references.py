"""Where a project refers to a function or class by its name."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flake8_forward.inference.resolver import Resolver
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.positions import line_numbers
from flake8_forward.syntax.shapes import key_of, named
from flake8_forward.syntax.tree import FUNCTIONS, children

MAX_FILES = 40
"""Most files that are parsed to find the references to one name."""

MAX_REFERENCES = 200
"""Most references to one name that are looked at."""

_TESTS = frozenset({"isinstance", "issubclass", "hasattr", "getattr", "type", "len"})
"""Functions that only look at what they are given."""


class Reference(NamedTuple):
    """A name or attribute, with the nodes around it from the module down."""

    file: SourceFile
    ancestry: list[ast.AST]

    @property
    def node(self) -> ast.expr:
        """The name or attribute itself."""
        node = self.ancestry[-1]
        assert isinstance(node, ast.expr)
        return node

    @property
    def parent(self) -> ast.AST:
        """The node that it is a part of."""
        return self.ancestry[-2]

    @property
    def is_declaration(self) -> bool:
        """Tell whether this only says what something is, or tests it."""
        if not isinstance(getattr(self.node, "ctx", None), ast.Load):
            return True
        if isinstance(self.parent, ast.Compare):
            return True
        if isinstance(self.parent, ast.Call) and key_of(self.parent.func) in _TESTS:
            return self.parent.func is not self.node
        for outer, inner in zip(self.ancestry, self.ancestry[1:], strict=False):
            if isinstance(outer, ast.arg):
                return True
            if isinstance(outer, ast.AnnAssign) and inner is outer.annotation:
                return True
            if isinstance(outer, FUNCTIONS) and inner is outer.returns:
                return True
        return False


def references(
    resolver: Resolver,
    file: SourceFile,
    word: str,
    is_local: bool = False,
    is_method: bool = False,
) -> list[Reference] | None:
    """Return the references to ``word``, in ``file`` alone if it ``is_local``.

    Those to a method are attributes.

    None if there are too many, or if a file with the word cannot be read.
    """
    if not resolver.project.search().is_complete:
        return None
    if is_method:
        called = resolver.project.search().calling(word)
        paths: Sequence[str] = sorted({*called, file.path})
    else:
        paths = [file.path] if is_local else _importing(resolver, word)
    if len(paths) > MAX_FILES:
        return None
    found: list[Reference] = []
    for path in paths:
        source = file if path == file.path else resolver.project.file(path)
        if source is None:
            return None
        found += (
            Reference(source, nodes)
            for nodes in mentions(source, word)
            if not is_method or isinstance(nodes[-1], ast.Attribute)
        )
        if len(found) > MAX_REFERENCES:
            return None
    return found


def _importing(resolver: Resolver, word: str) -> Sequence[str]:
    """Return the files that mention ``word``, or what one of them imports it as."""
    search = resolver.project.search()
    paths = {*search.mentioning(word)}
    if search.matching(rf"(?<!\w){re.escape(word)}[ \t]+as[ \t]", word):
        for path in sorted(paths)[:MAX_FILES]:
            file = resolver.project.file(path)
            for alias in _aliases([*_at(file, word)]) if file is not None else ():
                paths.update(search.mentioning(alias))
    return sorted(paths)


def mentions(file: SourceFile, word: str) -> list[list[ast.AST]]:
    """Return the names and attributes ``word`` in ``file``, each with its ancestors.

    So are those of another name under which ``word`` is imported.
    """
    known: dict[str, list[list[ast.AST]]] = file.brief.answers(mentions)
    if word not in known:
        found = [*_at(file, word)]
        for alias in sorted(_aliases(found) - {word}):
            found += _at(file, alias)
        known[word] = [nodes for nodes in found if isinstance(nodes[-1], ast.expr)]
    return known[word]


def _aliases(found: list[list[ast.AST]]) -> set[str]:
    """Return the names that imports give to what they import by another one."""
    nodes = [ancestry[-1] for ancestry in found]
    return {n.asname for n in nodes if isinstance(n, ast.alias) and n.asname}


def _at(file: SourceFile, word: str) -> Iterator[list[ast.AST]]:
    """Yield the nodes called ``word``."""
    whole = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    for nodes in _in_lines(file, whole):
        if _is_called(nodes[-1], word):
            yield [*nodes]


def calls(file: SourceFile, name: str) -> list[list[ast.AST]]:
    """Return the calls by the name ``name`` in ``file``, each with its ancestors."""
    return [
        nodes[:-1]
        for nodes in mentions(file, name)
        if isinstance(nodes[-2], ast.Call) and nodes[-2].func is nodes[-1]
    ]


def classes_called(file: SourceFile, name: str) -> Iterator[list[ast.AST]]:
    """Yield the class statements of this name in ``file``, each with its ancestors."""
    for nodes in _in_lines(file, re.compile(rf"\bclass[ \t]+{re.escape(name)}\b")):
        node = nodes[-1]
        if isinstance(node, ast.ClassDef) and node.name == name:
            yield [*nodes]


def _in_lines(file: SourceFile, pattern: re.Pattern[str]) -> Iterator[list[ast.AST]]:
    """Yield the nodes, with their ancestors, that are in lines with the ``pattern``.

    Other parts of the tree are not visited: a body may have to be parsed first.
    """
    starts = (match.start() for match in pattern.finditer(file.text))
    lines = line_numbers(file.text, starts)
    if not lines:
        return
    work: list[tuple[ast.AST, int]] = [(file.tree, 0)]
    ancestry: list[ast.AST] = []
    while work:
        node, depth = work.pop()
        del ancestry[depth:]
        ancestry.append(node)
        yield ancestry
        below = [child for child in children(node) if _covers(child, lines)]
        work += ((child, depth + 1) for child in reversed(below))


def _is_called(node: ast.AST, word: str) -> bool:
    if isinstance(node, ast.alias):
        return node.name.rpartition(".")[2] == word
    return isinstance(node, (ast.Name, ast.Attribute)) and named(node) == word


def _covers(node: ast.AST, lines: list[int]) -> bool:
    start: int | None = getattr(node, "lineno", None)
    if start is None:
        return True
    for decorator in getattr(node, "decorator_list", ()):
        start = min(start, decorator.lineno)
    index = bisect_left(lines, start)
    return index < len(lines) and lines[index] <= (getattr(node, "end_lineno", 0) or 0)
