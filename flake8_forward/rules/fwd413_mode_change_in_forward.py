"""FWD413: forward switches the Module between training and evaluation."""

from __future__ import annotations

import ast
import re

from flake8_forward.analysis.methods.guards import in_forward_itself, on_training
from flake8_forward.analysis.methods.modes import extends_inherited
from flake8_forward.inference.values import Function, Method, SourceClass
from flake8_forward.knowledge.vocabulary import WITHOUT_GRADIENT
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.body import Body
from flake8_forward.syntax.index import TreeIndex
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.tree import walk

FROZEN = re.compile(r"freez|frozen|requires_grad_?$", re.IGNORECASE)
"""Names in classes that freeze some of their parameters."""


STOCHASTIC = re.compile(r"drop_?out|monte|bayes|uncertain", re.IGNORECASE)
"""Names and descriptions of classes that are meant to be random in evaluation."""


class ModeChangeInForward(WordRule):
    """``self.train()`` or ``self.eval()`` in ``forward``.

    The mode is for the user of the Module to set, and it outlasts the call. A
    ``forward`` that calls ``self.eval()`` silently ends training: from the first batch
    on, dropout is off and batch statistics are frozen. One that calls ``self.train()``
    makes predictions random and updates those statistics, even if the caller has called
    ``eval()``.

    Exempt: single layers (``self.bn.eval()``); a ``forward`` that reads
    ``self.training``, takes the mode as an argument or restores it with
    ``self.train(mode)``; ``self.eval()`` where parameters are frozen or gradients are
    disabled; ``self.train()`` in classes whose name or docstring mentions dropout or
    uncertainty; classes whose ``train`` or ``eval`` means something else.

    Fix: leave the mode to the caller. Override ``train`` for parts that are never
    trained, and use ``functional.dropout(x, training=True)`` for dropout that is always
    on.

    Source: https://docs.pytorch.org/docs/stable/notes/autograd.html#evaluation-mode-nn-module-eval
    """

    code = "FWD413"
    attributes = frozenset({"eval", "train"})

    def check(self, context: RuleContext) -> str | None:
        """Return the message if the call changes the mode of a Module in its forward."""
        node, body = context.candidate.node, context.body
        if body is None or not in_forward_itself(context):
            return None
        if not isinstance(node, ast.Attribute) or not isinstance(node.value, ast.Name):
            return None
        call = context.ancestry[-2]
        if not isinstance(call, ast.Call) or call.func is not node:
            return None
        mode = _mode(node.attr, call)
        if not mode or node.value.id != context.self_name or _looks_at_mode(body):
            return None
        cls = context.owner
        if cls is None or not context.is_module(cls) or _is_meant(context, mode, cls):
            return None
        if on_training(context) or not _changes_mode(context, node):
            return None
        return _message(context.code(call), mode)


def _mode(method: str, call: ast.Call) -> str:
    """Return the mode that ``call`` switches to; empty if unknown."""
    given = [*call.args, *(item.value for item in call.keywords)]
    if not given:
        return method
    if len(given) > 1 or not isinstance(given[0], ast.Constant):
        return ""
    return "train" if given[0].value else "eval"


@memoized
def _looks_at_mode(body: Body) -> bool:
    """Tell whether ``forward`` reads the mode, or sets it from a variable."""
    return any(node.attr == "training" for node in body.nodes(ast.Attribute)) or any(
        isinstance(node.func, ast.Attribute)
        and node.func.attr == "train"
        and any(not isinstance(arg, ast.Constant) for arg in node.args)
        for node in body.nodes(ast.Call)
    )


def _is_meant(context: RuleContext, mode: str, cls: SourceClass) -> bool:
    """Tell whether the class is one that should always be in ``mode``."""
    if mode == "train":
        text = f"{cls.name} {ast.get_docstring(cls.node)}"
        return STOCHASTIC.search(text) is not None
    assert context.body is not None
    forward = cls.file.index(context.body.function)
    return _is_frozen(cls.file.index(cls.node)) or any(
        forward.attributes(word) or forward.names(word) for word in WITHOUT_GRADIENT
    )


@memoized
def _is_frozen(cls: TreeIndex) -> bool:
    """Tell whether something in the class is called after freezing."""
    return any(
        FROZEN.search(getattr(node, "attr", None) or getattr(node, "name", None) or "")
        for node in walk(cls.root)
    )


def _changes_mode(context: RuleContext, method: ast.expr) -> bool:
    """Tell whether ``method`` is Module's ``train`` or ``eval``, or extends it."""

    value = context.evaluate(method)
    if isinstance(value, Function):
        return extends_inherited(value.node)
    return isinstance(value, Method)


def _message(call: str, mode: str) -> str:
    harm = (
        "ends training mode for all that follows"
        if mode == "eval"
        else "overrides the caller's 'eval()'"
    )
    return f"'{call}' in forward {harm}; leave the mode to the caller"
