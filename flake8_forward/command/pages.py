"""The page of each rule, as it is in the documentation."""

from __future__ import annotations

from pathlib import Path

from flake8_forward.rules import modules

PAGES = Path(__file__).parent.parent / "pages"


def page(code: str) -> Path | None:
    """Return the page of the rule with ``code`` in any case; None if there is none."""
    module = modules().get(code.upper())
    return None if module is None else PAGES / f"{module}.md"
