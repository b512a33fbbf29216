"""Where names are in the text of a file: lines from 1, columns in characters from 0."""

from __future__ import annotations

import ast
import re
import unicodedata
from array import array
from bisect import bisect_left
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate

_DEFINITION = re.compile(r"(?:async\b)?[\s\\]*(?:def|class)[\s\\]+")

MAX_SPELLING = 8
"""Characters in which one letter of a name may be written."""


def position(node: ast.AST, word: str, lines: list[str]) -> tuple[int, int] | None:
    """Return the line (from 1) and column (from 0, in characters) of ``word``.

    ``node`` is an attribute that ends in it, a definition of it, or code that starts
    with it; for other nodes, None is returned.
    """
    if isinstance(node, ast.Attribute):
        line, column = node.end_lineno or 0, node.end_col_offset or 0
        return line, characters(lines, line, column) - len(word)
    if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        line = node.lineno
        start = characters(lines, line, node.col_offset)
        rest = "\n".join([lines[line - 1][start:], *lines[line : line + 3]])
        match = _DEFINITION.match(rest)
        if match is None:
            return None
        skipped = match.group()
        if "\n" in skipped:
            return line + skipped.count("\n"), len(skipped.rpartition("\n")[2])
        return line, start + len(skipped)
    if isinstance(node, (ast.expr, ast.stmt)):
        return node.lineno, characters(lines, node.lineno, node.col_offset)
    return None


def locate(node: ast.AST, lines: list[str]) -> tuple[int, int] | None:
    """Return line and column of ``node``: of the name that it ends in or defines.

    None if the name is not there: Python gives some syntax a wrong position.
    """
    word = next(
        (w for name in ("attr", "name", "id") if (w := getattr(node, name, None))), ""
    )
    place = position(node, word, lines)
    if place is None or not 0 < place[0] <= len(lines):
        return None
    text = lines[place[0] - 1][place[1] : place[1] + MAX_SPELLING * len(word)]
    return place if unicodedata.normalize("NFKC", text).startswith(word) else None


def characters(lines: list[str], line: int, offset: int) -> int:
    """Return the column in characters of the UTF-8 ``offset`` that ast counts in."""
    if not 0 < line <= len(lines):
        return offset
    text = lines[line - 1]
    if text.isascii():
        return offset
    return min(bisect_left(_starts(text), offset), len(text))


@lru_cache(maxsize=2)
def _starts(text: str) -> array[int]:
    """Return where in UTF-8 each character of ``text`` starts."""
    return array("L", accumulate((len(mark.encode()) for mark in text), initial=0))


def line_numbers(text: str, offsets: Iterable[int]) -> list[int]:
    """Return the lines (from 1) in which ``offsets`` of ``text`` are, in order."""
    lines: list[int] = []
    line, counted = 1, 0
    for offset in sorted(offsets):
        line += text.count("\n", counted, offset)
        counted = offset
        if not lines or lines[-1] != line:
            lines.append(line)
    return lines
