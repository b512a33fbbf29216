"""FWD201: __call__ is replaced."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_forward.index import attributes
from flake8_forward.modules.torch_api import CALL_NAMES
from flake8_forward.rule import WordRule
from flake8_forward.tree import walk

if TYPE_CHECKING:
    from flake8_forward.context import Site
    from flake8_forward.fixing import Fix
    from flake8_forward.modules.types import SourceClass


class CallOverride(WordRule):
    """``__call__`` of a Module subclass that never reaches Module's own.

    ``torch.nn.Module.__call__`` runs the hooks and ``forward``. If a class replaces it
    (or ``_call_impl``), hooks on its instances never run, whoever registered them:
    pruning, a profiler or DistributedDataParallel.

    Exempt: definitions that only raise, that are abstract or overloads, or that exist
    only for type checkers; bare annotations; assignments of a function that calls
    Module's own ``__call__``, of a value stored earlier, or of a value that cannot be
    found.

    Fix: rename it to ``forward``. Automatic with ``--unsafe-fixes`` if no class
    involved has a ``forward``.

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
        return (
            f"'{word}' of {name} replaces Module's '{word}': hooks never run; "
            "define 'forward' instead"
        )

    def fix(self, site: Site, node: ast.AST) -> Fix | None:
        """Rename a ``__call__`` where nothing else is called ``forward``."""
        from flake8_forward.analysis import inheritance
        from flake8_forward.fixing import Edit, Fix, offset
        from flake8_forward.modules.protocol import definitions

        cls = site.defining_class
        if cls is None or not isinstance(node, ast.FunctionDef):
            return None
        others = (it for it in definitions(site.project, cls) if it.node is not node)
        if node.name != "__call__" or any(it.name == node.name for it in others):
            return None
        if not _is_free(cls, node):
            return None
        if inheritance.sources(site, cls) is None:
            return None  # an unknown base may have a forward
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
        value = site.assigned
        if value is None or not site.replaces_call(value):
            return None
        cls = site.named_class(node.value)
        return cls.name if cls else None


def _is_free(cls: SourceClass, call: ast.FunctionDef) -> bool:
    """Tell whether ``call`` can get the name ``forward`` as far as its file is concerned.

    Neither its class nor one derived from it may have a ``forward`` or speak of one,
    and no other code of the class may count on its name.
    """
    from flake8_forward.analysis.inheritance import heirs
    from flake8_forward.modules.shapes import named

    kin = heirs(cls)
    names = {cls.name, *(heir.name for heir in kin)}
    own = [*walk(cls.node)]
    inside = [*own, *(node for heir in kin for node in walk(heir))]
    outside = (
        node
        for node in attributes(cls.file.tree, "forward")
        if named(node.value) in names
    )
    return not any(
        "forward" in _names(node) for node in (*inside, *outside)
    ) and not any(
        call.name in _names(node)
        for node in own
        if node is not call and not isinstance(node, ast.Attribute)
    )


def _names(node: ast.AST) -> tuple[object, ...]:
    """Return the names, and the text, that ``node`` itself has."""
    return tuple(getattr(node, key, None) for key in ("attr", "id", "name", "value"))
