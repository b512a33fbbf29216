"""FWD201: __call__ is replaced."""

from __future__ import annotations

import ast

from flake8_forward.concrete.report import Report
from flake8_forward.concrete.rewriting import Fix, renamed
from flake8_forward.inference.values import SourceClass
from flake8_forward.knowledge.vocabulary import CALL_NAMES
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.shapes import named
from flake8_forward.syntax.tree import walk
from flake8_forward.verdicts import inheritance
from flake8_forward.verdicts.call_definitions import definitions
from flake8_forward.verdicts.inheritance import subclasses


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

    def check(self, context: RuleContext) -> Report | None:
        """Return the report for a definition or assignment that replaces ``__call__``."""
        node = context.candidate.node
        word = context.candidate.word
        if isinstance(node, ast.Attribute):
            name = self._assigned_to(context, node)
        else:
            name = self._defined_in(context)
        if name is None:
            return None
        return Report(
            node,
            f"'{word}' of {name} replaces Module's '{word}': hooks never run; "
            "define 'forward' instead",
            fix=lambda: _renamed(context, node),
        )

    def _defined_in(self, context: RuleContext) -> str | None:
        found = context.call_definition
        return found[0].name if found and found[1].effect == "override" else None

    def _assigned_to(self, context: RuleContext, node: ast.Attribute) -> str | None:
        if not isinstance(node.ctx, ast.Store):
            return None
        value = context.assigned
        if value is None or not context.replaces_call(value):
            return None
        cls = context.named_class(node.value)
        return cls.name if cls else None


def _renamed(context: RuleContext, node: ast.AST) -> Fix | None:
    """Return the fix that calls a ``__call__`` forward, if nothing else is called so."""

    cls = context.defining_class
    if cls is None or not isinstance(node, ast.FunctionDef):
        return None
    others = (it for it in definitions(context.resolver, cls) if it.node is not node)
    if node.name != "__call__" or any(it.name == node.name for it in others):
        return None
    if not _is_free(cls, node):
        return None
    if inheritance.source_classes(context.resolver, cls) is None:
        return None  # an unknown base may have a forward
    if inheritance.definer(context.resolver, cls, "forward") is not None:
        return None
    return Fix((renamed(node, "forward"),), is_safe=False)


def _is_free(cls: SourceClass, call: ast.FunctionDef) -> bool:
    """Tell whether ``call`` can be renamed to ``forward``, as far as its file shows.

    Neither its class nor a subclass may define or mention a ``forward``,
    and no other code of the class may use its name.
    """

    relatives = subclasses(cls)
    names = {cls.name, *(subclass.name for subclass in relatives)}
    own = [*walk(cls.node)]
    inside = [*own, *(node for subclass in relatives for node in walk(subclass))]
    outside = (
        node
        for node in cls.file.index().attributes("forward")
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
    """Return the names and the string of ``node`` itself."""
    return tuple(getattr(node, key, None) for key in ("attr", "id", "name", "value"))
