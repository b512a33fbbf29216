"""FWD403: forward creates a Parameter."""

from __future__ import annotations

import ast
import re

from flake8_forward.analysis.layers import uses
from flake8_forward.analysis.methods import guards
from flake8_forward.knowledge.vocabulary import NEW_TENSOR
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.body import Body
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.tree import NodePath
from flake8_forward.syntax.unparsing import unparse

_OPTIMIZING = re.compile(r"backward|^grad$|[Oo]ptim|^step$|^Adam|^SGD$|^LBFGS$")
_FILLING = re.compile(r"torch\.nn\.init\.\w+_")
_ARGUMENTS = (ast.List, ast.Tuple, ast.keyword)


class ParameterMadeInForward(WordRule):
    """``nn.Parameter`` created in ``forward`` and used in its computation.

    It is a leaf that each call creates anew. autograd computes a gradient for it, but
    no optimizer holds it, so it never learns; and the graph of the tensor that it is
    created from ends there. Stored on ``self``, it replaces the Parameter that the
    optimizer holds.

    Exempt: Parameters stored under a condition, so that they are created once;
    Parameters with ``requires_grad=False``; Parameters that ``forward`` returns, passes
    on or optimizes itself; code that runs without autograd.

    Fix: create it in ``__init__``, or use a plain tensor.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.parameter.Parameter.html
    """

    code = "FWD403"
    calls = frozenset({"Parameter"})

    def check(self, context: RuleContext) -> str | None:
        """Return the message if a Module's forward computes with a new Parameter."""
        if not context.in_forward or context.inner_functions or context.owner is None:
            return None
        if any(
            isinstance(node, (ast.Lambda, ast.JoinedStr)) for node in context.ancestry
        ):
            return None

        call = uses.made_by(context)
        if call is None or not _is_trainable(call) or context.body is None:
            return None
        if _optimizes(context.body):
            return None
        if guards.without_gradient(context) or not context.is_module(context.owner):
            return None
        return _message(context, call)


def _is_trainable(call: ast.Call) -> bool:
    given = [item.value for item in call.keywords if item.arg == "requires_grad"]
    return all(
        isinstance(node, ast.Constant) and node.value is True
        for node in (*given, *call.args[1:])
    )


@memoized
def _optimizes(body: Body) -> bool:
    """Tell whether ``forward`` computes gradients or steps of its own."""
    return any(
        _OPTIMIZING.search(unparse(node.func).rpartition(".")[2])
        for node in body.nodes(ast.Call)
    )


def _message(context: RuleContext, call: ast.Call) -> str | None:
    """Return the message about the Parameter that ``call`` creates, by its use."""

    assert context.candidate.chain is not None and context.body is not None
    node_path = _initialized(
        context, uses.moved(NodePath(call, context.candidate.chain[1]))
    )
    key = uses.stored_as(node_path)
    name = unparse(call.func)
    if key is not None and "." in key:
        if not key.startswith(f"{context.self_name}.") or uses.is_conditional(context):
            return None
        return (
            f"'{key}' gets a new '{name}' on each call, which no optimizer holds; "
            "create it in '__init__'"
        )
    reads = [node_path] if key is None else [*uses.reads(context.body, key)]
    reads = [_initialized(context, read) for read in reads]
    reads = [read for read in reads if not isinstance(uses.parent(read), ast.Expr)]
    if not reads or not all(_computes(context.at(read), read) for read in reads):
        return None
    return (
        f"'{name}(...)' in forward is new on each call and never trained; "
        "create it in '__init__' or use a plain tensor"
    )


def _initialized(context: RuleContext, node_path: NodePath) -> NodePath:
    """Return the node path of the call that fills the value, and returns it."""
    while node_path.chain is not None and isinstance(
        call := node_path.chain[0], ast.Call
    ):
        name = context.at(node_path).library_name(call.func)
        if node_path.node not in call.args[:1] or not _FILLING.fullmatch(name or ""):
            break
        node_path = NodePath(call, node_path.chain[1])
    return node_path


def _computes(context: RuleContext, node_path: NodePath) -> bool:
    """Tell whether the value at ``node_path`` is only used in computations."""
    above = [*reversed(context.ancestry[:-1])]
    if isinstance(above[1], ast.Call) and isinstance(above[0], _ARGUMENTS):
        above = above[1:]
    node = above[0]
    if isinstance(node, (ast.AugAssign, ast.BinOp, ast.UnaryOp)):
        return True
    if isinstance(node, ast.Subscript):
        return node.value is node_path.node and isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Attribute):
        return node.attr in NEW_TENSOR
    if not isinstance(node, ast.Call):
        return False
    function = context.library_name(node.func)
    if function is not None:
        is_torchs = function.startswith("torch.")
        return is_torchs and function.rpartition(".")[2] in NEW_TENSOR
    return context.receiver(node.func).state == "module"
