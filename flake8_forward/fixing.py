"""How a finding can be mended: changes of the text, and whether they are safe."""

from __future__ import annotations

from collections.abc import Iterable
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
    taken: list[Edit] = []
    for item, fix in repairs:
        if not any(_overlap(edit, other) for edit in fix.edits for other in taken):
            chosen.append((item, fix))
            taken += fix.edits
    return chosen


def _overlap(one: Edit, other: Edit) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


def offset(text: str, line: int, column: int) -> int:
    """Return where in ``text`` the place is; ``line`` from 1, ``column`` from 0."""
    start = 0
    for _ in range(line - 1):
        start = text.index("\n", start) + 1
    return start + column
