"""FWD901: forward is called on something unproven."""

from __future__ import annotations

import ast

from flake8_forward.analysis.methods import exemptions
from flake8_forward.analysis.methods.namespaces import is_no_object
from flake8_forward.concrete.report import Report
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.tree import walk


class UnprovenForward(WordRule):
    """``.forward(...)`` call on a receiver that is neither proven nor disproven.

    Off by default. For a review by hand: it lists the calls that FWD101 does not report
    because nothing tells whether the receiver is a Module, in files that import torch.

    Exempt: the same as for FWD101; receivers that are proven not to be Modules;
    compiled extensions and other imported modules without source, and their attributes.

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
        if not _imports_torch(context.file) or exemptions.is_exempt(context):
            return None
        if context.receiver(node.value).state != "unknown":
            return None
        if is_no_object(context, node.value):
            return None
        return Report(
            node,
            lambda receiver: (
                f"'{receiver}.forward(...)' skips hooks if '{receiver}' is a Module, "
                f"which is not proven; if it is, call '{receiver}(...)'"
            ),
            quoted=node.value,
        )


@memoized
def _imports_torch(file: SourceFile) -> bool:
    """Tell whether ``file`` imports torch or something from it, wherever it does."""
    return "torch" in file.text and any(
        name.partition(".")[0] == "torch"
        for node in walk(file.tree)
        if isinstance(node, (ast.Import, ast.ImportFrom))
        for name in _modules(node)
    )


def _modules(node: ast.Import | ast.ImportFrom) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    return [] if node.level else [node.module or ""]
