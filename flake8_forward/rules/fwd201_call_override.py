"""FWD201: __call__ is replaced."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_forward.modules.torch_api import CALL_NAMES
from flake8_forward.rule import WordRule

if TYPE_CHECKING:
    from flake8_forward.context import Site


class CallOverride(WordRule):
    """``__call__`` of a Module subclass that never reaches Module's own.

    ``torch.nn.Module.__call__`` runs the hooks and then ``forward``. A class that
    defines its own (or ``_call_impl``) has dead hooks: whatever is registered on its
    instances, by pruning, profilers or DistributedDataParallel, never runs.

    Exempt: definitions that only raise, are abstract, overloads or for type checkers,
    and bare annotations.

    Fix: rename it to ``forward``.

    Source: https://docs.pytorch.org/docs/stable/notes/modules.html#module-hooks
    """

    code = "FWD201"
    names = CALL_NAMES
    attributes = CALL_NAMES

    def check(self, site: Site) -> str | None:
        """Return the message for a definition or an assignment that cuts hooks off."""
        node = site.suspect.node
        word = site.suspect.word
        if isinstance(node, ast.Attribute):
            name = self._assigned_to(site, node)
        else:
            name = self._defined_in(site)
        if name is None:
            return None
        return f"'{word}' of the Module {name} cuts off its hooks; define 'forward'"

    def _defined_in(self, site: Site) -> str | None:
        found = site.call_definition
        return found[0].name if found and found[1].effect == "override" else None

    def _assigned_to(self, site: Site, node: ast.Attribute) -> str | None:
        if not isinstance(node.ctx, ast.Store):
            return None
        statement = site.path[-2]
        if isinstance(statement, ast.Assign) and site.is_modules_call(statement.value):
            return None
        cls = site.named_class(node.value)
        return cls.name if cls else None
