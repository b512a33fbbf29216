"""From suspicious words to findings: the rules look at each, at syntax when they must.

Only the top-level statements that hold a word for which a rule wants to see the
concrete syntax are given to libcst; one walk, driven by its code generation, finds
the words, their ancestors and positions.
"""

from __future__ import annotations

import ast
import logging
import sys
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

import libcst as cst
from libcst._nodes.internal import CodegenState

from flake8_forward.body import Body
from flake8_forward.context import Site
from flake8_forward.gate import Suspect, locate
from flake8_forward.modules.files import Project, SourceFile

LOG = logging.getLogger("flake8-forward")


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
            if not value.isascii():  # Python folds compatibility letters
                value = unicodedata.normalize("NFKC", value)
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


class Syntax:
    """The concrete trees of a file, parsed where and when a rule asks for one."""

    def __init__(self, file: SourceFile, wanted: frozenset[str]) -> None:
        self._lines = file.text.split("\n")
        self._runs = statement_lines(file.tree)
        self._wanted = wanted
        self._parsed: dict[int, dict[tuple[int, int], Word]] = {}

    def ancestors(self, line: int, column: int) -> tuple[cst.CSTNode, ...]:
        """Return the nodes around the word at a position, innermost last.

        Empty where libcst cannot parse the statement: newer syntax than it knows.
        """
        index = bisect_right(self._runs, (line, sys.maxsize)) - 1
        if index < 0:
            return ()
        if index not in self._parsed:
            self._parsed[index] = self._parse(*self._runs[index])
        text = self._lines[line - 1]
        dropped = len(text) - len(text.lstrip("\f"))  # libcst drops form feeds
        word = self._parsed[index].get((line, column - dropped))
        return word.ancestors if word else ()

    def _parse(self, start: int, end: int) -> dict[tuple[int, int], Word]:
        text = "\n".join(self._lines[start - 1 : end]) + "\n"
        try:
            visitor = WordVisitor(cst.parse_module(text), self._wanted)
        except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError):
            return {}
        places = zip(visitor.positions(), visitor.found, strict=True)
        return {(start - 1 + line, column): word for (line, column), word in places}


def statement_lines(tree: ast.Module) -> list[tuple[int, int]]:
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
    syntax = Syntax(file, frozenset(suspect.word for suspect in suspects))
    bodies: dict[int, Body] = {}
    lines = file.text.split("\n")
    given_up: set[int] = set()
    for suspect in suspects:
        site = Site(project, file, suspect, syntax, bodies)
        for rule in suspect.rules:
            project.ask()
            try:
                found = [*rule.findings(site)]
            except RecursionError:
                if suspect.line not in given_up:
                    given_up.add(suspect.line)
                    LOG.warning("%s:%d: not checked: nested too deeply", *site.where)
                continue
            for node, message in found:
                place = suspect[:2] if node is suspect.node else locate(node, lines)
                if place is not None:
                    yield Finding(*place, rule.code, message)
