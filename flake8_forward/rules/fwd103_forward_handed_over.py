"""FWD103: a Module's forward is handed to something that calls it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_forward.knowledge.vocabulary import CALLERS
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.index import attributes, kept
from flake8_forward.syntax.unparsing import unparse

if TYPE_CHECKING:
    from flake8_forward.lint.context import RuleContext

_CALLERS = CALLERS | {
    *("builtins.map", "functools.partial"),
    *("multiprocessing.Process", "threading.Thread"),
}
"""Functions and classes that call what they are given on data."""

CALLING_METHODS = frozenset({"apply_async", "imap", "map", "starmap", "submit"})
"""Methods of executors and pools that call their first argument on data."""

HANDED_AS = ("func", "function", "model", "target")
"""Names of the parameters that take it."""


class ForwardHandedOver(WordRule):
    """Bound ``forward`` of a Module handed to a function that will call it on data.

    ``checkpoint(block.forward, x)`` runs ``forward`` without the hooks, as a direct
    call does; the Module itself can be handed over instead.

    Exempt: introspection, ``module.forward`` that the same function replaces, and
    ``torch.jit.trace``, which traces a bare method rightly.

    Fix: hand over the Module.

    Source: https://docs.pytorch.org/docs/stable/checkpoint.html
    """

    code = "FWD103"
    attributes = frozenset({"forward"})

    def check(self, context: RuleContext) -> str | None:
        """Return the message if a proven Module's forward is an argument to call."""
        node = context.candidate.node
        if not isinstance(node, ast.Attribute) or not isinstance(node.ctx, ast.Load):
            return None
        caller = _caller(context)
        if caller is None or (context.in_forward and _is_self(context, node.value)):
            return None
        verdict = context.receiver(node.value)
        if verdict.state != "module" or verdict.own_call or verdict.cls is None:
            return None
        if (
            context.is_exempt
            or _is_replaced(context, node)
            or context.attribute is None
        ):
            return None
        receiver = context.source(context.attribute.value)
        return (
            f"'{receiver}.forward' handed to '{caller}' skips the hooks of "
            f"{verdict.cls.name}; hand over '{receiver}'"
        )


def _is_self(context: RuleContext, node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == context.self_name


def _caller(context: RuleContext) -> str | None:
    """Return the function that gets the word's attribute in order to call it."""
    outer: ast.AST = context.path[-2]
    if isinstance(outer, ast.keyword) and outer.arg in HANDED_AS:
        outer = context.path[-3]
    elif not isinstance(outer, ast.Call) or outer.args[:1] != [context.candidate.node]:
        return None
    if not isinstance(outer, ast.Call):
        return None
    call = outer
    name = context.source(call.func)
    if isinstance(call.func, ast.Attribute) and call.func.attr in CALLING_METHODS:
        return name
    return name if context.library_name(call.func) in _CALLERS else None


def _is_replaced(context: RuleContext, node: ast.Attribute) -> bool:
    """Tell whether the function also assigns this ``forward``: it is being wrapped."""
    body = context.functions[-1].node if context.functions else context.file.tree
    return unparse(node) in _replaced(body)


@kept
def _replaced(body: ast.AST) -> set[str]:
    """Return the Modules' forwards that are assigned in ``body``."""
    return {
        unparse(node)
        for node in attributes(body, "forward")
        if isinstance(node.ctx, ast.Store)
    }
