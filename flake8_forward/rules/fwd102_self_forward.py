"""FWD102: a method calls self.forward."""

from __future__ import annotations

import ast

from flake8_forward.analysis.methods import exemptions
from flake8_forward.concrete.report import Report
from flake8_forward.concrete.rewriting import Fix, without_attribute
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.verdicts.safety import is_safe


class SelfForward(WordRule):
    """``self.forward(...)`` inside a method of a Module.

    The effect is the same as for FWD101. It has its own code because a code base that
    does this often does it hundreds of times, and can then be cleaned up step by step.

    Exempt: the same as for FWD101, and calls in ``forward`` itself.

    Fix: ``self(x)``. Automatic, and safe as for FWD101: a ``__call__`` of a derived
    class, for one, might be called in circles.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.forward
    """

    code = "FWD102"
    attributes = frozenset({"forward"})

    def check(self, context: RuleContext) -> Report | None:
        """Return the report if the method's class is proven a Module."""
        node = context.candidate.node
        if not isinstance(node, ast.Attribute) or not context.is_called:
            return None
        if not isinstance(node.value, ast.Name) or node.value.id != context.self_name:
            return None
        owner = context.owner
        if owner is None or context.in_forward:
            return None
        verdict = context.receiver(node.value)
        if not verdict.skips_hooks or exemptions.is_exempt(context):
            return None
        return Report(
            node,
            lambda name: (
                f"'{name}.forward(...)' skips the hooks of this {owner.name}; "
                f"call '{name}(...)'"
            ),
            quoted=node.value,
            fix=lambda: Fix(
                (without_attribute(node),),
                is_safe(context.resolver, verdict, context.file),
            ),
        )
