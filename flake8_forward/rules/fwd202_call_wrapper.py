"""FWD202: __call__ is wrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flake8_forward.knowledge.vocabulary import CALL_NAMES
from flake8_forward.lint.rule import WordRule

if TYPE_CHECKING:
    from flake8_forward.lint.context import RuleContext


class CallWrapper(WordRule):
    """``__call__`` of a Module subclass that puts code around Module's own.

    Hooks still run, but the added code runs outside them: pre-hooks see inputs that
    the caller never passed, and ``torch.jit.script`` and ``torch.fx.symbolic_trace``
    of the module leave the code out.

    Exempt: a pass-through of the same arguments, as typed code has it for the sake of
    a signature.

    Fix: move the code to ``forward`` or to a hook.

    Source: https://docs.pytorch.org/docs/stable/notes/modules.html#module-hooks
    """

    code = "FWD202"
    names = CALL_NAMES

    def check(self, context: RuleContext) -> str | None:
        """Return the message for a definition with code of its own."""
        found = context.call_definition
        if found is None or found[1].effect != "wrapper":
            return None
        return (
            f"'{context.candidate.word}' of the Module {found[0].name} runs code outside "
            "the hooks, lost under torch.jit.script and torch.fx; "
            "move it to 'forward' or a hook"
        )
