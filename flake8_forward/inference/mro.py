"""Python's method resolution order: the bases of classes, in line."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from typing import TypeVar

from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives, builtin_class
from flake8_forward.inference.values import (
    MODULE,
    OBJECT,
    PART,
    Alias,
    AnyClass,
    ClassObject,
    External,
    KnownClass,
    SourceClass,
    Type,
    Wrapped,
)
from flake8_forward.knowledge.packages import MODULE_KINDS

Item = TypeVar("Item", bound=Hashable)


@dataclass(eq=False, repr=False)
class Lineage:
    """The linearised bases of a class (itself first), and whether all are known.

    A class with one base only refers to the lineage of that base: with copies, a chain
    of classes would take memory by the square of its length.
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


MAX_LINEAGE = 1000
"""Most bases of a class that are followed; a class with more stays unknown."""


def lineage(resolver: Resolver, cls: AnyClass) -> Lineage:
    """Return ``cls`` and its bases in Python's method resolution order.

    Bases come before the classes that need them, without recursion: a chain of
    classes may be deeper than Python's stack.
    """
    if isinstance(cls, KnownClass):
        return _known_lineage(cls)
    known = _settled(cls)
    if known is not None:
        return known
    done: dict[SourceClass, Lineage] = {}
    waiting: dict[SourceClass, list[list[AnyClass]]] = {}
    complete: dict[SourceClass, bool] = {}
    work = [cls]
    while work:
        top = work[-1]
        if top in done or _settled(top) is not None:
            work.pop()
        elif top not in waiting:
            waiting[top], complete[top] = resolver.answer(
                lambda top=top: _bases(resolver, top)  # type: ignore[misc]
            )
            work += [
                base
                for found in waiting[top]
                for base in found
                if isinstance(base, SourceClass) and base not in waiting
            ]
        else:
            done[top] = _linearised(top, waiting[top], done)
            if complete[top]:
                top.file.memo.answers(lineage)[top] = done[top]
            work.pop()
    return _settled(cls) or done[cls]


def _settled(cls: SourceClass) -> Lineage | None:
    """Return the lineage of ``cls`` if it is complete."""
    found: Lineage | None = cls.file.memo.answers(lineage).get(cls)
    return found


def _known_lineage(cls: KnownClass) -> Lineage:
    if cls.kind in MODULE_KINDS and cls != MODULE:
        return Lineage((cls, MODULE), True)
    return Lineage((cls,), cls != PART)


def override(resolver: Resolver, dotted: str) -> KnownClass | None:
    """Return what the options say about the class ``dotted``, if anything."""
    told = resolver.project.options
    if dotted in told.not_modules:
        return OBJECT
    if dotted in told.own_call:
        return KnownClass(dotted, "custom_call")
    if dotted in told.module_bases:
        return MODULE
    return None


def _linearised(
    cls: SourceClass,
    bases: list[list[AnyClass]],
    done: dict[SourceClass, Lineage],
) -> Lineage:
    lines: list[Lineage] = []
    complete = True
    for some in bases:
        found = [_line_of(base, done) for base in some if base is not cls]
        if not found:
            complete = False
        lines += _preferred(found) if len(found) > 1 else found
    complete = complete and all(line.complete for line in lines)
    if sum(line.size for line in lines) > MAX_LINEAGE:
        return Lineage((cls,), False)
    if len(lines) == 1 and (complete or cls not in lines[0].classes):
        return Lineage((cls,), complete, lines[0])
    heads = tuple(line.own[0] for line in lines)
    merged = merge([*(line.classes for line in lines), heads])
    return Lineage((cls, *(base for base in merged if base is not cls)), complete)


def _preferred(found: list[Lineage]) -> list[Lineage]:
    """Of several (an import and its fallback), return the one that is a Module."""
    return [line for line in found if MODULE in line.classes][:1] or found[:1]


def _line_of(base: AnyClass, done: dict[SourceClass, Lineage]) -> Lineage:
    if isinstance(base, KnownClass):
        return _known_lineage(base)
    # A class that inherits from itself is met before it is done.
    return _settled(base) or done.get(base) or Lineage((base,), False)


def _bases(resolver: Resolver, cls: SourceClass) -> list[list[AnyClass]]:
    """Return the alternatives of each base expression of ``cls``; empty if unknown."""
    told = override(resolver, cls.dotted)
    if told is not None:
        return [[told]]
    return [
        [
            base
            for alternative in alternatives(resolver.evaluate(node, cls.flow))
            if (base := _as_base(resolver, alternative)) is not None
        ]
        for node in cls.node.bases
    ]


def _as_base(resolver: Resolver, value: Type) -> AnyClass | None:
    if isinstance(value, ClassObject):
        return value.cls
    if isinstance(value, Wrapped):
        return value.cls
    if isinstance(value, Alias):  # Generic[T], Protocol[T], a typing construct
        return builtin_class("object")
    if isinstance(value, External):
        told = override(resolver, value.dotted)
        if told is not None:
            return told
        if value.dotted.partition(".")[0] in sys.stdlib_module_names:
            return KnownClass(value.dotted, "class")
        if value.dotted.startswith("typing_extensions."):
            return KnownClass(value.dotted, "class")
    return None
