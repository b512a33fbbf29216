"""Calls of ``.forward`` that are correct whatever the receiver's class."""

from __future__ import annotations

from flake8_forward.analysis.methods.hooks import in_hook
from flake8_forward.inference import classes
from flake8_forward.knowledge.vocabulary import CALL_NAMES
from flake8_forward.lint.context import RuleContext
from flake8_forward.syntax.tree import FUNCTIONS


def is_exempt(context: RuleContext) -> bool:
    """Tell whether a direct call of forward is correct: in ``__call__`` or a hook."""
    return in_call_protocol(context) or in_hook(context)


def in_call_protocol(context: RuleContext) -> bool:
    """Tell whether the word stands in a Module's own ``__call__`` or ``_call_impl``.

    There, the class implements its own way to ``forward``; FWD201 and FWD202 report
    such methods.
    """
    method = context.method
    if method is None or context.owner is None:
        return False
    node = method.node
    return (
        isinstance(node, FUNCTIONS)
        and node.name in CALL_NAMES
        and classes.is_module(context.resolver, context.owner) is not False
    )
