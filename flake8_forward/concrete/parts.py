"""The parts of a file that are worth a concrete tree: the statements around nodes.

A concrete tree takes a thousand times the memory of its source. So only the smallest
statement around a node is parsed, mostly a line or two; all that is around it, only
where that is not enough.
"""

from __future__ import annotations

import ast
import sys
from bisect import bisect_right
from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import libcst as cst
from libcst.metadata import CodePosition, CodeRange, MetadataWrapper, PositionProvider

from flake8_forward.syntax.positions import characters

Key: TypeAlias = tuple[str, int, int, int, int]
"""What an ast node and its concrete node have in common: a kind, and a range."""

Where: TypeAlias = Callable[[cst.CSTNode], CodeRange | None]

DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
UNPARSABLE = (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError)

_BLOCKS = ("body", "handlers", "cases", "orelse", "finalbody")
"""What holds the statements in a statement, in the order of the source."""


class Part(NamedTuple):
    """Lines of a file, from 1, that are a statement; or only what it begins with."""

    start: int
    end: int
    is_head: bool = False


class Parsed:
    """The concrete tree of a part of a file, and where in the file its nodes are."""

    def __init__(self, lines: list[str], part: Part) -> None:
        """Raise one of UNPARSABLE where libcst cannot parse ``part`` of ``lines``."""
        self.part = part
        given = lines[part.start - 1 : part.end]
        # libcst drops form feeds that begin a line, or not.
        self.lines = [line.lstrip("\f") for line in given]
        self._dropped = [
            len(line) - len(kept) for line, kept in zip(given, self.lines, strict=True)
        ]
        first = self.lines[0]
        indent = first[: len(first) - len(first.lstrip())]
        self.head = ["if 1:"] if indent else []
        self.tail = [f"{indent} pass"] if part.is_head else []
        self.text = "\n".join([*self.head, *self.lines, *self.tail, ""])
        self.module = cst.parse_module(self.text)
        self.wrapper = MetadataWrapper(self.module, unsafe_skip_copy=True)
        try:
            self.wrapper.resolve(PositionProvider)
        except KeyError as error:  # what the provider makes of a RecursionError
            raise RecursionError("nested too deeply for positions") from error

    def own(self, code: str) -> str:
        """Return the lines of the part alone in ``code``, its text or a changed one."""
        lines = code.split("\n")
        return "\n".join(lines[len(self.head) : -1 - len(self.tail)])

    def place(self, at: CodePosition) -> tuple[int, int]:
        """Return the line, from 1, and the column, from 0, in the file."""
        return self.in_file(at.line - len(self.head) - 1, at.column)

    def in_file(self, row: int, column: int) -> tuple[int, int]:
        """Return the line and the column in the file of those, from 0, in the part."""
        is_own = 0 <= row < len(self._dropped)
        dropped = self._dropped[row] if is_own else 0
        return self.part.start + row, column + dropped

    def key(self, node: cst.CSTNode, where: CodeRange) -> Key:
        """Return the key of the ast node for ``node``, which stands ``where``."""
        start, end = self.place(where.start), self.place(where.end)
        if isinstance(node, cst.Attribute):
            return ("attribute", *end, *end)
        if isinstance(node, (cst.FunctionDef, cst.ClassDef)):
            return ("definition", *start, *start)
        if isinstance(node, cst.BaseExpression):
            return ("expression", *start, *end)
        return ("statement", *start, *start)


class Parts:
    """Finds the parts of a file."""

    def __init__(self, tree: ast.Module, lines: list[str]) -> None:
        self._lines = lines
        self._statements, self._parents = _statements(tree)
        self._starts = [first_line(node) for node in self._statements]
        self._tops = _top_level(tree)

    def smallest(self, first: int, last: int) -> Part | None:
        """Return the smallest statement on the lines from ``first`` to ``last``.

        None if they are in none, which is so where Python gives wrong positions.
        """
        index = bisect_right(self._starts, first) - 1
        while index >= 0 and (self._statements[index].end_lineno or 0) < last:
            index = self._parents[index]
        if index < 0:
            return None
        start, end = self._starts[index], self._statements[index].end_lineno or last
        body = getattr(self._statements[index], "body", None)
        if body and first_line(body[0]) > last:
            return Part(start, first_line(body[0]) - 1, is_head=True)
        return Part(start, end)

    def of(self, node: ast.AST) -> Part:
        """Return the smallest statement around ``node``; a definition as a whole."""
        first, last = getattr(node, "lineno", 0), getattr(node, "end_lineno", None) or 0
        if isinstance(node, DEFINITIONS):
            return Part(first_line(node), last)
        return self.smallest(first, last) or Part(first, last)

    def top_level(self, line: int) -> Part | None:
        """Return the statements of the module that share the ``line``."""
        index = bisect_right(self._tops, (line, sys.maxsize)) - 1
        return self._tops[index] if index >= 0 else None

    def key(self, node: ast.AST) -> Key | None:
        """Return the key of the concrete node that stands where ``node`` does.

        None if there is none for this type of node.
        """
        if isinstance(node, ast.Attribute):
            end = self._end(node)
            return ("attribute", *end, *end)
        if isinstance(node, DEFINITIONS):
            start = node.lineno, characters(self._lines, node.lineno, node.col_offset)
            return ("definition", *start, *start)
        if isinstance(node, (ast.expr, ast.stmt)):
            start = node.lineno, characters(self._lines, node.lineno, node.col_offset)
            if isinstance(node, ast.expr):
                return ("expression", *start, *self._end(node))
            return ("statement", *start, *start)
        return None

    def _end(self, node: ast.expr) -> tuple[int, int]:
        line = node.end_lineno or node.lineno
        return line, characters(self._lines, line, node.end_col_offset or 0)


def first_line(node: ast.AST) -> int:
    """Return the first line of a statement: a definition's decorators belong to it."""
    decorators: list[ast.expr] = getattr(node, "decorator_list", [])
    line: int = getattr(node, "lineno", 0)
    return min([line, *(item.lineno for item in decorators)])


def _statements(tree: ast.Module) -> tuple[list[ast.stmt], list[int]]:
    """Return all statements in source order, and the index of that around each."""
    found: list[ast.stmt] = []
    parents: list[int] = []
    work: list[tuple[ast.AST, int]] = [(node, -1) for node in reversed(tree.body)]
    while work:
        node, parent = work.pop()
        if isinstance(node, ast.stmt):
            found.append(node)
            parents.append(parent)
            parent = len(found) - 1
        below = [item for name in _BLOCKS for item in getattr(node, name, ())]
        work += [(item, parent) for item in reversed(below)]
    return found, parents


def _top_level(tree: ast.Module) -> list[Part]:
    """Return the statements of the module; those that share a line are one part."""
    parts: list[Part] = []
    for node in tree.body:
        start = first_line(node)
        end = node.end_lineno or start
        if parts and start <= parts[-1].end:
            start, end = parts[-1].start, max(end, parts.pop().end)
        parts.append(Part(start, end))
    return parts


def span(node: cst.CSTNode, where: Where) -> CodeRange | None:
    """Return where ast says that ``node`` is: the parentheses of a tuple are its own.

    ``where`` gives the positions of libcst, which leave all parentheses out.
    """
    if isinstance(node, (cst.Tuple, cst.GeneratorExp)) and node.lpar:
        start, end = where(node.lpar[-1]), where(node.rpar[0])
        return CodeRange(start.start, end.end) if start and end else None
    return where(node)
