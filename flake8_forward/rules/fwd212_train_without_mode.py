"""FWD212: train() takes no mode."""

from __future__ import annotations

import ast

from flake8_forward.analysis.methods.modes import definition
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule


class TrainWithoutMode(WordRule):
    """``train(self)`` of a Module, without the parameter ``mode``.

    ``Module.eval()`` calls ``self.train(False)``, and ``Module.train(mode)`` calls
    ``train(mode)`` on each child. A ``train`` without that parameter raises TypeError
    as soon as this Module, or one that contains it, is switched to evaluation. That
    includes a training loop that is called ``train``.

    Exempt: ``*args``; declarations that only raise, are abstract or are overloads;
    decorated methods; methods with other parameters.

    Fix: define ``train(self, mode=True)`` and return ``super().train(mode)``. Rename a
    training loop, for example to ``fit``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.eval
    """

    code = "FWD212"
    definitions = frozenset({"train"})

    def check(self, context: RuleContext) -> str | None:
        """Return the message if the override cannot be told which mode to take."""
        node = definition(context)
        cls = context.defining_class
        if node is None or cls is None or not _takes_nothing(node.args):
            return None
        if not context.is_module(cls):
            return None
        return (
            f"'train' of the Module {cls.name} takes no mode, so 'eval()' of a Module "
            "that contains it raises TypeError; write 'train(self, mode=True)'"
        )


def _takes_nothing(args: ast.arguments) -> bool:
    named = [*args.posonlyargs, *args.args]
    return len(named) == 1 and args.vararg is None
