"""Functions of torch, and methods of tensors, by what they return."""

from __future__ import annotations

import ast
import re

from flake8_forward.flow.states import Flow
from flake8_forward.lint.context import RuleContext

_FUNCTION = re.compile(r"torch\.(?:nn\.functional\.|special\.|fft\.|linalg\.)?[a-z]\w*")

NO_TENSOR = frozenset({
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
"""Those that may return something other than a tensor."""

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


def torch_function(
    context: RuleContext, call: ast.Call, flow: Flow | None = None
) -> str:
    """Return the last name of torch's function that is called, empty if none is."""
    dotted = context.library_name(call.func, flow) or ""
    return dotted.rpartition(".")[2] if _FUNCTION.fullmatch(dotted) else ""
