"""FWD201: __call__ is replaced."""

from __future__ import annotations

import ast

from flake8_forward.context import Site, class_of
from flake8_forward.modules import protocol
from flake8_forward.modules.types import ClassObject, SourceClass
from flake8_forward.rule import Rule


class CallOverride(Rule):
    """``__call__`` of a Module subclass that never reaches Module's own.

    ``torch.nn.Module.__call__`` runs the hooks and then ``forward``. A class that
    defines its own (or ``_call_impl``) has dead hooks: whatever is registered on its
    instances, by pruning, profilers or DistributedDataParallel, never runs.

    Source: https://docs.pytorch.org/docs/stable/notes/modules.html#module-hooks
    """

    code = "FWD201"
    names = protocol.CALL_NAMES
    attributes = protocol.CALL_NAMES

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
        found = definition(site)
        if found is None or found[1].effect != "override":
            return None
        return found[0].name

    def _assigned_to(self, site: Site, node: ast.Attribute) -> str | None:
        if not isinstance(node.ctx, ast.Store):
            return None
        owner = site.evaluate(node.value)
        if not isinstance(owner, ClassObject) or not isinstance(owner.cls, SourceClass):
            return None
        return owner.cls.name if site.is_module(owner.cls) else None


def definition(site: Site) -> tuple[SourceClass, protocol.CallDefinition] | None:
    """Return the Module class and its definition of ``__call__`` that is at ``site``."""
    if site.scope.kind != "class":
        return None
    cls = class_of(site.scope)
    if not site.is_module(cls):
        return None
    for found in protocol.definitions(site.project, cls):
        if any(found.node is node for node in site.path):
            return (cls, found) if found.name == site.suspect.word else None
    return None
