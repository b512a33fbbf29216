"""FWD202: __call__ is wrapped."""

from __future__ import annotations

from flake8_forward.knowledge.vocabulary import CALL_NAMES
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule


class CallWrapper(WordRule):
    """``__call__`` of a Module subclass that puts code around Module's own.

    Hooks still run, but the added code runs outside them: pre-hooks see inputs that the
    caller never passed, and ``torch.jit.script`` and ``torch.fx.symbolic_trace`` leave
    the added code out.

    Exempt: a ``__call__`` that only passes the same arguments on, as typed code does to
    declare a signature.

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
            "the hooks, which torch.jit.script and torch.fx leave out; "
            "move it to 'forward' or a hook"
        )
