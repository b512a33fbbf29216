"""FWD301: forward assigns gradients."""

from __future__ import annotations

import ast

from flake8_forward.context import FUNCTIONS, Site
from flake8_forward.modules.types import Instance, SourceClass, options
from flake8_forward.rule import Rule
from flake8_forward.syntax import attribute_of, source


class ManualGradient(Rule):
    """Manual gradient assignment in ``forward``: ``t.grad = …`` in any of its forms.

    autograd computes gradients in the backward pass; ``forward`` only defines the
    computation. On a tensor that is not a leaf the value is ignored, on a leaf the
    real gradient is added to it, and None throws away what was accumulated.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.grad.html
    """

    code = "FWD301"
    attributes = frozenset({"grad"})
    strings = frozenset({"grad"})

    def check(self, site: Site) -> str | None:
        """Return the message if a gradient is written in a Module's forward."""
        tensor = _written(site)
        if tensor is None or not _in_forward(site):
            return None
        if _is_attribute_of_module(site, tensor):
            return None
        attribute = attribute_of(site)
        text = f"{ast.unparse(tensor)}.grad" if attribute is None else source(attribute)
        return (
            f"'{text}' is set in forward, where autograd ignores it or adds to it; "
            "use 'register_hook' or a custom autograd.Function"
        )


def _written(site: Site) -> ast.expr | None:
    """Return the tensor whose gradient is written here."""
    node = site.suspect.node
    if isinstance(node, ast.Constant):
        return _set_by_name(site)
    if not isinstance(node, ast.Attribute):
        return None
    written = isinstance(node.ctx, (ast.Store, ast.Del)) or _through(site)
    return node.value if written else None


def _set_by_name(site: Site) -> ast.expr | None:
    """Return the tensor of ``setattr(t, "grad", …)`` or ``delattr(t, "grad")``."""
    call = site.path[-2]
    if (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("setattr", "delattr")
        and len(call.args) > 1
        and call.args[1] is site.suspect.node
    ):
        return call.args[0]
    return None


def _through(site: Site) -> bool:
    """Tell whether the gradient is changed in place: by ``[...]``, ``.data``, a method."""
    above = list(reversed(site.path[:-1]))
    for index, node in enumerate(above):
        if isinstance(node, ast.Subscript) and node.value in site.path:
            if isinstance(node.ctx, (ast.Store, ast.Del)):
                return True
        elif isinstance(node, ast.Attribute):
            if isinstance(node.ctx, (ast.Store, ast.Del)):
                return node.attr == "data"
            call = above[index + 1]
            if isinstance(call, ast.Call) and call.func is node:
                return _is_in_place(node.attr)
            if node.attr != "data":
                return False
        else:
            return False
    return False


def _is_in_place(method: str) -> bool:
    """Tell whether ``method`` of a tensor changes its values, by torch's convention."""
    return (
        method.endswith("_")
        and not method.endswith("__")
        and method not in ("requires_grad_", "retain_grad_", "share_memory_", "record_stream_")
    )


def _in_forward(site: Site) -> bool:
    """Tell whether the word stands in a Module's forward, or in what it calls on self."""
    if site.method is None or site.owner is None:
        return False
    node = site.method.node
    assert isinstance(node, FUNCTIONS)
    if not site.is_module(site.owner):
        return False
    return node.name == "forward" or _called_by_forward(site.owner, node.name)


def _called_by_forward(cls: SourceClass, name: str) -> bool:
    """Tell whether the class's own forward plainly runs ``self.<name>(...)``."""
    for method in cls.node.body:
        if not isinstance(method, FUNCTIONS) or method.name != "forward":
            continue
        first = (*method.args.posonlyargs, *method.args.args)[:1]
        for node in ast.walk(method):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr == name
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id in [arg.arg for arg in first]
            ):
                return True
    return False


def _is_attribute_of_module(site: Site, tensor: ast.expr) -> bool:
    """Tell whether ``.grad`` is an attribute of something that is not a tensor."""
    if isinstance(tensor, ast.Name) and tensor.id == site.self_name:
        return True
    return any(
        isinstance(option, Instance) and isinstance(option.cls, SourceClass)
        for option in options(site.evaluate(tensor))
    )
