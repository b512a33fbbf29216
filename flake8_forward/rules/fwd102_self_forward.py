"""FWD102: a method calls self.forward."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_forward.modules.torch_api import CALL_NAMES
from flake8_forward.rule import WordRule

if TYPE_CHECKING:
    from flake8_forward.context import Site
    from flake8_forward.fixing import Fix


class SelfForward(WordRule):
    """``self.forward(...)`` inside a method of a Module.

    The same harm as FWD101, with a code of its own because code bases that have it
    have it hundreds of times and want to get rid of it step by step.

    Exempt: as for FWD101, and ``forward`` itself.

    Fix: automatic, safe unless a subclass beside it has a ``__call__``: ``self(x)``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.forward
    """

    code = "FWD102"
    attributes = frozenset({"forward"})

    def check(self, site: Site) -> str | None:
        """Return the message if the method's class is proven a Module."""
        node = site.suspect.node
        if not isinstance(node, ast.Attribute) or not site.is_called:
            return None
        if not isinstance(node.value, ast.Name) or node.value.id != site.self_name:
            return None
        if site.owner is None or site.in_forward:
            return None
        verdict = site.receiver(node.value)
        if verdict.state != "module" or verdict.own_call:
            return None
        if site.is_exempt:
            return None
        attribute = site.attribute
        if attribute is None:
            return None
        name = site.source(attribute.value)
        return (
            f"'{name}.forward(...)' skips the hooks of this {site.owner.name}; "
            f"call '{name}(...)'"
        )

    def fix(self, site: Site, node: ast.AST) -> Fix | None:
        """Call the object itself: safe if no subclass here would be called in circles."""
        fix = site.without_attribute
        return fix and fix._replace(is_safe=not _is_called_otherwise(site))


def _is_called_otherwise(site: Site) -> bool:
    """Tell whether a subclass in this file has a ``__call__`` that might come here."""
    from flake8_forward.analysis.inheritance import heirs

    return site.owner is not None and any(
        getattr(item, "name", None) in CALL_NAMES
        for heir in heirs(site.owner)
        for item in heir.body
    )
