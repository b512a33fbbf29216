"""FWD103: forward of a Module is passed to something that calls it."""

from __future__ import annotations

import ast

from flake8_forward.analysis.methods import exemptions
from flake8_forward.analysis.methods.stored_forward import is_replaced
from flake8_forward.concrete.report import Report
from flake8_forward.knowledge.vocabulary import CALLERS
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.index import TreeIndex

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

    Exempt: introspection; functions and classes that replace a ``forward``; a partial
    function that is handed on; ``torch.jit.trace``, which traces a bare method correctly.

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
        if is_replaced(context) or _is_handed_on(context):
            return None
        if exemptions.is_exempt(context):
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


def _is_handed_on(context: RuleContext) -> bool:
    """Tell whether what a partial makes of the word is given to unknown code.

    That may set it as the new forward, as ``setattr`` does.
    """
    made, outer = context.ancestry[-2:-4:-1]
    if isinstance(made, ast.keyword):
        made, outer = context.ancestry[-3:-5:-1]
    if not isinstance(made, ast.Call) or not _is_partial(context, made):
        return False
    body = context.functions[-1].node if context.functions else context.file.tree
    index = context.file.index(body)
    places: list[ast.AST] = [made]
    if isinstance(outer, ast.Assign):
        names = [target.id for target in outer.targets if isinstance(target, ast.Name)]
        places += [node for name in names for node in index.names(name)]
    return any(_is_given(context, index, place) for place in places)


def _is_partial(context: RuleContext, call: ast.Call) -> bool:
    return context.library_name(call.func) == "functools.partial"


def _is_given(context: RuleContext, index: TreeIndex, node: ast.AST) -> bool:
    """Tell whether ``node`` is an argument of a call that may do more than call it."""
    call = index.parents[node]
    if isinstance(call, ast.keyword):
        call = index.parents[call]
    if not isinstance(call, ast.Call) or call.func is node:
        return False
    return context.library_name(call.func) not in _CALLERS
