"""Python's method resolution order: how the lines of several bases become one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TypeVar

from flake8_forward.inference.values import AnyClass

Item = TypeVar("Item", bound=Hashable)


@dataclass(eq=False, repr=False)
class Lineage:
    """The linearised bases of a class (itself first), and whether all are known.

    A class of one base only refers to that one's lineage: copies would let a chain of
    classes take memory by the square of its length.
    """

    own: tuple[AnyClass, ...]
    complete: bool
    above: Lineage | None = None
    size: int = field(init=False)

    def __post_init__(self) -> None:
        self.size = len(self.own) + (self.above.size if self.above else 0)

    @property
    def classes(self) -> tuple[AnyClass, ...]:
        """All of them, the class itself first."""
        found, above = [*self.own], self.above
        while above is not None:
            found += above.own
            above = above.above
        return tuple(found)


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
