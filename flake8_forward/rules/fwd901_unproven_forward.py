"""FWD901: forward is called on something unproven."""

from __future__ import annotations

import ast
import re

from flake8_forward.analysis.methods import exemptions
from flake8_forward.concrete.report import Report
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule

IMPORTS_TORCH = re.compile(r"^[ \t]*(?:import|from)[ \t]+torch\b", re.MULTILINE)


class UnprovenForward(WordRule):
    """``.forward(...)`` call on a receiver that is neither proven nor disproven.

    Off by default. For a review by hand: it lists the calls that FWD101 does not report
    because nothing tells whether the receiver is a Module, in files that import torch.

    Exempt: the same as for FWD101, and receivers that are proven not to be Modules.

    Fix: annotate the receiver, then see FWD101.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.forward
    """

    code = "FWD901"
    attributes = frozenset({"forward"})

    def check(self, context: RuleContext) -> Report | None:
        """Return the report if nothing in reach says what the receiver is."""
        node = context.candidate.node
        if not isinstance(node, ast.Attribute) or not context.is_called:
            return None
        if not IMPORTS_TORCH.search(context.file.text) or exemptions.is_exempt(context):
            return None
        if context.receiver(node.value).state != "unknown":
            return None
        return Report(
            node,
            lambda receiver: (
                f"'{receiver}.forward(...)' skips hooks if '{receiver}' is a Module, "
                f"which is not proven; if it is, call '{receiver}(...)'"
            ),
            quoted=node.value,
        )
