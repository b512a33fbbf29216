"""The concrete syntax around a suspicious word, parsed where a rule asks for it."""

from __future__ import annotations

import ast
import sys
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from flake8_forward.concrete.fixing import Edit, Fix, offset
from flake8_forward.syntax.unparsing import unparse, without_lines

if TYPE_CHECKING:
    import libcst as cst

    from flake8_forward.concrete.words import Word
    from flake8_forward.lint.context import RuleContext
    from flake8_forward.project.files import SourceFile

# libcst takes longer to import than flake8 itself: not before a finding is near.

MAX_SOURCE = 60

Lines: TypeAlias = tuple[int, int]
"""The first and the last line of a part of a file."""

_STATEMENTS = (ast.stmt, ast.mod)

BLANKS = " \t\f\n\\"
"""What may stand around a dot; a backslash only before the end of its line."""


class Syntax:
    """The concrete trees of parts of a file, parsed where and when a rule asks for one.

    They take a thousand times the memory of their source: of the statement around the
    word, mostly a line or two; of all that is around it where that does not do.
    """

    def __init__(self, file: SourceFile, wanted: frozenset[str]) -> None:
        self._file = file
        self._wanted = wanted
        self._parsed: dict[Lines, dict[tuple[int, int], Word]] = {}

    def ancestors(
        self, path: list[ast.AST], line: int, column: int
    ) -> tuple[cst.CSTNode, ...]:
        """Return the nodes around the word at a position, innermost last.

        ``path`` leads to it from the module. Empty where libcst cannot parse the
        statement: newer syntax than it knows.
        """
        text = self._file.lines[line - 1]
        dropped = len(text) - len(text.lstrip("\f"))  # libcst drops form feeds
        parts = self._parts(path, line)
        # Words come in order: what is around the last one is enough.
        self._parsed = {
            part: self._parsed[part] for part in parts if part in self._parsed
        }
        for part in parts:
            if part not in self._parsed:
                self._parsed[part] = self._parse(*part)
            word = self._parsed[part].get((line, column - dropped))
            if word is not None:
                return word.ancestors
        return ()

    @cached_property
    def _runs(self) -> list[Lines]:
        return statement_lines(self._file.tree)

    def _parts(self, path: list[ast.AST], line: int) -> list[Lines]:
        """Return the lines that may be parsed to know what is around a word."""
        inner = next(node for node in reversed(path) if isinstance(node, _STATEMENTS))
        start, end = getattr(inner, "lineno", 0), getattr(inner, "end_lineno", 0)
        parts = [(start, end)] if start <= line <= end else []
        index = bisect_right(self._runs, (line, sys.maxsize)) - 1
        return [*parts, self._runs[index]] if index >= 0 else parts

    def _parse(self, start: int, end: int) -> dict[tuple[int, int], Word]:
        from flake8_forward.concrete.words import words

        lines = self._file.lines[start - 1 : end]
        if lines[0].lstrip("\f")[:1].isspace():  # a statement of a block
            lines.insert(0, "if 1:")
            start -= 1
        found = words("\n".join(lines) + "\n", self._wanted)
        return {(start - 1 + line, col): word for (line, col), word in found.items()}


def statement_lines(tree: ast.Module) -> list[Lines]:
    """Return first and last lines of the statements; those that share one are one."""
    runs: list[Lines] = []
    for node in tree.body:
        decorators = getattr(node, "decorator_list", [])
        start = min([node.lineno, *(item.lineno for item in decorators)])
        end = node.end_lineno or start
        if runs and start <= runs[-1][1]:
            start, end = runs[-1][0], max(end, runs.pop()[1])
        runs.append((start, end))
    return runs


def attribute_of(context: RuleContext) -> cst.Attribute | None:
    """Return the attribute whose name is the word."""
    import libcst as cst

    ancestors = context.ancestors
    parent = ancestors[-1] if ancestors else None
    return parent if isinstance(parent, cst.Attribute) else None


def source(node: cst.CSTNode | ast.AST) -> str:
    """Return the code of ``node`` on one line, shortened in the middle if long."""
    if isinstance(node, ast.AST):
        code = unparse(node)
    else:
        import libcst as cst

        code = without_lines(cst.Module([]).code_for_node(node))
    text = " ".join(code.split())
    if len(text) <= MAX_SOURCE:
        return text
    half = (MAX_SOURCE - 3) // 2
    return f"{text[:half]}...{text[-half:]}"


def without_attribute(context: RuleContext) -> Fix | None:
    """Return the fix that takes the word and its dot away: ``m.word(x)`` to ``m(x)``.

    None where a comment would be lost, or the output of an f-string would change.
    """
    import libcst as cst

    attribute = attribute_of(context)
    if attribute is None or any(_is_shown(node) for node in context.ancestors):
        return None
    text, word = context.file.text, context.candidate.word
    name = offset(text, context.candidate.line, context.candidate.column)
    dot = _without_blanks(text, name)
    if "#" in cst.Module([]).code_for_node(attribute.dot):
        return None
    if text[dot - 1 : dot] != "." or not text.startswith(word, name):
        return None  # spelled oddly, or in an f-string before Python 3.12
    return Fix((Edit(_without_blanks(text, dot - 1), name + len(word), ""),))


def _without_blanks(text: str, end: int) -> int:
    """Return where the blanks begin that stand before ``end``."""
    while end and text[end - 1] in BLANKS:
        end -= 1
    return end


def _is_shown(node: cst.CSTNode) -> bool:
    """Tell whether an f-string shows the code in ``node``, as ``{code=}`` does."""
    import libcst as cst

    return isinstance(node, cst.FormattedStringExpression) and node.equal is not None
