"""The page of each rule, as it is in the documentation."""

from __future__ import annotations

from pathlib import Path

from flake8_forward.command import UsageError
from flake8_forward.lint.triggers import TRIGGERS
from flake8_forward.rules import modules

PAGES = Path(__file__).parent.parent / "pages"


def page(code: str) -> Path | None:
    """Return the page of the rule with ``code`` in any case; None if there is none."""
    module = modules().get(code.upper())
    return None if module is None else PAGES / f"{module}.md"


def explained(code: str) -> str:
    """Return the text of the page of a rule; raise UsageError if there is no such rule."""
    found = page(code)
    if found is None:
        known = ", ".join(TRIGGERS)
        raise UsageError(f"there is no rule '{code}'; there are {known}")
    return found.read_text("utf-8")
