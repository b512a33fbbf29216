"""FWD414: forward passes its tensor to a layer's class instead of a layer."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_forward.analysis.tensors.proofs import is_tensor
from flake8_forward.concrete.report import Report
from flake8_forward.inference.values import ClassObject, KnownClass
from flake8_forward.knowledge.vocabulary import WEIGHT_FIRST
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import Rule
from flake8_forward.syntax.body import Body
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.tree import NodePath

_CALLED = re.compile(r"([A-Z]\w{0,60})\s*\(")

KEEPING = re.compile(r"add|append|apply|checkpoint|extend|insert|register|set")
"""Names of functions that take layers, to store them or to call them later."""


class LayerClassAsFunction(Rule):
    """Class of a layer called with a tensor in ``forward``: ``nn.ReLU(x)``.

    The arguments of a layer's class are its settings. ``nn.ReLU(x)`` takes the tensor
    for ``inplace`` and returns a layer, not a tensor. ``nn.Flatten(x)`` and
    ``nn.Softmax(x)`` do the same; ``nn.Dropout(x)`` and ``nn.Sigmoid(x)`` raise at
    once. The code that follows gets a Module and fails far from the cause or, if the
    layer is only returned or stored in a dictionary, does not fail at all.

    Exempt: a layer that is called, ``nn.ReLU()(x)``, or stored; sizes and other
    numbers; containers and Parameters; the weights of a loss; values that are not
    proven to be tensors.

    Fix: create the layer in ``__init__`` and call it, or use ``torch.nn.functional``.

    Source: https://docs.pytorch.org/docs/stable/nn.html
    """

    code = "FWD414"
    definitions = frozenset({"forward"})

    def findings(self, context: RuleContext) -> Iterator[Report]:
        """Yield the layers' classes that the ``forward`` at ``context`` calls on tensors."""
        kind = context.resolver.knowledge.kind
        called = {*_CALLED.findall(context.text)}
        if not any(kind(f"torch.nn.{name}") == "module" for name in called):
            return
        body = context.body
        assert body is not None
        node_paths = [
            node_path
            for node_path in body.node_paths(ast.Call)
            if (name := _class_name(node_path.node))
            and kind(f"torch.nn.{name}") == "module"
            and _is_value(node_path, body)
        ]
        cls = context.defining_class if node_paths else None
        if cls is None or not context.is_module(cls):
            return
        for node_path in node_paths:
            call = node_path.node
            assert isinstance(call, ast.Call)
            message = _message(context.at(node_path), call)
            if message is not None:
                yield Report(call.func, message)


def _message(context: RuleContext, call: ast.Call) -> str | None:
    """Return the message if ``call`` passes a tensor to a layer's class."""
    name = _layer(context, call)
    if name is None or not _takes_tensors(
        context, call, 2 if name in WEIGHT_FIRST else 1
    ):
        return None
    text = f"{context.code(call.func)}({context.code(call.args[0])})"
    return (
        f"'{text}' creates a layer with a tensor as a setting, and computes nothing; "
        "create the layer in '__init__' and call it"
    )


def _class_name(call: ast.AST) -> str:
    """Return the name of the class that seems to be called with arguments."""
    if not isinstance(call, ast.Call) or not call.args:
        return ""
    name = _last_name(call)
    return name if name[:1].isupper() else ""


def _last_name(call: ast.Call) -> str:
    return getattr(call.func, "attr", None) or getattr(call.func, "id", None) or ""


def _is_value(node_path: NodePath, body: Body) -> bool:
    """Tell whether the result of a call is used in computations, not stored or called."""
    node, chain = node_path
    while chain is not None and isinstance(chain[0], (ast.Dict, ast.List, ast.Tuple)):
        node, chain = chain
    parent = chain[0] if chain is not None else None
    if isinstance(parent, ast.Call):
        return node is node_path.node and node is not parent.func and _computes(parent)
    if isinstance(parent, ast.Assign):
        return node is node_path.node and all(
            isinstance(target, ast.Name) and target.id not in _called(body)
            for target in parent.targets
        )
    return isinstance(parent, (ast.BinOp, ast.Return))


def _computes(call: ast.Call) -> bool:
    """Tell whether ``call`` is one of a layer or a function, not of a class or list."""
    name = _last_name(call)
    return name[:1].islower() and not KEEPING.match(name)


@memoized
def _called(body: Body) -> set[str]:
    """Return the names that are called: such a variable is meant to hold a layer."""
    functions = (call.func for call in body.nodes(ast.Call))
    return {node.id for node in functions if isinstance(node, ast.Name)}


def _layer(context: RuleContext, call: ast.Call) -> str | None:
    """Return the name of the layer's class in torch.nn that is called."""
    value = context.evaluate(call.func)
    if not isinstance(value, ClassObject) or not isinstance(value.cls, KnownClass):
        return None
    package, _, name = value.cls.dotted.rpartition(".")
    is_layer = value.cls.kind == "module" and package.startswith("torch.nn")
    return name if is_layer else None


def _takes_tensors(context: RuleContext, call: ast.Call, count: int) -> bool:
    """Tell whether the first ``count`` arguments of ``call`` are tensors."""
    first = call.args[:count]
    return len(first) == count and all(
        is_tensor(context, argument) for argument in first
    )
