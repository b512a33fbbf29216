"""The concrete syntax around a suspicious word."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import libcst as cst

    from flake8_forward.context import Site

# libcst takes longer to import than flake8 itself: not before a finding is near.

MAX_SOURCE = 60


def attribute_of(site: Site) -> cst.Attribute | None:
    """Return the attribute whose name is the word."""
    import libcst as cst

    ancestors = site.ancestors
    parent = ancestors[-1] if ancestors else None
    return parent if isinstance(parent, cst.Attribute) else None


def source(node: cst.CSTNode) -> str:
    """Return the code of ``node`` on one line, shortened in the middle if long."""
    import libcst as cst

    text = " ".join(cst.Module([]).code_for_node(node).split())
    if len(text) <= MAX_SOURCE:
        return text
    half = (MAX_SOURCE - 3) // 2
    return f"{text[:half]}...{text[-half:]}"
