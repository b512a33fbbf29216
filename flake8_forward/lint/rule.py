"""What a rule is: a class in a file of its own under ``rules``."""

from __future__ import annotations

import inspect
import re
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, ClassVar, NamedTuple

if TYPE_CHECKING:
    import ast
    from collections.abc import Iterator

    from flake8_forward.concrete.fixing import Fix
    from flake8_forward.lint.context import RuleContext

WORD_KINDS = ("attributes", "stores", "calls", "definitions", "names", "strings")
"""The attributes of a rule that say which words make a file suspect."""


LABELS = ("Exempt", "Fix", "Source")
"""How the paragraphs below a rule's reasons begin, in this order."""


class Documentation(NamedTuple):
    """What a rule's docstring says, paragraph by paragraph, in reStructuredText.

    ``title`` is what it reports, ``why`` the reasons, ``exempt`` what it leaves alone,
    ``fix`` how to mend it, ``source`` the address of what the reasons rest on.
    """

    title: str
    why: tuple[str, ...]
    exempt: str
    fix: str
    source: str


class Rule(ABC):
    """One code. The docstring of a subclass is its documentation.

    The words that make a file suspect are ``attributes`` that are read or written,
    ``stores``, attributes that are assigned, ``calls``, functions that are called by
    that name or attribute, ``definitions``, functions that are defined, ``names`` of
    definitions or variables, and whole ``strings``. A rule is asked about each of its
    words that the file holds, and about nothing else.
    """

    code: ClassVar[str]
    attributes: ClassVar[frozenset[str]] = frozenset()
    stores: ClassVar[frozenset[str]] = frozenset()
    calls: ClassVar[frozenset[str]] = frozenset()
    definitions: ClassVar[frozenset[str]] = frozenset()
    names: ClassVar[frozenset[str]] = frozenset()
    strings: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls, *, is_rule: bool = True) -> None:
        """Refuse a rule without a well-formed code, words and documentation."""
        super().__init_subclass__()
        if not is_rule:
            return
        if not re.fullmatch(r"FWD\d{3}", getattr(cls, "code", "")):
            raise TypeError(f"{cls.__name__} needs a code such as FWD101")
        cls.documentation()
        if not any(getattr(cls, kind) for kind in WORD_KINDS):
            raise TypeError(f"{cls.__name__} names no words that make a file suspect")

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
    def findings(self, context: RuleContext) -> Iterator[tuple[ast.AST, str]]:
        """Yield what to report at ``context``, a word of this rule: nodes and messages.

        Reported is the place of the node's name: of an attribute its last part, of a
        definition the name that it defines.
        """

    def fix(self, context: RuleContext, node: ast.AST) -> Fix | None:
        """Return how to mend the finding at ``node``; None if only a human can."""
        return None


class WordRule(Rule, is_rule=False):
    """A rule that reports the very word that made the file suspect, or nothing."""

    @abstractmethod
    def check(self, context: RuleContext) -> str | None:
        """Return the message if the word at ``context`` is a finding, else None."""

    def findings(self, context: RuleContext) -> Iterator[tuple[ast.AST, str]]:
        """Yield the word if ``check`` has something to say about it."""
        message = self.check(context)
        if message is not None:
            yield context.candidate.node, message
