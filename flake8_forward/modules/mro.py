"""Python's method resolution order: how the lines of several bases become one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from heapq import heappop, heappush
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


def merge(lines: Sequence[Sequence[Item]]) -> list[Item]:
    """Merge linearisations as C3 does; where it has no answer, keep them in order.

    Each class is looked at once for each line that it is in: a class may have
    hundreds of bases.
    """
    left = Counter(cls for line in lines for cls in line)
    rest = [iter(line) for line in lines]
    head: dict[int, Item] = {}  # by the number of the line
    heads: dict[Item, list[int]] = {}  # the lines that it is the head of
    ready: list[int] = []  # the first line of each head that no other class precedes
    merged: dict[Item, None] = {}

    def advance(line: int) -> None:
        for cls in rest[line]:
            left[cls] -= 1
            if cls not in merged:
                head[line] = cls
                heads.setdefault(cls, []).append(line)
                if not left[cls]:
                    heappush(ready, min(heads[cls]))
                break

    for line in range(len(lines)):
        advance(line)
    while heads:
        first = heappop(ready) if ready else min(min(some) for some in heads.values())
        merged[head[first]] = None
        for line in heads.pop(head[first]):
            advance(line)
    return [*merged]
