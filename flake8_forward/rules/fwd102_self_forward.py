"""FWD102: a method calls self.forward."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_forward.knowledge.vocabulary import CALL_NAMES
from flake8_forward.lint.rule import WordRule
from flake8_forward.verdicts.inheritance import subclasses

if TYPE_CHECKING:
    from flake8_forward.concrete.fixing import Fix
    from flake8_forward.lint.context import RuleContext


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

    def check(self, context: RuleContext) -> str | None:
        """Return the message if the method's class is proven a Module."""
        node = context.candidate.node
        if not isinstance(node, ast.Attribute) or not context.is_called:
            return None
        if not isinstance(node.value, ast.Name) or node.value.id != context.self_name:
            return None
        if context.owner is None or context.in_forward:
            return None
        verdict = context.receiver(node.value)
        if verdict.state != "module" or verdict.own_call:
            return None
        if context.is_exempt:
            return None
        attribute = context.attribute
        if attribute is None:
            return None
        name = context.source(attribute.value)
        return (
            f"'{name}.forward(...)' skips the hooks of this {context.owner.name}; "
            f"call '{name}(...)'"
        )

    def fix(self, context: RuleContext, node: ast.AST) -> Fix | None:
        """Call the object itself: safe if no subclass here would be called in circles."""
        fix = context.without_attribute
        return fix and fix._replace(is_safe=not _is_called_otherwise(context))


def _is_called_otherwise(context: RuleContext) -> bool:
    """Tell whether a subclass in this file has a ``__call__`` that might come here."""
    return context.owner is not None and any(
        getattr(item, "name", None) in CALL_NAMES
        for subclass in subclasses(context.owner)
        for item in subclass.body
    )
