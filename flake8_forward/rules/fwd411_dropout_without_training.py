"""FWD411: functional dropout that is not told the mode."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_forward.analysis.methods.dropout import ignores_mode
from flake8_forward.concrete.fixing import Fix
from flake8_forward.knowledge.vocabulary import DROPOUT_OFF, DROPOUT_ON
from flake8_forward.lint.rule import WordRule

if TYPE_CHECKING:
    from flake8_forward.concrete.fixing import Fix
    from flake8_forward.lint.context import RuleContext


POSITION = 2
"""Where ``training`` stands among the arguments of all of them."""


class DropoutWithoutTraining(WordRule):
    """``F.dropout(x, p)`` in a Module, without ``training``.

    ``training`` is True by default: the function drops values in eval mode, too, and
    ``eval()`` cannot switch it off. Predictions are random and worse than they could be.

    ``F.alpha_dropout`` and ``F.feature_alpha_dropout`` have the other default: without
    ``training`` they never drop anything.

    Exempt: calls that only training reaches, a probability of zero or one that depends
    on the mode, probabilities and switches that callers hand over, arguments in
    ``*args`` or ``**kwargs``, Monte Carlo dropout and what a docstring declares as
    dropout at inference, functions outside Modules.

    Fix: ``F.dropout(x, p, training=self.training)``, automatic on request, or an
    ``nn.Dropout``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html
    """

    code = "FWD411"
    calls = DROPOUT_ON | DROPOUT_OFF

    def check(self, context: RuleContext) -> str | None:
        """Return the message if a proven Module leaves ``training`` to its default."""
        node = context.candidate.node
        call = context.path[-2]
        if not isinstance(call, ast.Call) or call.func is not node:
            return None
        if not isinstance(node, (ast.Name, ast.Attribute)) or _is_told(call):
            return None
        name = context.library_name(node) or ""
        module, _, function = name.rpartition(".")
        if module != "torch.nn.functional" or context.owner is None:
            return None
        probability = _probability(call)
        if isinstance(probability, ast.Constant) and not probability.value:
            return None
        if function in DROPOUT_ON and not _ignores_mode(context, probability):
            return None
        if not context.is_module(context.owner):
            return None
        effect = (
            "drops values in eval mode, too"
            if function in DROPOUT_ON
            else "drops nothing"
        )
        return (
            f"'{context.source(node)}(...)' without 'training' {effect}; "
            "pass 'training=self.training'"
        )

    def fix(self, context: RuleContext, node: ast.AST) -> Fix | None:
        """Pass the mode on."""
        call = context.path[-2]
        if not isinstance(call, ast.Call) or not context.has_self:
            return None
        text = f"training={context.self_name}.training"
        edit = context.repairs.argument_added(call, text)
        return Fix((edit,), is_safe=False) if edit else None


def _is_told(call: ast.Call) -> bool:
    """Tell whether ``training`` is among the arguments, or may be."""
    return (
        len(call.args) > POSITION
        or any(isinstance(argument, ast.Starred) for argument in call.args)
        or any(keyword.arg in ("training", None) for keyword in call.keywords)
    )


def _probability(call: ast.Call) -> ast.expr | None:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "p"]
    return next(iter([*call.args[1:2], *given]), None)


def _ignores_mode(context: RuleContext, probability: ast.expr | None) -> bool:

    return ignores_mode(context, probability)
