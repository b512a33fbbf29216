"""What a rule is: a class in a file of its own under ``rules``, found by scanning."""

from __future__ import annotations

import importlib
import pkgutil
import re
from abc import ABC, abstractmethod
from functools import cache
from typing import TYPE_CHECKING, ClassVar

if TYPE_CHECKING:
    from flake8_forward.context import Site

OFF_BY_DEFAULT = "FWD9"
"""Codes that start so run only when they are named."""


class Rule(ABC):
    """One code. The docstring of a subclass is its documentation.

    ``attributes`` and ``names`` are the words that make a file suspect: attributes
    that are read or written, and names of definitions or of class variables. A rule
    is asked about each of its words that the file holds, and about nothing else.
    """

    code: ClassVar[str]
    attributes: ClassVar[frozenset[str]] = frozenset()
    names: ClassVar[frozenset[str]] = frozenset()
    strings: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        """Refuse a rule without a well-formed code, words and documentation."""
        super().__init_subclass__()
        if not re.fullmatch(r"FWD\d{3}", getattr(cls, "code", "")):
            raise TypeError(f"{cls.__name__} needs a code such as FWD101")
        if not cls.__doc__:
            raise TypeError(
                f"{cls.__name__} needs a docstring: it is the documentation"
            )
        if not cls.attributes | cls.names | cls.strings:
            raise TypeError(f"{cls.__name__} names no words that make a file suspect")

    @abstractmethod
    def check(self, site: Site) -> str | None:
        """Return the message if the word at ``site`` is a finding, else None."""


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return one instance of every rule under ``rules``, by code."""
    package = importlib.import_module("flake8_forward.rules")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"{package.__name__}.{module.name}")
    rules = sorted((cls() for cls in Rule.__subclasses__()), key=lambda rule: rule.code)
    codes = [rule.code for rule in rules]
    doubled = {code for code in codes if codes.count(code) > 1}
    if doubled:
        raise TypeError(f"two rules claim {', '.join(sorted(doubled))}")
    return tuple(rules)
