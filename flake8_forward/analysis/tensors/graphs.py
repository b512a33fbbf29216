"""Which values in a forward are proven tensors, and which of them hold a graph."""

from __future__ import annotations

import ast
import re

from flake8_forward.analysis.methods.settings import assigned, attribute_of_self
from flake8_forward.analysis.tensors.functions import torch_function
from flake8_forward.analysis.tensors.kinds import (
    GRAPH,
    GRAPHS,
    LEAF,
    NEUTRAL,
    PLAIN,
    TENSOR,
    UNKNOWN,
    TensorKind,
    computed,
    joined,
)
from flake8_forward.analysis.tensors.origins import behind
from flake8_forward.flow.bindings import listed, reaching
from flake8_forward.flow.states import Flow, Origin, PartOrigin
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import Instance, KnownClass
from flake8_forward.knowledge.packages import MODULE_KINDS
from flake8_forward.knowledge.vocabulary import (
    DETACHED_ATTRIBUTES,
    LAYER_TENSORS,
    NO_GRAPH,
    NO_LAYERS,
    NO_TENSOR,
    PARAMETERS,
    SAME_VALUES,
    SEVERAL_RESULTS,
)
from flake8_forward.lint.context import RuleContext, once_per_body

_LAYER = re.compile(r"torch\.nn\.(?:modules\.\w+\.)?(\w+)")
_LOSS = re.compile(r"\w+_loss|\w*cross_entropy\w*|kl_div")

MAX_ROUNDS = 20
"""Rounds in which bindings are evaluated until nothing changes any more."""


def kind(context: RuleContext, node: ast.expr) -> TensorKind:
    """Return what ``node`` is proven to be at ``context``."""
    return _tracer(context).kind(node, context.flow)


@once_per_body
def _tracer(context: RuleContext) -> _Tracer:
    return _Tracer(context)


class _Tracer:
    """Follows values of a method backwards."""

    def __init__(self, context: RuleContext) -> None:
        self._context = context
        self._final = context.scope.final
        self._known: dict[Origin, TensorKind] = {}
        self._assumed: dict[Origin, TensorKind] = {}

    def kind(self, node: ast.expr, flow: Flow) -> TensorKind:
        """Return what ``node`` is proven to be at ``flow``."""
        origins = behind(node, flow, self._known.keys())
        if origins is None or not self._settles(origins):
            return UNKNOWN
        self._known |= self._assumed
        return self._kind(node, flow)

    def _settles(self, origins: list[Origin]) -> bool:
        """Evaluate all ``origins``; what they depend on in loops is assumed."""
        self._assumed = dict.fromkeys(origins, NEUTRAL)
        for _ in range(MAX_ROUNDS):
            before = {**self._assumed}
            for origin in origins:
                self._assumed[origin] = self._of_origin(origin)
            if self._assumed == before:
                return True
        return False

    def _kind(self, node: ast.expr, flow: Flow) -> TensorKind:
        if isinstance(node, ast.Name):
            return self._name(node, flow)
        if isinstance(node, ast.Attribute):
            return self._attribute(node, flow)
        if isinstance(node, ast.Call):
            return self._call(node, flow)
        if isinstance(node, ast.BinOp):
            return computed({self._kind(node.left, flow), self._kind(node.right, flow)})
        if isinstance(node, ast.Compare):
            return PLAIN if self._is_tensor(node.left, flow) else UNKNOWN
        if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not):
            return computed({self._kind(node.operand, flow)})
        if isinstance(node, ast.Subscript):
            owner = self._kind(node.value, flow)
            return owner if owner == GRAPHS else computed({owner})
        if isinstance(node, ast.IfExp):
            return joined([self._kind(node.body, flow), self._kind(node.orelse, flow)])
        is_none = isinstance(node, ast.Constant) and node.value is None
        return NEUTRAL if is_none else UNKNOWN

    def _is_tensor(self, node: ast.expr, flow: Flow) -> bool:
        return self._kind(node, flow) in (GRAPH, TENSOR, LEAF, PLAIN)

    def _name(self, node: ast.Name, flow: Flow) -> TensorKind:
        origins, unbound = reaching(flow, node.id)
        if unbound or not origins:
            return UNKNOWN
        kind = joined([self._origin(origin) for origin in origins])
        return kind or self._by_use(node.id)

    def _by_use(self, name: str) -> TensorKind:
        """Return what torch's functions tell about a name: they take only tensors."""
        body = self._context.body
        is_used = body is not None and any(
            isinstance(argument, ast.Name)
            and argument.id == name
            and torch_function(self._context, call, self._context.at(node_path).flow)
            not in ("", "cat", "stack", *NO_TENSOR, *NO_GRAPH)
            for node_path in body.node_paths(ast.Call)
            if isinstance(call := node_path.node, ast.Call)
            for argument in call.args[:1]
        )
        return TENSOR if is_used else UNKNOWN

    def _origin(self, origin: Origin) -> TensorKind:
        found = self._known.get(origin)
        return self._assumed.get(origin, UNKNOWN) if found is None else found

    def _of_origin(self, origin: Origin) -> TensorKind:
        node, flow = origin.node, origin.flow
        if origin.kind == "value":
            return self._kind(node, flow)
        if origin.kind == "augmented":
            values = (node.target, node.value)
            return computed({self._kind(value, flow) for value in values})
        if isinstance(origin, PartOrigin):
            return self._unpacked(origin.whole, origin.index)
        if origin.kind == "param" and node.annotation is not None:
            found = self._context.library_name(node.annotation, flow)
            return TENSOR if found == "torch.Tensor" else UNKNOWN
        return UNKNOWN

    def _unpacked(self, whole: Origin, index: int) -> TensorKind:
        node = whole.node
        if whole.kind == "value" and isinstance(node, (ast.Tuple, ast.List)):
            starred = any(isinstance(item, ast.Starred) for item in node.elts)
            if starred or not index < len(node.elts):
                return UNKNOWN
            return self._kind(node.elts[index], whole.flow)
        return GRAPHS if self._origin(whole) == GRAPHS else UNKNOWN

    def _attribute(self, node: ast.Attribute, flow: Flow) -> TensorKind:
        attribute = attribute_of_self(self._context, node)
        if attribute:
            return self._member(attribute)
        if node.attr in LAYER_TENSORS and not isinstance(node.value, ast.Name):
            return LEAF if self._layer(node.value, flow) else UNKNOWN  # not a new one
        if node.attr in DETACHED_ATTRIBUTES:
            return PLAIN if self._is_tensor(node.value, flow) else UNKNOWN
        if node.attr in SAME_VALUES:
            return computed({self._kind(node.value, flow)})
        return UNKNOWN

    def _member(self, name: str) -> TensorKind:
        """Return what the attribute of the Module is: a Parameter, or unknown."""
        made = [
            value
            for value in assigned(self._context, name)
            if not (isinstance(value, ast.Constant) and value.value is None)
        ]
        is_leaf = made and all(self._makes_parameter(value) for value in made)
        return LEAF if is_leaf else UNKNOWN

    def _makes_parameter(self, value: ast.expr) -> bool:
        if not isinstance(value, ast.Call) or len(value.args) > 1:
            return False
        flags = [item.value for item in value.keywords if item.arg == "requires_grad"]
        is_trained = all(isinstance(f, ast.Constant) and f.value for f in flags)
        return (
            is_trained
            and self._context.library_name(value.func, self._final) in PARAMETERS
        )

    def _layer(self, node: ast.expr, flow: Flow) -> str:
        """Return the name of the class of torch.nn that ``node`` is an instance of."""
        names = set()
        for alternative in alternatives(self._context.evaluate(node, flow)):
            if not isinstance(alternative, Instance):
                return ""
            if not isinstance(alternative.cls, KnownClass):
                return ""
            match = _LAYER.fullmatch(alternative.cls.dotted)
            is_module = alternative.cls.kind in MODULE_KINDS
            names.add(match[1] if match and is_module else "")
        name = names.pop() if len(names) == 1 else ""
        return "" if name in NO_LAYERS else name

    def _call(self, node: ast.Call, flow: Flow) -> TensorKind:
        layer = self._layer(node.func, flow)
        if layer:
            return GRAPHS if layer in SEVERAL_RESULTS else GRAPH
        kinds: set[TensorKind] = set()
        name = torch_function(self._context, node, flow)
        if not name and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            kinds = {self._kind(node.func.value, flow)}
            if UNKNOWN in kinds:
                return UNKNOWN
        if not name or name in NO_TENSOR:
            return UNKNOWN
        if name in NO_GRAPH:
            return PLAIN
        if kinds == {NEUTRAL}:
            return NEUTRAL
        if _LOSS.fullmatch(name):
            return GRAPH
        kinds |= {
            self._kind(*part)
            for item in (*node.args, *(item.value for item in node.keywords))
            if not isinstance(item, ast.Constant)
            for part in listed(item, flow) or [(item, flow)]
        }
        return computed(kinds if kinds == {PLAIN} else kinds | {TENSOR})
