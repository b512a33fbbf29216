"""Answers that are kept as long as the object that they are about.

State has an owner: a file, a part of its tree or a body holds a ``Memo``, and what was
found out about it goes with it. No Python module keeps answers of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Protocol, TypeVar

Found = TypeVar("Found")


class Memo:
    """The answers to questions about one object, by question.

    A question is the function that answers it.
    """

    __slots__ = ("_answers",)

    def __init__(self) -> None:
        self._answers: dict[Callable[..., Any], dict[Any, Any]] = {}

    def answers(self, question: Callable[..., Any]) -> dict[Any, Any]:
        """Return the answers to ``question`` by its other arguments; add to them."""
        found = self._answers.get(question)
        if found is None:
            found = self._answers[question] = {}
        return found

    def clear(self) -> None:
        """Drop all answers."""
        self._answers.clear()


class Owner(Protocol):
    """Anything that has a memo."""

    @property
    def memo(self) -> Memo:
        """Where answers about this object are kept."""


OwnerT = TypeVar("OwnerT", bound=Owner)


def memoized(question: Callable[[OwnerT], Found]) -> Callable[[OwnerT], Found]:
    """Return ``question``, which takes only an owner, answered once for each."""

    @wraps(question)
    def answer(owner: OwnerT) -> Found:
        answers = owner.memo.answers(question)
        if None not in answers:
            answers[None] = question(owner)
        found: Found = answers[None]
        return found

    return answer
