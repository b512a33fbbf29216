"""Which values in a forward are proven tensors, and which of them hold a graph."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from flake8_forward.analysis.settings import assigned, attribute_of_self
from flake8_forward.analysis.torch_functions import NO_GRAPH, NO_TENSOR, torch_function
from flake8_forward.analysis.torch_layers import PARAMETERS
from flake8_forward.index import kept_for_body
from flake8_forward.modules.expressions import evaluate
from flake8_forward.modules.flow import Flow, Origin, listed, reaching
from flake8_forward.modules.knowledge_base import MODULE_KINDS
from flake8_forward.modules.types import Instance, KnownClass, options
from flake8_forward.tree import walk

if TYPE_CHECKING:
    from flake8_forward.context import Site

UNKNOWN = ""
PLAIN = "plain"
"""A tensor without a gradient: integers, truth values, constants, detached values."""
TENSOR = "tensor"
"""A tensor that may have a gradient."""
LEAF = "leaf"
"""A Parameter."""
GRAPH = "graph"
"""What a layer, or an operation on a Parameter, has computed: it holds the graph."""
GRAPHS = "graphs"
"""Several of these, or one of several kinds of objects, as LSTM returns them."""

_NEUTRAL = "none"
_ORDER = (GRAPHS, GRAPH, TENSOR, LEAF, PLAIN)

_LAYER = re.compile(r"torch\.nn\.(?:modules\.\w+\.)?(\w+)")
_OF_SEVERAL = re.compile(r"(RNN|LSTM|GRU|MultiheadAttention)(Cell)?|\w*MaxPool\dd")
_NO_LAYER = re.compile(
    r"Module(List|Dict)?|Parameter(List|Dict)|Sequential|\w*Parallel"
)
_LOSS = re.compile(r"\w+_loss|\w*cross_entropy\w*|kl_div")
_SAME = frozenset({"H", "T", "imag", "mH", "mT", "real"})

MAX_ORIGINS = 1000
"""Bindings of names that are looked at for one value."""


def kind(site: Site, node: ast.expr) -> str:
    """Return what ``node`` is proven to be at ``site``."""
    return _tracer(site).kind(node, site.flow)


@kept_for_body
def _tracer(site: Site) -> _Tracer:
    return _Tracer(site)


class _Tracer:
    """Follows values of a method backwards."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[Origin, str] = {}

    def kind(self, node: ast.expr, flow: Flow) -> str:
        """Return what ``node`` is proven to be at ``flow``."""
        origins = self._behind(node, flow)
        if len(origins) > MAX_ORIGINS:
            return UNKNOWN
        # The first ones first: in a long method, each rests on the one before.
        for origin in reversed(origins):
            self._origin(origin)
        return self._kind(node, flow)

    def _behind(self, node: ast.expr, flow: Flow) -> list[Origin]:
        """Return what binds the names in ``node``, and in what these are bound to."""
        found: dict[Origin, None] = {}
        work: list[tuple[ast.AST, Flow]] = [(node, flow)]
        for value, at in work:  # which grows
            names = (part.id for part in walk(value) if isinstance(part, ast.Name))
            origins = [origin for name in names for origin in reaching(at, name)[0]]
            for origin in origins:
                source = origin.outer or origin
                if origin in found or origin in self._known:
                    continue
                found[origin] = None
                if isinstance(source.node, ast.expr) and len(found) <= MAX_ORIGINS:
                    work.append((source.node, source.flow))
        return [*found]

    def _kind(self, node: ast.expr, flow: Flow) -> str:
        if isinstance(node, ast.Name):
            return self._name(node, flow)
        if isinstance(node, ast.Attribute):
            return self._attribute(node, flow)
        if isinstance(node, ast.Call):
            return self._call(node, flow)
        if isinstance(node, ast.BinOp):
            return _computed(
                {self._kind(node.left, flow), self._kind(node.right, flow)}
            )
        if isinstance(node, ast.Compare):
            return PLAIN if self._is_tensor(node.left, flow) else UNKNOWN
        if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not):
            return _computed({self._kind(node.operand, flow)})
        if isinstance(node, ast.Subscript):
            owner = self._kind(node.value, flow)
            return owner if owner == GRAPHS else _computed({owner})
        if isinstance(node, ast.IfExp):
            return _joined([self._kind(node.body, flow), self._kind(node.orelse, flow)])
        is_none = isinstance(node, ast.Constant) and node.value is None
        return _NEUTRAL if is_none else UNKNOWN

    def _is_tensor(self, node: ast.expr, flow: Flow) -> bool:
        return self._kind(node, flow) in (GRAPH, TENSOR, LEAF, PLAIN)

    def _name(self, node: ast.Name, flow: Flow) -> str:
        origins, unbound = reaching(flow, node.id)
        if unbound or not origins:
            return UNKNOWN
        kind = _joined([self._origin(origin) for origin in origins])
        return kind or self._by_use(node.id)

    def _by_use(self, name: str) -> str:
        """Return what torch's functions tell of a name: they take tensors only."""
        body = self._site.body
        is_used = body is not None and any(
            isinstance(argument, ast.Name)
            and argument.id == name
            and torch_function(self._site, call)
            not in ("", "cat", "stack", *NO_TENSOR, *NO_GRAPH)
            for call in body.nodes(ast.Call)
            for argument in call.args[:1]
        )
        return TENSOR if is_used else UNKNOWN

    def _origin(self, origin: Origin) -> str:
        if origin not in self._known:
            self._known[origin] = _NEUTRAL  # a loop's own value tells nothing of it
            self._known[origin] = self._of_origin(origin)
        return self._known[origin]

    def _of_origin(self, origin: Origin) -> str:
        node, flow = origin.node, origin.flow
        if origin.kind == "value":
            return self._kind(node, flow)
        if origin.kind == "augmented":
            values = (node.target, node.value)
            return _computed({self._kind(value, flow) for value in values})
        if origin.kind == "unpack" and origin.outer is not None:
            return self._unpacked(origin.outer, origin.index or 0)
        if origin.kind == "param" and node.annotation is not None:
            found = self._site.library_name(node.annotation)
            return TENSOR if found == "torch.Tensor" else UNKNOWN
        return UNKNOWN

    def _unpacked(self, outer: Origin, index: int) -> str:
        node = outer.node
        if outer.kind == "value" and isinstance(node, (ast.Tuple, ast.List)):
            starred = any(isinstance(item, ast.Starred) for item in node.elts)
            if starred or not index < len(node.elts):
                return UNKNOWN
            return self._kind(node.elts[index], outer.flow)
        return GRAPHS if self._origin(outer) == GRAPHS else UNKNOWN

    def _attribute(self, node: ast.Attribute, flow: Flow) -> str:
        attribute = attribute_of_self(self._site, node)
        if attribute:
            return self._member(attribute)
        if node.attr in ("weight", "bias") and not isinstance(node.value, ast.Name):
            return LEAF if self._layer(node.value, flow) else UNKNOWN  # not a new one
        if node.attr in ("data", "grad"):
            return PLAIN if self._is_tensor(node.value, flow) else UNKNOWN
        if node.attr in _SAME:
            return _computed({self._kind(node.value, flow)})
        return UNKNOWN

    def _member(self, name: str) -> str:
        """Return what the attribute of the Module is: a Parameter, or unknown."""
        made = [
            value
            for value in assigned(self._site, name)
            if not (isinstance(value, ast.Constant) and value.value is None)
        ]
        is_leaf = made and all(self._makes_parameter(value) for value in made)
        return LEAF if is_leaf else UNKNOWN

    def _makes_parameter(self, value: ast.expr) -> bool:
        if not isinstance(value, ast.Call) or len(value.args) > 1:
            return False
        flags = [item.value for item in value.keywords if item.arg == "requires_grad"]
        is_trained = all(isinstance(f, ast.Constant) and f.value for f in flags)
        return is_trained and self._site.library_name(value.func) in PARAMETERS

    def _layer(self, node: ast.expr, flow: Flow) -> str:
        """Return the name of the class of torch.nn that ``node`` is an instance of."""
        names = set()
        self._site.project.ask()
        for option in options(evaluate(self._site.project, node, flow)):
            if not isinstance(option, Instance):
                return ""
            if not isinstance(option.cls, KnownClass):
                return ""
            match = _LAYER.fullmatch(option.cls.dotted)
            is_module = option.cls.kind in MODULE_KINDS
            names.add(match[1] if match and is_module else "")
        name = names.pop() if len(names) == 1 else ""
        return "" if _NO_LAYER.fullmatch(name) else name

    def _call(self, node: ast.Call, flow: Flow) -> str:
        layer = self._layer(node.func, flow)
        if layer:
            return GRAPHS if _OF_SEVERAL.fullmatch(layer) else GRAPH
        kinds: set[str] = set()
        name = torch_function(self._site, node, flow)
        if not name and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            kinds = {self._kind(node.func.value, flow)}
            if not kinds.isdisjoint({UNKNOWN, _NEUTRAL}):
                return UNKNOWN
        if not name or name in NO_TENSOR:
            return UNKNOWN
        if name in NO_GRAPH:
            return PLAIN
        if _LOSS.fullmatch(name):
            return GRAPH
        kinds |= {
            self._kind(*part)
            for item in (*node.args, *(item.value for item in node.keywords))
            if not isinstance(item, ast.Constant)
            for part in listed(item, flow) or [(item, flow)]
        }
        return _computed(kinds if kinds == {PLAIN} else kinds | {TENSOR})


def _computed(kinds: set[str]) -> str:
    """Return what an operation on values of these ``kinds`` gives."""
    if kinds & {GRAPHS, GRAPH, LEAF}:
        return GRAPH
    return TENSOR if TENSOR in kinds else PLAIN if PLAIN in kinds else UNKNOWN


def _joined(kinds: list[str]) -> str:
    """Return what a value is that is one of several."""
    found = {kind for kind in kinds if kind != _NEUTRAL}
    if UNKNOWN in found:
        return UNKNOWN
    return next((kind for kind in _ORDER if kind in found), _NEUTRAL)
