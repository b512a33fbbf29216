"""FWD302: forward runs a backward pass or an optimizer."""

from __future__ import annotations

import ast
import re

from flake8_forward.analysis.methods.guards import in_forward_itself, on_training, tests
from flake8_forward.analysis.tensors.proofs import is_tensor
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import UNKNOWN, Instance
from flake8_forward.knowledge.vocabulary import BACKWARD_HOOKS, OPTIMIZING, REDUCTIONS
from flake8_forward.lint.context import RuleContext, once_per_body
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.tree import walk
from flake8_forward.syntax.unparsing import unparse

LOSS = re.compile(r"(?:\w+_)?loss(?:es)?(?:_\w+)?|loss\w{0,2}", re.IGNORECASE)
"""Names of variables that hold a loss, once they are computed."""

OPTIMIZER = re.compile(r"optim(?!.*sched)", re.IGNORECASE)
"""Names of optimizers and of factories for them, but not of schedulers."""


class BackwardInForward(WordRule):
    """``.backward()``, ``optimizer.step()`` or ``zero_grad()`` in ``forward``.

    ``forward`` also runs in validation, under ``torch.no_grad()``, and twice under
    activation checkpointing. A backward pass in it adds to the gradients of the
    parameters on each of these calls, and fails where gradients are disabled. An
    optimizer step changes the weights that are being evaluated. ``zero_grad()``
    discards the gradients accumulated over earlier batches.

    Exempt: ``torch.autograd.grad`` and ``backward(inputs=...)``, which do not touch the
    parameters; a ``forward`` that creates its own optimizer (an inner loop);
    adversarial attacks and explanations, which read ``.grad`` or register backward
    hooks; code guarded by a test of the mode or of an optional optimizer; receivers
    that are not proven to be tensors, optimizers or Modules.

    Fix: return the loss, and leave the rest to the training loop.

    Source: https://docs.pytorch.org/docs/stable/notes/autograd.html
    """

    code = "FWD302"
    attributes = OPTIMIZING

    def check(self, context: RuleContext) -> str | None:
        """Return the message if the call is proven to be what its name says."""
        node = context.candidate.node
        if not isinstance(node, ast.Attribute) or not in_forward_itself(context):
            return None
        call = context.ancestry[-2]
        if not isinstance(call, ast.Call) or call.func is not node:
            return None
        if context.owner is None or not context.is_module(context.owner):
            return None
        harm = _harm(context, node, call)
        if harm is None or _is_asked_for(context) or _is_meant(context):
            return None
        return (
            f"'{context.code(node)}(...)' in forward {harm}; return the loss and leave "
            "this to the training loop"
        )


def _is_asked_for(context: RuleContext) -> bool:
    """Tell whether the call depends on the mode or on an optional optimizer."""
    return on_training(context) or any(
        OPTIMIZER.search(getattr(part, "id", None) or getattr(part, "attr", None) or "")
        for test in tests(context)
        for part in walk(test)
    )


@once_per_body
def _is_meant(context: RuleContext) -> bool:
    """Tell whether gradients are what ``forward`` computes, not what trains its Module.

    It makes an optimizer for a loop of its own, reads ``.grad`` or lets hooks do so.
    """
    assert context.body is not None and context.owner is not None
    if any(node.attr == "grad" for node in context.body.nodes(ast.Attribute)):
        return True
    hooks = (getattr(node, "attr", "") for node in walk(context.owner.node))
    return not BACKWARD_HOOKS.isdisjoint(hooks) or any(
        _makes_optimizer(context.at(node_path), node_path.node)
        for node_path in context.body.node_paths(ast.Call)
    )


def _makes_optimizer(context: RuleContext, call: ast.AST) -> bool:
    assert isinstance(call, ast.Call)
    name = unparse(call.func)
    if name.rpartition(".")[2] in OPTIMIZING:
        return False
    if OPTIMIZER.search(name):
        return True
    return (context.library_name(call.func) or "").startswith("torch.optim.")


def _harm(context: RuleContext, node: ast.Attribute, call: ast.Call) -> str | None:
    """Return what ``call`` of ``node`` does to the Module; None if unknown."""
    owner = node.value
    if node.attr == "backward":
        if any(item.arg == "inputs" for item in call.keywords):
            return None
        is_backward = context.library_name(node) == "torch.autograd.backward"
        if is_backward or _is_loss(context, owner):
            return "adds to the gradients on every call"
        return None
    if node.attr == "step":
        is_step = _is_optimizer(context, owner) or _is_scaled_step(context, call)
        return "changes the weights, even in evaluation" if is_step else None
    if _is_optimizer(context, owner) or _is_module(context, owner):
        return "discards the gradients of earlier batches"
    return None


def _is_loss(context: RuleContext, node: ast.expr) -> bool:
    """Tell whether ``node`` is a tensor, or a loss that ``forward`` has computed."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        if node.func.attr in REDUCTIONS:
            return True
        if node.func.attr == "scale" and len(node.args) == 1:  # a GradScaler's
            return _is_loss(context, node.args[0])
    if isinstance(node, ast.Call) and context.library_name(node.func) == "builtins.sum":
        return True
    name = getattr(node, "attr", None) or getattr(node, "id", None) or ""
    if LOSS.fullmatch(name) and _is_computed(context, node):
        return not context.is_object(node)
    return is_tensor(context, node)


def _is_computed(context: RuleContext, node: ast.expr) -> bool:
    """Tell whether ``forward`` assigns ``node`` the result of a computation."""
    body = context.body
    assert body is not None
    return any(
        isinstance(value, (ast.BinOp, ast.Call))
        or (
            isinstance(node, ast.Attribute)
            and isinstance(value, ast.Name)
            and _is_loss(context, value)
        )
        for value in body.values(unparse(node))
    )


def _is_scaled_step(context: RuleContext, call: ast.Call) -> bool:
    """Tell whether ``call`` is that of a GradScaler: ``scaler.step(optimizer)``."""
    owner = call.func.value if isinstance(call.func, ast.Attribute) else call.func
    name = unparse(owner).rpartition(".")[2]
    return (
        name.endswith("scaler")
        and len(call.args) == 1
        and _is_optimizer(context, call.args[0])
    )


def _is_module(context: RuleContext, node: ast.expr) -> bool:
    """Tell whether ``node`` is a Module of known class.

    That it has a ``zero_grad`` is no proof here: so has an optimizer.
    """
    verdict = context.receiver(node)
    return verdict.state == "module" and not _is_any_module(verdict.cls)


def _is_any_module(cls: object) -> bool:
    return getattr(cls, "dotted", None) == "torch.nn.Module"


def _is_optimizer(context: RuleContext, node: ast.expr) -> bool:
    """Tell whether ``node`` is one of torch's optimizers, by class or else by name."""
    found = alternatives(context.evaluate(node))
    name = getattr(node, "attr", None) or getattr(node, "id", None) or ""
    for alternative in found:
        cls = alternative.cls if isinstance(alternative, Instance) else None
        dotted = getattr(cls, "dotted", "")
        if alternative == UNKNOWN or _is_any_module(cls):
            if not OPTIMIZER.search(name):
                return False
        elif not dotted.startswith("torch.optim.") or "lr_scheduler" in dotted:
            return False
    return True
