"""What torch.nn.Module itself offers: its methods and what they return.

Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html
"""

from __future__ import annotations

from flake8_forward.modules.types import UNKNOWN, Method, Type

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
"""Methods of dict and ModuleDict (and pop of lists) that hand out what they hold."""

METHODS = RETURN_SELF | RETURN_MODULE | RETURN_MODULES | RETURN_NAMED_MODULES

ONLY_MODULES_HAVE = frozenset({
    "add_module", "children", "get_parameter", "get_submodule", "load_state_dict",
    "modules", "named_buffers", "named_children", "named_modules", "named_parameters",
    "parameters", "register_backward_hook", "register_buffer", "register_forward_hook",
    "register_forward_pre_hook", "register_full_backward_hook", "register_module",
    "register_parameter", "requires_grad_", "state_dict",
})  # fmt: skip
"""Methods whose call shows that the object, which has a forward, is a Module."""


def member(owner: Type, name: str) -> Type:
    """Return the method ``name`` of torch.nn.Module bound to ``owner``."""
    if name in METHODS or name in CONTAINER_METHODS:
        return Method(name, owner)
    return UNKNOWN
