"""FWD103: forward of a Module is passed to something that calls it."""

from __future__ import annotations

import ast

from flake8_forward.analysis.methods import exemptions
from flake8_forward.concrete.report import Report
from flake8_forward.knowledge.vocabulary import CALLERS
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.index import TreeIndex
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.unparsing import unparse

_CALLERS = CALLERS | {
    *("builtins.map", "functools.partial"),
    *("multiprocessing.Process", "threading.Thread"),
}
"""Functions and classes that call what they are given on data."""

CALLING_METHODS = frozenset({"apply_async", "imap", "map", "starmap", "submit"})
"""Methods of executors and pools that call their first argument on data."""

HANDED_AS = ("func", "function", "model", "target")
"""Names of the parameters for that argument."""


class ForwardHandedOver(WordRule):
    """Bound ``forward`` of a Module passed to a function that will call it on data.

    ``checkpoint(block.forward, x)`` runs ``forward`` without the hooks, just as a
    direct call does. Pass the Module itself instead.

    Exempt: introspection; a ``module.forward`` that the same function replaces;
    ``torch.jit.trace``, which traces a bare method correctly.

    Fix: pass the Module.

    Source: https://docs.pytorch.org/docs/stable/checkpoint.html
    """

    code = "FWD103"
    attributes = frozenset({"forward"})

    def check(self, context: RuleContext) -> Report | None:
        """Return the report if a proven Module's forward is an argument to call."""
        node = context.candidate.node
        if not isinstance(node, ast.Attribute) or not isinstance(node.ctx, ast.Load):
            return None
        caller = _caller(context)
        if caller is None or (context.in_forward and _is_self(context, node.value)):
            return None
        verdict = context.receiver(node.value)
        if not verdict.skips_hooks:
            return None
        if exemptions.is_exempt(context) or _is_replaced(context, node):
            return None
        return Report(
            node,
            lambda receiver: (
                f"'{receiver}.forward' passed to '{caller}' skips the hooks of "
                f"{verdict.noun}; pass '{receiver}'"
            ),
            quoted=node.value,
        )


def _is_self(context: RuleContext, node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == context.self_name


def _caller(context: RuleContext) -> str | None:
    """Return the function that will call the attribute, which is its argument."""
    outer: ast.AST = context.ancestry[-2]
    if isinstance(outer, ast.keyword) and outer.arg in HANDED_AS:
        outer = context.ancestry[-3]
    elif not isinstance(outer, ast.Call) or outer.args[:1] != [context.candidate.node]:
        return None
    if not isinstance(outer, ast.Call):
        return None
    call = outer
    name = context.code(call.func)
    if isinstance(call.func, ast.Attribute) and call.func.attr in CALLING_METHODS:
        return name
    return name if context.library_name(call.func) in _CALLERS else None


def _is_replaced(context: RuleContext, node: ast.Attribute) -> bool:
    """Tell whether the function also assigns this ``forward``: it is being wrapped."""
    body = context.functions[-1].node if context.functions else context.file.tree
    return unparse(node) in _replaced(context.file.index(body))


@memoized
def _replaced(body: TreeIndex) -> set[str]:
    """Return the Modules' forwards that are assigned in ``body``."""
    return {
        unparse(node)
        for node in body.attributes("forward")
        if isinstance(node.ctx, ast.Store)
    }
