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

    The effect is the same as for FWD101. It has its own code because a code base that
    does this often does it hundreds of times, and can then be cleaned up step by step.

    Exempt: the same as for FWD101, and calls in ``forward`` itself.

    Fix: ``self(x)``. Automatic, and safe unless a subclass in the same file defines
    ``__call__``.

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
