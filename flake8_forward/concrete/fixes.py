"""Fixes as a libcst transformer over the statements that they change.

All that is printed but is not changed must be the source, to the last blank: where
libcst prints a statement otherwise, or cannot parse it, nothing in it is fixed.
"""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple, TypeAlias, TypeVar, cast

import libcst as cst
from libcst.metadata import CodeRange, PositionProvider

from flake8_forward.concrete.differences import Replacement, replacements
from flake8_forward.concrete.parts import UNPARSABLE, Key, Parsed, Part, Parts, span
from flake8_forward.concrete.rewriting import Change, Fix

Node = TypeVar("Node", bound=cst.CSTNode)

_CHANGED = (cst.BaseExpression, cst.BaseSmallStatement, cst.BaseCompoundStatement)


class _Target(NamedTuple):
    """A node that a fix changes; ``number`` says which fix."""

    number: int
    node: ast.AST
    key: Key
    change: Change


Wanted: TypeAlias = dict[Key, list[_Target]]


class _Made(NamedTuple):
    """What makes the fixes in the source, and the numbers of those that are refused."""

    replacements: list[Replacement]
    refused: set[int]


class FixTransformer(cst.CSTTransformer):
    """Changes the ``wanted`` nodes, each after the nodes in it.

    So fixes within fixes are all made. ``refused`` are those that would lose a comment
    or change what an f-string shows; ``missed`` is what is left of ``wanted``.
    """

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, parsed: Parsed, wanted: Wanted) -> None:
        super().__init__()
        self._parsed = parsed
        self._shown = 0
        self.missed = {**wanted}
        self.refused: set[int] = set()

    def on_visit(self, node: cst.CSTNode) -> bool:
        """Note where an f-string shows its code, as ``{code=}`` does."""
        self._shown += _is_shown(node)
        return True

    def on_leave(self, original_node: Node, updated_node: Node) -> Node:
        """Return what takes the place of a node."""
        self._shown -= _is_shown(original_node)
        is_any = isinstance(original_node, _CHANGED)
        where = span(original_node, self._where) if is_any else None
        key = self._parsed.key(original_node, where) if where else None
        node: cst.CSTNode = updated_node
        for target in self.missed.pop(key, ()) if key else ():
            changed = None if self._shown else target.change(node)
            if changed is None:
                self.refused.add(target.number)
            else:
                node = changed
        return cast(Node, node)

    def _where(self, node: cst.CSTNode) -> CodeRange | None:
        return self.get_metadata(PositionProvider, node, None)


def _is_shown(node: cst.CSTNode) -> bool:
    return isinstance(node, cst.FormattedStringExpression) and node.equal is not None


class Rewriter:
    """Makes fixes of one state of a file: ``tree`` is that of ``text``."""

    def __init__(self, tree: ast.Module, text: str) -> None:
        self._lines = text.split("\n")
        self._starts = [0, *accumulate(len(line) + 1 for line in self._lines)]
        self._parts = Parts(tree, self._lines)

    def possible(self, fixes: Sequence[Fix]) -> list[bool]:
        """Tell of each of ``fixes`` whether it can be made."""
        refused = self._made(fixes).refused
        return [number not in refused for number in range(len(fixes))]

    def replacements(self, fixes: Sequence[Fix]) -> list[Replacement]:
        """Return what makes ``fixes``, which are possible, as offsets into the text."""
        return self._made(fixes).replacements

    def _made(self, fixes: Sequence[Fix]) -> _Made:
        made = _Made([], set())
        for top, targets in self._targets(fixes, made.refused).items():
            found = self._in_parts(self._smallest(targets))
            if found is None:
                found = self._in_parts({top: targets}) if top else None
            if found is None:
                made.refused.update(target.number for target in targets)
            else:
                made.replacements.extend(found.replacements)
                made.refused.update(found.refused)
        return made

    def _targets(
        self, fixes: Sequence[Fix], refused: set[int]
    ) -> dict[Part | None, list[_Target]]:
        """Return the nodes to change by the statement of the module around them."""
        found: dict[Part | None, list[_Target]] = defaultdict(list)
        for number, fix in enumerate(fixes):
            for node, change in fix.rewrites:
                key = self._parts.key(node)
                if key is None:
                    refused.add(number)
                else:
                    top = self._parts.top_level(getattr(node, "lineno", 0))
                    found[top].append(_Target(number, node, key, change))
        return found

    def _smallest(self, targets: list[_Target]) -> dict[Part, list[_Target]]:
        """Return the targets by the smallest statements around them, none nested."""
        pairs = [(self._parts.of(target.node), target) for target in targets]
        pairs.sort(key=lambda pair: (pair[0].start, -pair[0].end))
        found: dict[Part, list[_Target]] = {}
        last = Part(0, 0)
        for part, target in pairs:
            if part.start > last.end:
                last = part
                found[last] = []
            elif part.end > last.end:  # they share a line
                held = found.pop(last)
                last = Part(last.start, part.end)
                found[last] = held
            found[last].append(target)
        return found

    def _in_parts(self, parts: dict[Part, list[_Target]]) -> _Made | None:
        """Return what is made in ``parts``; None if one of them does not do."""
        made = _Made([], set())
        for part, targets in parts.items():
            found = self._in_part(part, targets)
            if found is None:
                return None
            made.replacements.extend(found.replacements)
            made.refused.update(found.refused)
        return made

    def _in_part(self, part: Part, targets: list[_Target]) -> _Made | None:
        wanted: Wanted = defaultdict(list)
        for target in targets:
            wanted[target.key].append(target)
        try:
            parsed = Parsed(self._lines, part)
            if parsed.module.code != parsed.text:
                return None
            transformer = FixTransformer(parsed, wanted)
            changed = parsed.wrapper.visit(transformer)
            code = parsed.own(changed.code)
        except UNPARSABLE:
            return None
        if transformer.missed:
            return None
        found = replacements(parsed.own(parsed.text), code)
        return _Made([*self._in_file(parsed, found)], transformer.refused)

    def _in_file(
        self, parsed: Parsed, found: Iterator[Replacement]
    ) -> Iterator[Replacement]:
        """Yield replacements in the text of a part as those in the text of the file."""
        starts = [0, *accumulate(len(line) + 1 for line in parsed.lines)]

        def offset(place: int) -> int:
            row = min(bisect_right(starts, place), len(parsed.lines)) - 1
            line, column = parsed.in_file(row, place - starts[row])
            return self._starts[line - 1] + column

        for start, end, text in found:
            yield offset(start), offset(end), text
