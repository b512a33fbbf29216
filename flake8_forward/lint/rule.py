"""What a rule is: a class in a file of its own under ``rules``."""

from __future__ import annotations

import inspect
import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from flake8_forward.concrete.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_forward.lint.context import RuleContext

TRIGGER_KINDS = ("attributes", "stores", "calls", "definitions", "names", "strings")
"""The attributes of a rule that hold its trigger words."""


LABELS = ("Exempt", "Fix", "Source")
"""Labels of the paragraphs after a rule's reasons, in this order."""


class Documentation(NamedTuple):
    """What a rule's docstring says, paragraph by paragraph, in reStructuredText.

    ``title`` is what it reports, ``why`` the reasons, ``exempt`` what is not reported,
    ``fix`` how to fix it, ``source`` the URL of the documentation behind the reasons.
    """

    title: str
    why: tuple[str, ...]
    exempt: str
    fix: str
    source: str


class Rule(ABC):
    """One code. The docstring of a subclass is its documentation.

    The trigger words are ``attributes`` that are read or written; ``stores``,
    attributes that are assigned; ``calls``, functions that are called by that name or
    attribute; ``definitions``, functions that are defined; ``names`` of definitions or
    variables; and whole ``strings``. A rule is asked about each of its words in a file,
    and about nothing else.
    """

    code: ClassVar[str]
    attributes: ClassVar[frozenset[str]] = frozenset()
    stores: ClassVar[frozenset[str]] = frozenset()
    calls: ClassVar[frozenset[str]] = frozenset()
    definitions: ClassVar[frozenset[str]] = frozenset()
    names: ClassVar[frozenset[str]] = frozenset()
    strings: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, *, is_rule: bool = True) -> None:
        """Raise TypeError without a valid code, trigger words and documentation."""
        super().__init_subclass__()
        if not is_rule:
            return
        if not re.fullmatch(r"FWD\d{3}", getattr(cls, "code", "")):
            raise TypeError(f"{cls.__name__} needs a code such as FWD101")
        cls.documentation()
        if not any(getattr(cls, kind) for kind in TRIGGER_KINDS):
            raise TypeError(f"{cls.__name__} names no trigger words")

    @classmethod
    def documentation(cls) -> Documentation:
        """Return what the docstring says; raise TypeError if a part is missing."""
        title, *why = inspect.cleandoc(cls.__doc__ or "").split("\n\n")
        labelled = [why.pop() for _ in LABELS if why][::-1]
        parts = [part.partition(": ") for part in labelled]
        if not why or tuple(label for label, _, _ in parts) != LABELS:
            raise TypeError(
                f"{cls.__name__} needs a docstring of a title, reasons, "
                f"{', '.join(LABELS)}: it is the documentation"
            )
        return Documentation(title, tuple(why), *(text for _, _, text in parts))

    @abstractmethod
    def findings(self, context: RuleContext) -> Iterator[Report]:
        """Yield what to report at ``context``, a word of this rule."""


class WordRule(Rule, is_rule=False):
    """A rule that reports its trigger word itself, or nothing."""

    @abstractmethod
    def check(self, context: RuleContext) -> Report | str | None:
        """Return the report, or the message alone, if the word is a finding."""

    def findings(self, context: RuleContext) -> Iterator[Report]:
        """Yield the word if ``check`` has something to say about it."""
        found = self.check(context)
        if isinstance(found, str):
            found = Report(context.candidate.node, found)
        if found is not None:
            yield found
