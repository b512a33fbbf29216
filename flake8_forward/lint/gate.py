"""The cheap gate: which words of a file are candidates, from text and tree.

Most files hold no such word and are done after a search of their text. Nothing here
imports libcst.
"""

from __future__ import annotations

import ast
import re
import unicodedata
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from copy import copy
from typing import TypeAlias

from flake8_forward.lint.candidate import Candidate
from flake8_forward.lint.triggers import TRIGGERS
from flake8_forward.syntax.positions import line_numbers, position
from flake8_forward.syntax.tree import Chain, children

OFF_BY_DEFAULT = "FWD9"
"""Prefix of the codes that are off by default."""

Codes: TypeAlias = tuple[str, ...]

_DECORATED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_IN_F_STRING = (ast.FormattedValue, ast.JoinedStr)
_DEFINED = re.compile(r"def[\s\\]+(\w+)")  # a leading \b makes it 20 times slower
_ODD = re.compile(r"[^\0-\x7f]")
_RENAMED = re.compile(r" as (\w+)")
_BINDING = r"[\s\\]*(?:[:,)\]]|=(?!=)|(?:[-+*/%@&|^]|//|\*\*|<<|>>)=|in\b)"
"""What follows an attribute that is assigned, also by ``|=``, or in a loop."""
_CALLED = re.compile(r"[ \t\\\n]*\(")


class Gate:
    """Finds the candidates of files for a set of rules, given by their codes."""

    def __init__(self, codes: Iterable[str]) -> None:
        """Take the codes of the enabled rules."""
        tables: dict[str, dict[str, Codes]] = defaultdict(dict)
        for code in codes:
            for kind, words in TRIGGERS[code].items():
                for word in words.split():
                    tables[kind][word] = (*tables[kind].get(word, ()), code)
        self._attributes = tables["attributes"]
        self._stores = tables["stores"]
        self._calls = tables["calls"]
        self._definitions = tables["definitions"]
        self._names = tables["names"]
        self._strings = tables["strings"]
        found = {*self._attributes, *self._calls, *self._names, *self._strings}
        self._words = sorted(found)
        stored = "|".join(sorted(self._stores)) or "(?!)"
        self._stored = re.compile(rf"\.[\s\\]*(?:{stored})(?:{_BINDING})")

    def candidates(self, text: str, tree: ast.Module) -> list[Candidate]:
        """Return the candidates of a file in source order; most files have none."""
        # Python folds compatibility characters in identifiers: so do we.
        plain = text if text.isascii() else _folded(text)
        renamed: dict[str, str] = {}
        wanted = line_numbers(plain, self._offsets(plain, renamed))
        if renamed:
            return self._with(renamed).candidates(text, tree)
        if not wanted:
            return []
        lines = text.split("\n")
        found = [
            Candidate(*place, word, node, chain, codes)
            for node, chain, word, codes in self._in_tree(tree, wanted)
            if (place := position(node, word, lines))
        ]
        return sorted(found, key=lambda candidate: candidate[:2])

    def _with(self, renamed: dict[str, str]) -> Gate:
        """Return the gate of a file that calls functions by other names."""
        gate = copy(self)
        gate._calls = {**self._calls}
        for new, old in renamed.items():
            gate._calls[new] = self._calls[old]
        gate._words = sorted({*self._words, *renamed})
        return gate

    def _offsets(self, text: str, renamed: dict[str, str]) -> Iterator[int]:
        """Yield the offsets in ``text`` of words that can be code there.

        Note in ``renamed`` what functions are imported as, if it is not known yet.
        """
        for match in _DEFINED.finditer(text):
            if match[1] in self._definitions:
                yield match.start(1)
        for match in self._stored.finditer(text):
            yield match.start()
        for word in self._words:
            start = text.find(word)
            while start >= 0:
                end = start + len(word)
                if self._may_count(text, word, start, end):
                    yield start
                elif text.startswith(" as ", end) and word in self._calls:
                    alias = _RENAMED.match(text, end)
                    if alias and alias[1] not in self._calls:
                        renamed[alias[1]] = word
                start = text.find(word, end)

    def _may_count(self, text: str, word: str, start: int, end: int) -> bool:
        before, after = text[start - 1 : start], text[end : end + 1]
        if _continues(before) or _continues(after):
            return False
        if word in self._calls and _CALLED.match(text, end):
            return not text.endswith("self.", 0, start)  # a layer, not the function
        if before == ".":
            return word in self._attributes and not text.endswith("super().", 0, start)
        if word in self._strings and before in ("'", '"') and before == after:
            return True
        if word in self._names:
            return True
        # The dot may stand before white space, a line break, a comment.
        lead = text[max(0, start - 200) : start].rstrip(" \t\f\\")
        return word in self._attributes and lead.endswith((".", "\n"))

    def _in_tree(
        self, tree: ast.Module, wanted: list[int]
    ) -> Iterator[tuple[ast.AST, Chain, str, Codes]]:
        work: list[tuple[ast.AST, Chain]] = [(tree, None)]
        while work:
            node, chain = work.pop()
            found = self._word(node)
            if found:
                yield node, chain, *found
            below = (node, chain)
            work += [
                (child, below) for child in children(node) if _may_hold(child, wanted)
            ]

    def _word(self, node: ast.AST) -> tuple[str, Codes] | None:
        """Return the word that ``node`` is, and the codes of the rules that want it."""
        codes: Codes = ()
        word = ""
        if isinstance(node, ast.Attribute):
            word = node.attr
            codes = () if _on_super(node) else self._attributes.get(word, ())
            if isinstance(node.ctx, ast.Store):
                codes += self._stores.get(word, ())
            else:
                codes += self._calls.get(word, ())
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            word = node.name
            codes = self._names.get(word, ()) + self._definitions.get(word, ())
        elif isinstance(node, ast.Name):
            word = node.id
            table = self._names if isinstance(node.ctx, ast.Store) else self._calls
            codes = table.get(word, ())
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            word = node.value
            codes = self._strings.get(word, ())
        return (word, codes) if codes else None


def _folded(text: str) -> str:
    """Return ``text`` with compatibility letters, such as full-width ones, normalised.

    One character at a time: the time for normalising grows with the square of
    the accents in a row.
    """
    odd = set(_ODD.findall(text))
    plain = {ord(mark): unicodedata.normalize("NFKC", mark) for mark in odd}
    letters = {mark: new for mark, new in plain.items() if new.isascii()}
    return text.translate(letters) if letters else text


def _continues(character: str) -> bool:
    """Tell whether ``character`` beside a word makes it a longer identifier."""
    return character.isalnum() or character == "_"


def _may_hold(node: ast.AST, wanted: list[int]) -> bool:
    """Tell whether ``node`` covers one of the ``wanted`` lines.

    Nodes without a position may; so may those in f-strings, whose positions are wrong
    before Python 3.12.
    """
    start: int | None = getattr(node, "lineno", None)
    if start is None or isinstance(node, _IN_F_STRING):
        return True
    if isinstance(node, _DECORATED) and node.decorator_list:
        start = min(start, *(item.lineno for item in node.decorator_list))
    index = bisect_left(wanted, start)
    return index < len(wanted) and wanted[index] <= (node.end_lineno or 0)  # type: ignore[attr-defined]


def _on_super(node: ast.Attribute) -> bool:
    """Tell whether this is ``super().word``, with which a class extends its base."""
    owner = node.value
    return (
        isinstance(owner, ast.Call)
        and isinstance(owner.func, ast.Name)
        and owner.func.id == "super"
    )
