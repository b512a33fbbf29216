"""The libcst visitor: it meets the nodes that are reported, and says where they are."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeAlias

import libcst as cst
from libcst.metadata import CodeRange, PositionProvider

from flake8_forward.concrete.parts import UNPARSABLE, Key, Parsed, Part, Parts, span
from flake8_forward.concrete.report import Report
from flake8_forward.syntax.unparsing import shortened, without_lines

Place: TypeAlias = tuple[int, int]
"""A line, from 1, and a column, from 0."""

_REPORTED = (
    cst.BaseExpression,
    cst.BaseSmallStatement,
    cst.ClassDef,
    cst.FunctionDef,
)


class Met(NamedTuple):
    """A reported node as it is in the concrete tree."""

    place: Place
    node: cst.CSTNode


class ReportVisitor(cst.CSTVisitor):
    """Meets the classes, functions and expressions in a part of a file.

    ``wanted`` has the numbers of the reports by key, ``met`` what was met by number.
    """

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, parsed: Parsed, wanted: dict[Key, list[int]]) -> None:
        super().__init__()
        self._parsed = parsed
        self._wanted = wanted
        self.met: dict[int, Met] = {}

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Note ``node`` if it is wanted."""
        where = span(node, self._where) if isinstance(node, _REPORTED) else None
        key = self._parsed.key(node, where) if where else None
        if key in self._wanted:
            named = self._where(_name(node)) or where
            assert named is not None
            met = Met(self._parsed.place(named.start), node)
            self.met.update(dict.fromkeys(self._wanted[key], met))
        return True

    def _where(self, node: cst.CSTNode) -> CodeRange | None:
        return self.get_metadata(PositionProvider, node, None)


def _name(node: cst.CSTNode) -> cst.CSTNode:
    """Return the part of ``node`` whose place is reported."""
    if isinstance(node, cst.Attribute):
        return node.attr
    return node.name if isinstance(node, (cst.ClassDef, cst.FunctionDef)) else node


def described(
    tree: ast.Module, lines: list[str], reports: Sequence[tuple[Place, Report]]
) -> Iterator[tuple[Place, str] | None]:
    """Yield place and message of each report; None for one that cannot quote its code.

    Each of ``reports`` comes with its place in Python's tree, which is used where
    libcst cannot parse the statement. Each statement is parsed once, however much is
    reported of it; what is around it, only where it cannot be parsed alone.
    """
    parts = Parts(tree, lines)
    said: dict[int, tuple[Place, str]] = {}
    for is_smallest in (True, False):
        found: dict[Part, dict[Key, list[int]]] = defaultdict(lambda: defaultdict(list))
        for number, ((line, _), report) in enumerate(reports):
            key = parts.key(report.node) if number not in said else None
            part = parts.smallest(line, line) if is_smallest else parts.top_level(line)
            if key is not None and part is not None:
                found[part][key].append(number)
        for part, wanted in found.items():
            for number, met in _met(lines, part, wanted).items():
                said[number] = met.place, _message(reports[number][1], met)
    for number, (place, report) in enumerate(reports):
        yield said.get(number) or _unmet(place, report)


def _met(lines: list[str], part: Part, wanted: dict[Key, list[int]]) -> dict[int, Met]:
    """Return what is met of the reports in a part; nothing where libcst gives up."""
    try:
        parsed = Parsed(lines, part)
        visitor = ReportVisitor(parsed, wanted)
        parsed.wrapper.visit(visitor)
    except UNPARSABLE:
        return {}
    return visitor.met


def _message(report: Report, met: Met) -> str:
    """Return the message, with the code that it quotes as it is written."""
    if isinstance(report.message, str):
        return report.message
    quoted = met.node
    if report.quoted is not report.node and isinstance(quoted, cst.Attribute):
        quoted = quoted.value
    code = cst.Module([]).code_for_node(quoted)
    return report.message(shortened(without_lines(code)))


def _unmet(place: Place, report: Report) -> tuple[Place, str] | None:
    if isinstance(report.message, str):
        return place, report.message
    return None if report.unparsed is None else (place, report.message(report.unparsed))
