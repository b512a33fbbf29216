"""What torch.nn.Module itself offers: its methods and what they return.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html
"""

from __future__ import annotations

CALL_NAMES = frozenset({"__call__", "_call_impl"})
"""What runs when a Module is called: hooks first, then forward."""

REACHING_NAMES = CALL_NAMES | {"_wrapped_call_impl"}
"""Methods that a class overriding one of these can call to reach Module's own."""

RETURNING_MODULES = frozenset({
    "torch.export.ExportedProgram.module", "torch.jit.load",
})  # fmt: skip
"""Functions of torch, and methods of its other classes, that return Modules."""

RETURN_ARGUMENT = (
    "torch.nn.utils.parametrizations.", "torch.nn.utils.prune.",
    "torch.nn.utils.spectral_norm", "torch.nn.utils.weight_norm",
    "torch.nn.utils.remove_spectral_norm", "torch.nn.utils.remove_weight_norm",
)  # fmt: skip
"""Prefixes of functions that return the Module passed to them."""

RETURN_SELF = frozenset({
    "apply", "bfloat16", "cpu", "cuda", "double", "eval", "float", "half", "ipu",
    "mtia", "requires_grad_", "share_memory", "to", "to_empty", "train", "type", "xpu",
})  # fmt: skip
"""Methods that return the Module they are called on."""

RETURN_MODULE = frozenset({"get_submodule"})
RETURN_MODULES = frozenset({"children", "modules"})
RETURN_NAMED_MODULES = frozenset({"named_children", "named_modules"})

RETURN_VALUE = frozenset({"get", "pop", "setdefault"})
CONTAINER_METHODS = RETURN_VALUE | {"values", "items", "copy"}
"""Methods of dict and ModuleDict (and pop of lists) that return an element."""

METHODS = RETURN_SELF | RETURN_MODULE | RETURN_MODULES | RETURN_NAMED_MODULES

ONLY_MODULES_HAVE = frozenset({
    "add_module", "buffers", "children", "eval", "get_buffer", "get_parameter",
    "get_submodule", "load_state_dict", "modules", "named_buffers", "named_children",
    "named_modules", "named_parameters", "parameters", "register_backward_hook",
    "register_buffer", "register_forward_hook", "register_forward_pre_hook",
    "register_full_backward_hook", "register_full_backward_pre_hook",
    "register_load_state_dict_post_hook", "register_load_state_dict_pre_hook",
    "register_module", "register_parameter", "register_state_dict_post_hook",
    "requires_grad_", "set_submodule", "state_dict", "zero_grad",
})  # fmt: skip
"""Methods whose call shows that the object, which has a forward, is a Module."""

ONLY_MODULES_TELL = frozenset({
    "_backward_hooks", "_buffers", "_forward_hooks", "_forward_pre_hooks", "_modules",
    "_parameters", "in_features", "out_features", "training",
})  # fmt: skip
"""Attributes that only Modules have."""

MOVES = frozenset({"cpu", "cuda", "double", "float", "half", "to"})
"""Methods of Modules and of tensors that return them elsewhere, or as another type."""

WRAPPERS = frozenset({"DataParallel", "DistributedDataParallel"})
"""Classes of torch that hold one Module, as ``.module``."""

_TENSOR = frozenset({"data", "device", "dtype", "grad", "shape"})
WEIGHTS = {"weight": _TENSOR, "bias": _TENSOR}
"""Attributes of layers, and what is read of them: the layer is a Module."""
