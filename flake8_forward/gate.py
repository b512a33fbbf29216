"""The cheap gate: which words of a file could be a finding, from text and tree.

Most files hold no such word and are done after a search of their text. Nothing here
imports libcst.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, Optional

from flake8_forward.rule import Rule

Chain = Optional[tuple[ast.AST, "Chain"]]  # a node and its ancestors, innermost first

_DEFINITION = re.compile(r"(?:async\b)?[\s\\]*(?:def|class)[\s\\]+")


class Suspect(NamedTuple):
    """A word that some rules want to look at, and where it stands in the tree."""

    line: int
    column: int
    word: str
    node: ast.AST
    chain: Chain
    rules: tuple[Rule, ...]


class Gate:
    """Made once for a set of rules; then asked about file after file."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        self._attributes: dict[str, tuple[Rule, ...]] = {}
        self._names: dict[str, tuple[Rule, ...]] = {}
        self._strings: dict[str, tuple[Rule, ...]] = {}
        for rule in rules:
            for table, words in (
                (self._attributes, rule.attributes),
                (self._names, rule.names),
                (self._strings, rule.strings),
            ):
                for word in words:
                    table[word] = (*table.get(word, ()), rule)
        self.words = frozenset({*self._attributes, *self._names, *self._strings})
        self._text = re.compile("|".join(self._patterns()) or r"(?!)")

    def _patterns(self) -> Iterator[str]:
        # An attribute may stand on the line after its dot, behind a comment.
        for word in sorted(self._attributes):
            yield rf"\.(?:\s|\\\n|#.*\n)*{word}\b"
        for word in sorted({*self._names, *self._strings}):
            yield rf"\b{word}\b"

    def suspects(self, text: str, tree: ast.AST) -> list[Suspect]:
        """Return the suspicious words of a file in source order; mostly there is none."""
        # Python folds exotic letters in identifiers, so only plain text can be trusted.
        if text.isascii() and not self._text.search(text):
            return []
        lines = text.splitlines(keepends=True) if False else re.split(r"(?<=\n)", text)
        found = [*self._in_tree(tree, lines)]
        return sorted(found, key=lambda suspect: suspect[:2])

    def _in_tree(self, tree: ast.AST, lines: list[str]) -> Iterator[Suspect]:
        work: list[tuple[ast.AST, Chain]] = [(tree, None)]
        while work:
            node, chain = work.pop()
            found = self._word(node)
            if found:
                word, rules = found
                place = _position(node, word, lines)
                if place is not None:
                    yield Suspect(*place, word, node, chain, rules)
            below = (node, chain)
            for child in ast.iter_child_nodes(node):
                work.append((child, below))

    def _word(self, node: ast.AST) -> tuple[str, tuple[Rule, ...]] | None:
        if isinstance(node, ast.Attribute):
            rules = self._attributes.get(node.attr)
            return (node.attr, rules) if rules and not _on_super(node) else None
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            rules = self._names.get(node.name)
            return (node.name, rules) if rules else None
        if isinstance(node, ast.Name):
            rules = self._names.get(node.id)
            stored = isinstance(node.ctx, ast.Store)
            return (node.id, rules) if rules and stored else None
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            rules = self._strings.get(node.value)
            return (node.value, rules) if rules else None
        return None


def _on_super(node: ast.Attribute) -> bool:
    """Tell whether this is ``super().word``, which is how a class extends its base."""
    owner = node.value
    return (
        isinstance(owner, ast.Call)
        and isinstance(owner.func, ast.Name)
        and owner.func.id == "super"
    )


def _position(node: ast.AST, word: str, lines: list[str]) -> tuple[int, int] | None:
    """Return the line (from 1) and column (from 0, in characters) of ``word``."""
    if isinstance(node, ast.Attribute):
        line, column = node.end_lineno or 0, node.end_col_offset or 0
        return line, _characters(lines, line, column) - len(word)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
        line = node.lineno
        start = _characters(lines, line, node.col_offset)
        rest = "".join([lines[line - 1][start:], *lines[line : line + 3]])
        match = _DEFINITION.match(rest)
        if match is None:
            return None
        skipped = match.group()
        if "\n" in skipped:
            return line + skipped.count("\n"), len(skipped.rpartition("\n")[2])
        return line, start + len(skipped)
    if isinstance(node, (ast.Name, ast.Constant)):
        return node.lineno, _characters(lines, node.lineno, node.col_offset)
    return None


def _characters(lines: list[str], line: int, offset: int) -> int:
    """Return the column in characters of the UTF-8 ``offset`` that ast counts in."""
    if not 0 < line <= len(lines):
        return offset
    text = lines[line - 1]
    return offset if text.isascii() else len(text.encode()[:offset].decode(errors="replace"))
