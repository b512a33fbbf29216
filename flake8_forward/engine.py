"""From suspicious words to findings: parse what holds them, let the rules look.

Only the top-level statements that hold a suspicious word are given to libcst; one
walk, driven by its code generation, finds the words, their ancestors and positions.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import NamedTuple

import libcst as cst
from libcst._nodes.internal import CodegenState

from flake8_forward.context import Site
from flake8_forward.gate import Suspect
from flake8_forward.modules.files import Project, SourceFile


class Finding(NamedTuple):
    """Something to report; ``line`` from 1, ``column`` from 0."""

    line: int
    column: int
    code: str
    message: str


class Word(NamedTuple):
    """A name or string in the concrete tree, with its ancestors, innermost last."""

    node: cst.CSTNode
    ancestors: tuple[cst.CSTNode, ...]
    token: int


class WordVisitor(CodegenState):
    """Visits the nodes of a tree in source order and notes the wanted words.

    Code generation is the cheapest walk that knows positions: the tokens written so
    far say where a node starts.
    """

    def __init__(self, module: cst.Module, wanted: frozenset[str]) -> None:
        super().__init__(module.default_indent, module.default_newline)
        self._wanted = wanted
        self._stack: list[cst.CSTNode] = []
        self.found: list[Word] = []
        module._codegen(self)

    def before_codegen(self, node: cst.CSTNode) -> None:
        """Note ``node`` if it is a wanted word."""
        if isinstance(node, (cst.Name, cst.SimpleString)):
            value = node.value
            if isinstance(node, cst.SimpleString):
                value = str(node.raw_value)
            if value in self._wanted:
                # The parentheses of a name are written before the name itself.
                token = len(self.tokens) + sum(1 for _ in node.lpar)
                self.found.append(Word(node, tuple(self._stack), token))
        self._stack.append(node)

    def after_codegen(self, node: cst.CSTNode) -> None:
        """Leave ``node``."""
        self._stack.pop()

    def positions(self) -> Iterator[tuple[int, int]]:
        """Yield the line (from 1) and column (from 0) of each word found."""
        line, column, done = 1, 0, 0
        for word in self.found:
            for token in self.tokens[done : word.token]:
                newlines = token.count("\n")
                if newlines:
                    line += newlines
                    column = len(token) - token.rindex("\n") - 1
                else:
                    column += len(token)
            done = word.token
            yield line, column


class Segment(NamedTuple):
    """Consecutive lines of a file that are whole statements."""

    start: int
    end: int


def segments(tree: ast.Module, suspects: list[Suspect]) -> list[Segment]:
    """Return the smallest runs of whole top-level statements that hold ``suspects``."""
    found: list[Segment] = []
    wanted = sorted({suspect.line for suspect in suspects})
    for start, end in _statement_lines(tree):
        if any(start <= line <= end for line in wanted):
            found.append(Segment(start, end))
    return found


def _statement_lines(tree: ast.Module) -> list[tuple[int, int]]:
    """Return first and last lines of the statements; those that share one are one."""
    runs: list[tuple[int, int]] = []
    for node in tree.body:
        decorators = getattr(node, "decorator_list", [])
        start = min([node.lineno, *(item.lineno for item in decorators)])
        end = node.end_lineno or start
        if runs and start <= runs[-1][1]:
            start, end = runs[-1][0], max(end, runs.pop()[1])
        runs.append((start, end))
    return runs


def check(
    project: Project, file: SourceFile, suspects: list[Suspect]
) -> Iterator[Finding]:
    """Yield the findings among ``suspects`` of ``file``, in source order."""
    at = {(suspect.line, suspect.column): suspect for suspect in suspects}
    wanted = frozenset(suspect.word for suspect in suspects)
    lines = file.text.split("\n")
    for segment in segments(file.tree, suspects):
        text = "\n".join(lines[segment.start - 1 : segment.end]) + "\n"
        for word, line, column in _words(text, wanted):
            suspect = at.get((segment.start - 1 + line, column))
            if suspect is not None:
                yield from _findings(Site(project, file, suspect, word.ancestors))


def _words(text: str, wanted: frozenset[str]) -> Iterator[tuple[Word, int, int]]:
    try:
        visitor = WordVisitor(cst.parse_module(text), wanted)
    except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError):
        return
    for word, (line, column) in zip(visitor.found, visitor.positions()):
        yield word, line, column


def _findings(site: Site) -> Iterator[Finding]:
    suspect = site.suspect
    for rule in suspect.rules:
        message = rule.check(site)
        if message is not None:
            yield Finding(suspect.line, suspect.column, rule.code, message)
