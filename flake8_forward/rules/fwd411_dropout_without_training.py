"""FWD411: functional dropout without the mode."""

from __future__ import annotations

import ast

from flake8_forward.analysis.methods.dropout import ignores_mode
from flake8_forward.concrete.report import Report
from flake8_forward.concrete.rewriting import Fix, with_argument
from flake8_forward.knowledge.vocabulary import DROPOUT_OFF, DROPOUT_ON
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule

POSITION = 2
"""Position of ``training`` among the arguments of all of them."""


class DropoutWithoutTraining(WordRule):
    """``F.dropout(x, p)`` in a Module, without ``training``.

    ``training`` is True by default: the function drops values in eval mode, too, and
    ``eval()`` cannot switch it off. Predictions are random and worse than they could
    be.

    ``F.alpha_dropout`` and ``F.feature_alpha_dropout`` have the opposite default:
    without ``training``, they never drop anything.

    Exempt: code that only runs in training; a probability that is zero or depends on
    the mode; probabilities and switches that callers pass in; arguments in ``*args`` or
    ``**kwargs``; Monte Carlo dropout, and dropout at inference that a docstring
    mentions; functions outside Modules.

    Fix: ``F.dropout(x, p, training=self.training)``, automatic with ``--unsafe-fixes``,
    or an ``nn.Dropout``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.dropout.html
    """

    code = "FWD411"
    calls = DROPOUT_ON | DROPOUT_OFF

    def check(self, context: RuleContext) -> Report | None:
        """Return the report if a proven Module leaves ``training`` to its default."""
        node = context.candidate.node
        call = context.ancestry[-2]
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
        if function in DROPOUT_ON and not ignores_mode(context, probability):
            return None
        if not context.is_module(context.owner):
            return None
        effect = (
            "drops values in eval mode, too"
            if function in DROPOUT_ON
            else "drops nothing"
        )
        return Report(
            node,
            f"'{context.code(node)}(...)' without 'training' {effect}; "
            "pass 'training=self.training'",
            fix=lambda: _told(context, call),
        )


def _told(context: RuleContext, call: ast.Call) -> Fix | None:
    """Return the fix that passes the mode on."""
    if not context.has_self:
        return None
    mode = f"{context.self_name}.training"
    return Fix((with_argument(call, "training", mode),), is_safe=False)


def _is_told(call: ast.Call) -> bool:
    """Tell whether ``training`` is or may be among the arguments."""
    return (
        len(call.args) > POSITION
        or any(isinstance(argument, ast.Starred) for argument in call.args)
        or any(keyword.arg in ("training", None) for keyword in call.keywords)
    )


def _probability(call: ast.Call) -> ast.expr | None:
    given = [keyword.value for keyword in call.keywords if keyword.arg == "p"]
    return next(iter([*call.args[1:2], *given]), None)
