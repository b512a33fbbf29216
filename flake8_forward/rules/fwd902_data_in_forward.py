"""FWD902: forward bypasses autograd through .data."""

from __future__ import annotations

import ast
import re

from flake8_forward.analysis.methods.guards import without_gradient
from flake8_forward.analysis.tensors import graphs, kinds, proofs
from flake8_forward.analysis.tensors.functions import torch_function
from flake8_forward.knowledge.vocabulary import NO_GRAPH, VIEWS
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.shapes import named
from flake8_forward.syntax.unparsing import unparse

TAKING = frozenset({
    "bool", "float", "id", "int", "isinstance", "item", "len", "print", "repr", "str",
    "type",
})  # fmt: skip
"""Names of functions that only read a number or text from a tensor."""

_TESTING = (ast.Assert, ast.If, ast.IfExp, ast.While)
_DATA = re.compile(r"\.data\b")


class DataInForward(WordRule):
    """``.data`` of a tensor in a Module's ``forward``.

    Off by default: right often enough to be worth a review. autograd does not see what
    is written through ``.data``: if the old values were saved for the backward pass,
    gradients are silently wrong. What is read through ``.data`` shares the memory of
    the tensor but is not part of the graph. ``.detach()`` does the same, but with it
    autograd notices if the result is changed in place, and raises.

    Exempt: ``.data`` of anything that is not proven to be a tensor with a gradient,
    such as a PackedSequence or an object of one of the project's classes; sizes,
    dtypes, copies and numbers taken from it; ``no_grad`` and ``inference_mode``;
    buffers.

    Fix: to read, ``.detach()``. To write, an operation that returns a new tensor, such
    as ``masked_fill``, or ``torch.no_grad()`` around the change of a Parameter.

    Source: https://docs.pytorch.org/docs/stable/autograd.html#in-place-correctness-checks
    """

    code = "FWD902"
    attributes = frozenset({"data"})

    def check(self, context: RuleContext) -> str | None:
        """Return the message if a proven Module's forward uses a tensor's ``.data``."""
        node = context.candidate.node
        if not isinstance(node, ast.Attribute) or not context.in_forward:
            return None
        use = _use(context)
        if not use or context.owner is None or context.inner_functions:
            return None

        kind = graphs.kind(context, node.value)
        # Nothing shows that a parameter that is only read has a gradient.
        is_written = use == "written" and (
            kind == kinds.TENSOR
            or (kind == kinds.UNKNOWN and proofs.is_tensor(context, node.value))
        )
        if kind not in (kinds.GRAPH, kinds.LEAF) and not is_written:
            return None
        if without_gradient(context) or not context.is_module(context.owner):
            return None
        text = context.code(node)
        if use == "written":
            return (
                f"'{text}' is changed in forward, unseen by autograd: gradients may be "
                "wrong; compute a new tensor, or use torch.no_grad() for a Parameter"
            )
        return (
            f"'{text}' leaves the graph, and autograd does not notice changes to it; "
            f"use '{context.code(node.value)}.detach()'"
        )


def _use(context: RuleContext) -> str:
    """Return how the memory of the tensor is used: "written" or "read".

    Empty if only a size, a copy or a number is taken from it.
    """
    node, *above = context.ancestry[::-1]
    for parent in above:
        if isinstance(getattr(node, "ctx", None), (ast.Store, ast.Del)):
            return "written"
        if isinstance(parent, ast.Attribute):
            if parent.attr.endswith("_") and not parent.attr.endswith("__"):
                return "written"
            if parent.attr not in VIEWS:
                return ""
        elif not _takes_from(parent, node):
            break
        node = parent
    return "" if _is_spent(context, node, above) else "read"


def _takes_from(parent: ast.AST, node: ast.AST) -> bool:
    """Tell whether ``parent`` is an item of ``node``, or calls it."""
    if isinstance(parent, ast.Call):
        return parent.func is node
    return isinstance(parent, ast.Subscript) and parent.value is node


def _is_spent(context: RuleContext, value: ast.AST, path: list[ast.AST]) -> bool:
    """Tell whether the value is only inspected, or assigned to a ``.data``.

    That is: compared, tested, printed, turned into a number or another kind of tensor.
    """

    for node in path:
        if isinstance(node, (ast.Compare, ast.JoinedStr)):
            return True
        if isinstance(node, _TESTING) and value is node.test:
            return True
        if (
            isinstance(node, ast.Call)
            and value in node.args
            and (
                named(node.func) in TAKING or torch_function(context, node) in NO_GRAPH
            )
        ):
            return True
        if isinstance(node, ast.Assign):
            return any(_DATA.search(unparse(target)) for target in node.targets)
        value = node
    return False
