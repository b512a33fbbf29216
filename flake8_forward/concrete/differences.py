"""What differs between two states of some lines, as few characters as that takes."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import TypeAlias

Replacement: TypeAlias = tuple[int, int, str]
"""The start and the end of the characters that a text replaces, and the text."""


def replacements(old: str, new: str) -> Iterator[Replacement]:
    """Yield what turns ``old`` into ``new``: no line is in it that stays as it is.

    Where there are several ways, what is removed or added comes before the end of a
    line, not behind it: the ends of lines need not be alike.
    """
    before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
    starts = [0]
    for line in before:
        starts.append(starts[-1] + len(line))
    done = 0
    for first, last, text in _blocks(before, after):
        start, end, text = _trimmed(old, starts[first], starts[last], text)
        moved = text or old[start:end]
        if not text or start == end:
            ahead = _common(old[done:start][::-1], moved[::-1])
            moved = moved[len(moved) - ahead :] + moved[: len(moved) - ahead]
            text, start, end = moved if text else "", start - ahead, end - ahead
        yield start, end, text
        done = end


def _blocks(before: list[str], after: list[str]) -> Iterator[Replacement]:
    """Yield the lines that are replaced, and by what."""
    if len(before) == len(after):  # by far most fixes stay within their lines
        for row, (one, other) in enumerate(zip(before, after, strict=True)):
            if one != other:
                yield row, row + 1, other
        return
    for tag, first, last, start, end in SequenceMatcher(
        None, before, after
    ).get_opcodes():
        if tag != "equal":
            yield first, last, "".join(after[start:end])


def _trimmed(old: str, start: int, end: int, text: str) -> Replacement:
    """Return a replacement without what it has in common with what it replaces."""
    replaced = old[start:end]
    tail = _common(replaced[::-1], text[::-1])
    end, text = end - tail, text[: len(text) - tail]
    head = _common(old[start:end], text)
    return start + head, end, text[head:]


def _common(one: str, other: str) -> int:
    """Return how many characters two texts begin with alike."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
