"""How a finding can be fixed: edits of the text, and whether they are safe."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple, TypeVar

Item = TypeVar("Item")


class Edit(NamedTuple):
    """Put ``text`` in place of the characters from ``start`` to ``end`` of a file."""

    start: int
    end: int
    text: str


class Fix(NamedTuple):
    """Edits that belong together.

    A safe fix leaves the program as its author meant it; one that is not may change
    behaviour that somebody relies on.
    """

    edits: tuple[Edit, ...]
    is_safe: bool = True


def compatible(repairs: Iterable[tuple[Item, Fix]]) -> list[tuple[Item, Fix]]:
    """Return the ``repairs`` without those whose fix overlaps an earlier one's."""
    chosen: list[tuple[Item, Fix]] = []
    taken: list[Edit] = []  # none overlaps another: they are in order by both ends
    for item, fix in repairs:
        if not any(_is_taken(edit, taken) for edit in fix.edits):
            chosen.append((item, fix))
            for edit in fix.edits:
                insort(taken, edit)
    return chosen


def _is_taken(edit: Edit, taken: list[Edit]) -> bool:
    """Tell whether ``edit`` overlaps one of ``taken``: it would be a neighbour."""
    place = bisect_left(taken, edit)
    return any(_overlap(edit, other) for other in taken[max(0, place - 2) : place + 2])


def _overlap(one: Edit, other: Edit) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def offset(text: str, line: int, column: int) -> int:
    """Return where in ``text`` the place is; ``line`` from 1, ``column`` from 0."""
    return _line_starts(text)[line - 1] + column


@lru_cache(maxsize=1)
def _line_starts(text: str) -> list[int]:
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
