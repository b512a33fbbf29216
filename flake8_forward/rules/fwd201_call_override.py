"""FWD201: __call__ is replaced."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_forward.concrete.fixing import Edit, Fix, offset
from flake8_forward.knowledge.vocabulary import CALL_NAMES
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.index import attributes
from flake8_forward.syntax.shapes import named
from flake8_forward.syntax.tree import walk
from flake8_forward.verdicts import inheritance
from flake8_forward.verdicts.call_definitions import definitions
from flake8_forward.verdicts.inheritance import subclasses

if TYPE_CHECKING:
    from flake8_forward.concrete.fixing import Fix
    from flake8_forward.inference.values import SourceClass
    from flake8_forward.lint.context import RuleContext


class CallOverride(WordRule):
    """``__call__`` of a Module subclass that never reaches Module's own.

    ``torch.nn.Module.__call__`` runs the hooks and then ``forward``. A class that
    defines its own (or ``_call_impl``) has dead hooks: whatever is registered on its
    instances, by pruning, profilers or DistributedDataParallel, never runs.

    Exempt: definitions that only raise, are abstract, overloads or for type checkers,
    bare annotations, and assignments of what reaches Module's own or may do so: of a
    function that calls it, of what was stored before, of what is not found.

    Fix: rename it to ``forward``; automatic on request, where no class has one.

    Source: https://docs.pytorch.org/docs/stable/notes/modules.html#module-hooks
    """

    code = "FWD201"
    names = CALL_NAMES
    attributes = CALL_NAMES

    def check(self, context: RuleContext) -> str | None:
        """Return the message for a definition or an assignment that cuts hooks off."""
        node = context.candidate.node
        word = context.candidate.word
        if isinstance(node, ast.Attribute):
            name = self._assigned_to(context, node)
        else:
            name = self._defined_in(context)
        if name is None:
            return None
        return f"'{word}' of the Module {name} cuts off its hooks; define 'forward'"

    def fix(self, context: RuleContext, node: ast.AST) -> Fix | None:
        """Rename a ``__call__`` where nothing else is called ``forward``."""

        cls = context.defining_class
        if cls is None or not isinstance(node, ast.FunctionDef):
            return None
        others = (
            it for it in definitions(context.resolver, cls) if it.node is not node
        )
        if node.name != "__call__" or any(it.name == node.name for it in others):
            return None
        if not _is_free(cls, node):
            return None
        if inheritance.sources(context, cls) is None:
            return None  # an unknown base may have a forward
        if inheritance.definer(context, cls, "forward") is not None:
            return None
        start = offset(
            context.file.text, context.candidate.line, context.candidate.column
        )
        edit = Edit(start, start + len(node.name), "forward")
        return Fix((edit,), is_safe=False)

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


def _is_free(cls: SourceClass, call: ast.FunctionDef) -> bool:
    """Tell whether ``call`` can get the name ``forward`` as far as its file is concerned.

    Neither its class nor one derived from it may have a ``forward`` or speak of one,
    and no other code of the class may count on its name.
    """

    relatives = subclasses(cls)
    names = {cls.name, *(subclass.name for subclass in relatives)}
    own = [*walk(cls.node)]
    inside = [*own, *(node for subclass in relatives for node in walk(subclass))]
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
