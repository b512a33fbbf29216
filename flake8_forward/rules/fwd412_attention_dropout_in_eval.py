"""FWD412: attention with dropout in eval mode."""

from __future__ import annotations

import ast

from flake8_forward.analysis.methods.dropout import ignores_mode
from flake8_forward.concrete.report import Report
from flake8_forward.concrete.rewriting import Fix, conditional
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule

FUNCTION = "scaled_dot_product_attention"
NAMES = (f"torch.nn.functional.{FUNCTION}", f"torch._C._nn.{FUNCTION}")

POSITION = 4
"""Position of ``dropout_p`` among the arguments."""


class AttentionDropoutInEval(WordRule):
    """``scaled_dot_product_attention`` with a ``dropout_p`` that ignores the mode.

    The function has no ``training`` argument: it drops attention weights whenever
    ``dropout_p`` is above zero, in eval mode, too, so two calls of the same Module in
    eval mode give two results. An ``nn.Dropout`` nearby hides the mistake: the layer
    follows the mode, but its ``.p`` does not.

    Exempt: zero; values that depend on ``self.training`` through an expression, a guard
    or a local name; attributes that are changed after ``__init__``; parameters, which
    callers decide; functions outside Modules.

    Fix: ``dropout_p=self.dropout_p if self.training else 0.0``. Automatic with
    ``--unsafe-fixes``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.scaled_dot_product_attention.html
    """

    code = "FWD412"
    calls = frozenset({FUNCTION})

    def check(self, context: RuleContext) -> Report | None:
        """Return the report if a proven Module's attention drops weights in eval mode."""
        node = context.candidate.node
        call = context.ancestry[-2]
        if not isinstance(call, ast.Call) or call.func is not node:
            return None
        probability = _probability(call)
        if probability is None or context.owner is None:
            return None
        if not isinstance(node, (ast.Name, ast.Attribute)):
            return None
        if isinstance(probability, ast.Constant) and not probability.value:
            return None
        if context.library_name(node) not in NAMES or not ignores_mode(
            context, probability
        ):
            return None
        if not context.is_module(context.owner):
            return None
        text = context.code(probability)
        return Report(
            node,
            f"'{context.candidate.word}(dropout_p={text})' drops attention weights in eval "
            f"mode, too; pass '{text} if self.training else 0.0'",
            fix=lambda: _on_mode(context, probability),
        )


def _on_mode(context: RuleContext, probability: ast.expr) -> Fix | None:
    """Return the fix that makes the probability depend on the mode."""
    if not context.has_self:
        return None
    mode = f"{context.self_name}.training"
    return Fix((conditional(probability, mode, "0.0"),), is_safe=False)


def _probability(call: ast.Call) -> ast.expr | None:
    if any(isinstance(argument, ast.Starred) for argument in call.args[: POSITION + 1]):
        return None
    given = [item.value for item in call.keywords if item.arg == "dropout_p"]
    return next(iter([*call.args[POSITION : POSITION + 1], *given]), None)
