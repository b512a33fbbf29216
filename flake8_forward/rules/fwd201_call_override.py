"""FWD201: __call__ is replaced."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_forward.modules.torch_api import CALL_NAMES
from flake8_forward.rule import WordRule

if TYPE_CHECKING:
    from flake8_forward.context import Site
    from flake8_forward.fixing import Fix


class CallOverride(WordRule):
    """``__call__`` of a Module subclass that never reaches Module's own.

    ``torch.nn.Module.__call__`` runs the hooks and then ``forward``. A class that
    defines its own (or ``_call_impl``) has dead hooks: whatever is registered on its
    instances, by pruning, profilers or DistributedDataParallel, never runs.

    Exempt: definitions that only raise, are abstract, overloads or for type checkers,
    and bare annotations.

    Fix: rename it to ``forward``; automatic on request, where no class has one.

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

    def fix(self, site: Site, node: ast.AST) -> Fix | None:
        """Rename a ``__call__`` where nothing else is called ``forward``."""
        from flake8_forward.analysis import inheritance
        from flake8_forward.fixing import Edit, Fix, offset

        cls = site.defining_class
        if not isinstance(node, ast.FunctionDef) or node.name != "__call__":
            return None
        if cls is None or "forward" in cls.scope.walk.locals:
            return None
        if inheritance.definer(site, cls, "forward") is not None:
            return None
        start = offset(site.file.text, site.suspect.line, site.suspect.column)
        edit = Edit(start, start + len(node.name), "forward")
        return Fix((edit,), is_safe=False)

    def _defined_in(self, site: Site) -> str | None:
        found = site.call_definition
        return found[0].name if found and found[1].effect == "override" else None

    def _assigned_to(self, site: Site, node: ast.Attribute) -> str | None:
        if not isinstance(node.ctx, ast.Store):
            return None
        statement = site.path[-2]
        if (
            isinstance(statement, (ast.Assign, ast.AnnAssign))
            and statement.value
            and not site.replaces_call(statement.value)
        ):
            return None
        cls = site.named_class(node.value)
        return cls.name if cls else None
