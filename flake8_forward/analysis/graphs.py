"""Which values in a forward are proven tensors, and which of them hold a graph."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from flake8_forward.analysis.settings import assigned, attribute_of_self
from flake8_forward.analysis.torch_layers import PARAMETERS
from flake8_forward.modules.expressions import evaluate
from flake8_forward.modules.flow import Flow, Origin, listed, reaching
from flake8_forward.modules.knowledge_base import MODULE_KINDS
from flake8_forward.modules.types import Instance, KnownClass, options

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

_FUNCTION = re.compile(r"torch\.(?:nn\.functional\.|special\.|fft\.|linalg\.)?[a-z]\w*")
_LAYER = re.compile(r"torch\.nn\.(?:modules\.\w+\.)?(\w+)")
_OF_SEVERAL = re.compile(r"(RNN|LSTM|GRU|MultiheadAttention)(Cell)?|\w*MaxPool\dd")
_NO_LAYER = re.compile(
    r"Module(List|Dict)?|Parameter(List|Dict)|Sequential|\w*Parallel"
)
_LOSS = re.compile(r"\w+_loss|\w*cross_entropy\w*|kl_div")
_SAME = frozenset({"H", "T", "imag", "mH", "mT", "real"})

_NO_TENSOR = frozenset({
    "allclose", "aminmax", "autocast", "backward", "broadcast_shapes",
    "broadcast_tensors", "chunk", "compile", "cummax", "cummin", "data_ptr", "device",
    "dim", "dtype", "element_size", "enable_grad", "equal", "finfo", "get_device",
    "get_default_dtype", "iinfo", "inference_mode", "is_complex", "is_contiguous",
    "is_floating_point", "is_grad_enabled", "is_tensor", "item", "kthvalue", "load",
    "manual_seed", "max", "median", "meshgrid", "min", "mode",
    "multi_head_attention_forward", "ndimension", "nelement", "no_grad", "numel",
    "numpy", "promote_types", "qr", "register_hook", "result_type", "save",
    "set_grad_enabled", "size", "sort", "split", "split_with_sizes", "storage",
    "stride", "svd", "tensor_split", "tolist", "topk", "type", "typename", "unbind",
    "unique", "unique_consecutive",
})  # fmt: skip
"""Functions of torch and methods of tensors that may return something else."""

NO_GRAPH = frozenset({
    "all", "any", "arange", "argmax", "argmin", "argsort", "as_tensor", "bernoulli",
    "bincount", "bool", "ceil", "count_nonzero", "detach", "detach_", "empty",
    "empty_like", "eq", "eye", "floor", "from_numpy", "full", "full_like", "ge", "gt",
    "histc", "int", "isfinite", "isinf", "isnan", "le", "linspace", "logical_and",
    "logical_not", "logical_or", "long", "lt", "multinomial", "ne", "new_empty",
    "new_full", "new_ones", "new_tensor", "new_zeros", "nonzero", "normal", "one_hot",
    "ones", "ones_like", "rand", "rand_like", "randint", "randint_like", "randn",
    "randn_like", "randperm", "round", "searchsorted", "sign", "tensor", "tril_indices",
    "triu_indices", "zeros", "zeros_like",
})  # fmt: skip
"""Those whose results have no gradient."""


def torch_function(site: Site, call: ast.Call) -> str:
    """Return the last name of torch's function that is called, empty if none is."""
    dotted = site.library_name(call.func) or ""
    return dotted.rpartition(".")[2] if _FUNCTION.fullmatch(dotted) else ""


class Tracer:
    """Follows values backwards from one place of a method."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._known: dict[int, str] = {}

    def kind(self, node: ast.expr, flow: Flow | None = None) -> str:
        """Return what ``node`` is proven to be at ``flow``, the site's own if None."""
        flow = flow or self._site.flow
        if isinstance(node, ast.Name):
            return self._name(node, flow)
        if isinstance(node, ast.Attribute):
            return self._attribute(node, flow)
        if isinstance(node, ast.Call):
            return self._call(node, flow)
        if isinstance(node, ast.BinOp):
            return _computed({self.kind(node.left, flow), self.kind(node.right, flow)})
        if isinstance(node, ast.Compare):
            return PLAIN if self._is_tensor(node.left, flow) else UNKNOWN
        if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not):
            return _computed({self.kind(node.operand, flow)})
        if isinstance(node, ast.Subscript):
            owner = self.kind(node.value, flow)
            return owner if owner == GRAPHS else _computed({owner})
        if isinstance(node, ast.IfExp):
            return _joined([self.kind(node.body, flow), self.kind(node.orelse, flow)])
        is_none = isinstance(node, ast.Constant) and node.value is None
        return _NEUTRAL if is_none else UNKNOWN

    def _is_tensor(self, node: ast.expr, flow: Flow) -> bool:
        return self.kind(node, flow) in (GRAPH, TENSOR, LEAF, PLAIN)

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
            not in ("", "cat", "stack", *_NO_TENSOR, *NO_GRAPH)
            for call in body.nodes(ast.Call)
            for argument in call.args[:1]
        )
        return TENSOR if is_used else UNKNOWN

    def _origin(self, origin: Origin) -> str:
        key = id(origin)
        if key not in self._known:
            self._known[key] = _NEUTRAL  # a loop's own value tells nothing of it
            self._known[key] = self._of_origin(origin)
        return self._known[key]

    def _of_origin(self, origin: Origin) -> str:
        node, flow = origin.node, origin.flow
        if origin.kind == "value":
            return self.kind(node, flow)
        if origin.kind == "augmented":
            values = (node.target, node.value)
            return _computed({self.kind(value, flow) for value in values})
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
            return self.kind(node.elts[index], outer.flow)
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
            return _computed({self.kind(node.value, flow)})
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
        name = torch_function(self._site, node)
        if not name and isinstance(node.func, ast.Attribute):
            name = node.func.attr
            kinds = {self.kind(node.func.value, flow)}
            if not kinds.isdisjoint({UNKNOWN, _NEUTRAL}):
                return UNKNOWN
        if not name or name in _NO_TENSOR:
            return UNKNOWN
        if name in NO_GRAPH:
            return PLAIN
        if _LOSS.fullmatch(name):
            return GRAPH
        kinds |= {
            self.kind(*part)
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
