"""Words of a text in libcst's concrete tree: one walk, driven by its code generation.

Importing this imports libcst, which takes longer than all the rest of a small run.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

import libcst as cst
from libcst._nodes.internal import CodegenState


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


def words(text: str, wanted: frozenset[str]) -> dict[tuple[int, int], Word]:
    """Return the ``wanted`` words of ``text`` by line (from 1) and column (from 0).

    Empty where libcst cannot parse it: newer syntax than it knows.
    """
    try:
        visitor = WordVisitor(cst.parse_module(text), wanted)
    except (cst.ParserSyntaxError, cst.CSTValidationError, RecursionError):
        return {}
    return dict(zip(visitor.positions(), visitor.found, strict=True))
