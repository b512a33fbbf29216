"""FWD413: forward switches the Module between training and evaluation."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from flake8_forward.analysis.methods.guards import in_forward_itself, on_training
from flake8_forward.analysis.methods.modes import extends_inherited
from flake8_forward.inference.values import Function, Method
from flake8_forward.knowledge.vocabulary import WITHOUT_GRADIENT
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.index import attributes, kept, names
from flake8_forward.syntax.tree import walk

if TYPE_CHECKING:
    from flake8_forward.lint.context import RuleContext
    from flake8_forward.syntax.body import Body

FROZEN = re.compile(r"freez|frozen|requires_grad_?$", re.IGNORECASE)
"""Names in a class that sets up some of its parameters not to be trained."""


STOCHASTIC = re.compile(r"drop_?out|monte|bayes|uncertain", re.IGNORECASE)
"""Names and descriptions of classes that are meant to be random in evaluation."""


class ModeChangeInForward(WordRule):
    """``self.train()`` or ``self.eval()`` in ``forward``.

    The mode belongs to whoever uses the Module, and it stays after the call. A
    ``forward`` that calls ``self.eval()`` ends training without a word: from the first
    batch on, dropout is off and batch statistics stand still. One that calls
    ``self.train()`` makes predictions random and lets them change those statistics,
    whatever ``eval()`` the caller has asked for.

    Exempt: layers (``self.bn.eval()``); ``forward`` that looks at ``self.training``,
    asks its caller which mode to take or puts the mode back with ``self.train(mode)``;
    ``self.eval()`` where parameters are frozen or gradients are off; ``self.train()``
    in classes whose name or docstring speaks of dropout or uncertainty; classes with a
    ``train`` or ``eval`` of another meaning.

    Fix: leave the mode to the caller; override ``train`` for what is never trained, and
    use ``functional.dropout(x, training=True)`` for what always is random.

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
        call = context.path[-2]
        if not isinstance(call, ast.Call) or call.func is not node:
            return None
        mode = _mode(node.attr, call)
        if not mode or node.value.id != context.self_name or _looks_at_mode(body):
            return None
        cls = context.owner
        if cls is None or not context.is_module(cls) or _is_meant(mode, body, cls.node):
            return None
        if on_training(context) or not _changes_mode(context, node):
            return None
        return _message(context.source(call), mode)


def _mode(method: str, call: ast.Call) -> str:
    """Return the mode to which ``call`` switches, empty if to none for sure."""
    given = [*call.args, *(item.value for item in call.keywords)]
    if not given:
        return method
    if len(given) > 1 or not isinstance(given[0], ast.Constant):
        return ""
    return "train" if given[0].value else "eval"


@kept
def _looks_at_mode(body: Body) -> bool:
    """Tell whether ``forward`` reads the mode, or sets what a variable says."""
    return any(node.attr == "training" for node in body.nodes(ast.Attribute)) or any(
        isinstance(node.func, ast.Attribute)
        and node.func.attr == "train"
        and any(not isinstance(arg, ast.Constant) for arg in node.args)
        for node in body.nodes(ast.Call)
    )


def _is_meant(mode: str, body: Body, cls: ast.ClassDef) -> bool:
    """Tell whether the class is one that should always be in ``mode``."""
    if mode == "train":
        text = f"{cls.name} {ast.get_docstring(cls)}"
        return STOCHASTIC.search(text) is not None
    return _is_frozen(cls) or any(
        attributes(body.function, word) or names(body.function, word)
        for word in WITHOUT_GRADIENT
    )


@kept
def _is_frozen(cls: ast.ClassDef) -> bool:
    """Tell whether something in the class is called after freezing."""
    return any(
        FROZEN.search(getattr(node, "attr", None) or getattr(node, "name", None) or "")
        for node in walk(cls)
    )


def _changes_mode(context: RuleContext, method: ast.expr) -> bool:
    """Tell whether ``method`` is Module's ``train`` or ``eval``, or extends it."""

    value = context.evaluate(method)
    if isinstance(value, Function):
        return extends_inherited(value.node)
    return isinstance(value, Method)


def _message(call: str, mode: str) -> str:
    harm = (
        "ends the training mode for all that follows"
        if mode == "eval"
        else "overrules the 'eval()' of the caller"
    )
    return f"'{call}' in forward {harm}; leave the mode to the caller"
