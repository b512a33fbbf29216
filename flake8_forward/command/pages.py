"""The page of each rule, as it is in the documentation."""

from __future__ import annotations

from pathlib import Path

from flake8_forward.rules import all_rules

PAGES = Path(__file__).parent / "pages"


def page(code: str) -> Path | None:
    """Return the page of the rule with ``code`` in any case; None if there is none."""
    for rule in all_rules():
        if rule.code == code.upper():
            return PAGES / f"{type(rule).__module__.rpartition('.')[2]}.md"
    return None
