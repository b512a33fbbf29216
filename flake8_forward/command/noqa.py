"""``noqa`` comments for existing findings, so that only new ones are reported."""

from __future__ import annotations

import ast
import io
import tokenize
import warnings
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from flake8.defaults import NOQA_INLINE_REGEXP
from flake8.violation import Violation

from flake8_forward.command import sources
from flake8_forward.command.sources import Edit, offset

WORD = "noqa"
"""How a comment that silences a line begins."""


def silence(path: str, found: Sequence[Violation]) -> str | None:
    """Add a ``noqa`` comment for each of ``found`` to the file at ``path``.

    Return a complaint if the file cannot be changed, else None. Findings that no
    comment can silence are skipped: linting the file again shows them.
    """
    try:
        source = sources.read(path)
        after = source.replaced(_edits(source.plain, found))
        if _program(after.plain) != _program(source.plain):
            raise ValueError("a comment would change the program")
        sources.replace(path, source, after)
    except (*sources.UNREADABLE, tokenize.TokenError, RecursionError) as error:
        return f"{path}: not silenced: {sources.reason(error)}"
    return None


def _program(text: str) -> str:
    """Return a text that is equal for programs that differ only in comments and blanks."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return ast.dump(ast.parse(text))


class _Span(NamedTuple):
    """Lines that share a ``noqa`` in flake8, and the offset of their comment, if any."""

    first: int
    last: int
    comment: int | None


def _spans(text: str) -> Iterator[_Span]:
    """Yield the spans of ``text``: mostly one line; strings and backslashes join more."""
    rows: list[int] = []
    comment: int | None = None
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type in (tokenize.DEDENT, tokenize.ENDMARKER):
            continue
        rows += (token.start[0], token.end[0])
        if token.type == tokenize.COMMENT:
            comment = offset(text, *token.start)
        if token.type in (tokenize.NL, tokenize.NEWLINE):
            yield _Span(min(rows), token.start[0], comment)
            rows, comment = [], None


def _edits(text: str, found: Sequence[Violation]) -> Iterator[Edit]:
    codes: dict[int, set[str]] = defaultdict(set)
    lines = text.split("\n")
    for item in found:
        # flake8 reports all lines that share a comment: this one must be among them.
        line = lines[item.line_number - 1 : item.line_number]
        if item.physical_line is not None and not {*line}.issubset(
            item.physical_line.split("\n")
        ):
            raise ValueError("it was changed in the meantime")
        codes[item.line_number].add(item.code)
    for span in _spans(text):
        rows = range(span.first, span.last + 1)
        added = sorted(set().union(*(codes.get(row, ()) for row in rows)))
        edit = _edit(text, span, ", ".join(added)) if added else None
        if edit is not None:
            yield edit


def _edit(text: str, span: _Span, codes: str) -> Edit | None:
    """Return the edit that adds ``codes``; None if flake8 would not look there."""
    start = offset(text, span.first, 0)
    end = offset(text, span.last + 1, 0) - 1
    present = NOQA_INLINE_REGEXP.search(text, start, end)
    if present is None:
        end = start + len(text[start:end].rstrip())
        return Edit(end, end, f"  # {WORD}: {codes}")
    if span.comment is None or present.start() < span.comment or not present["codes"]:
        return None
    end = present.start() + len(present.group().rstrip(", \t"))
    return Edit(end, end, f", {codes}")
