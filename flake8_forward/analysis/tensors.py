"""Which expressions in ``forward`` are proven tensors, by what computes or uses them."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from flake8_forward.unparsing import unparse

if TYPE_CHECKING:
    from flake8_forward.analysis.body import Body
    from flake8_forward.context import Site

_METHODS = frozenset({
    "abs", "add", "bmm", "chunk", "clamp", "clone", "contiguous", "cuda", "detach",
    "div", "double", "exp", "expand", "flatten", "float", "half", "log", "log_softmax",
    "masked_fill", "matmul", "max", "mean", "min", "mm", "mul", "norm", "permute",
    "pow", "relu", "repeat", "reshape", "sigmoid", "softmax", "sqrt", "squeeze", "sub",
    "sum", "t", "tanh", "to", "transpose", "unsqueeze", "view",
})  # fmt: skip
"""Methods of tensors that return tensors."""

_FUNCTIONS = frozenset(f"torch.{name}" for name in (
    *_METHODS, "bernoulli", "cat", "concat", "einsum", "empty_like", "full_like",
    "ones", "ones_like", "rand", "rand_like", "randn", "randn_like", "stack", "where",
    "zeros", "zeros_like",
))  # fmt: skip

_USES = _METHODS - {"add", "div", "max", "min", "mul", "sub", "t"} | {
    "device", "dim", "dtype", "ndim", "shape", "size",
}  # fmt: skip
"""Attributes whose use shows that a parameter is a tensor."""

_USUAL = re.compile(r"x|z|inputs?|imgs?|images?|feat(ure)?s?|hidden(_states)?|tensor")
"""What the first parameter of ``forward`` is called if it is a tensor."""


def is_tensor(
    site: Site, node: ast.expr, visited: frozenset[str] = frozenset()
) -> bool:
    """Tell whether ``node``, which stands in ``forward`` at ``site``, is a tensor.

    ``visited`` are the names whose values are being looked at: a tensor if the rest is.
    """
    if isinstance(node, ast.Name):
        return node.id in visited or _is_tensor_name(site, node.id, visited)
    if isinstance(node, ast.BinOp):
        return is_tensor(site, node.left, visited) or is_tensor(
            site, node.right, visited
        )
    if isinstance(node, ast.UnaryOp):
        return is_tensor(site, node.operand, visited)
    return isinstance(node, ast.Call) and _returns_tensor(site, node, visited)


def _returns_tensor(site: Site, call: ast.Call, visited: frozenset[str]) -> bool:
    function = call.func
    if (
        isinstance(function, ast.Attribute)
        and function.attr in _METHODS
        and is_tensor(site, function.value, visited)
    ):
        return True
    name = site.library_name(function) or ""
    if name in _FUNCTIONS or name.startswith("torch.nn.functional."):
        return True
    if name.startswith("torch.nn.") and call.args:
        return is_tensor(site, call.args[0], visited)  # a layer by mistake
    return _is_layer(site, function)


def _is_layer(site: Site, function: ast.expr) -> bool:
    """Tell whether ``function`` is a Module of torch: those of others may return all."""
    from flake8_forward.modules.types import Instance, KnownClass, options

    return all(
        isinstance(option, Instance)
        and isinstance(option.cls, KnownClass)
        and option.cls.dotted.startswith("torch.nn.")
        for option in options(site.evaluate(function))
    )


def _is_tensor_name(site: Site, name: str, visited: frozenset[str]) -> bool:
    body = site.body
    if body is None:
        return False
    values = body.values(name)
    if values:
        visited |= {name}
        return all(is_tensor(site, value, visited) for value in values)
    stored = (
        item.id for item in body.nodes(ast.Name) if isinstance(item.ctx, ast.Store)
    )
    return name not in stored and _is_tensor_parameter(site, body, name)


def _is_tensor_parameter(site: Site, body: Body, name: str) -> bool:
    args = body.function.args
    named = [*args.posonlyargs, *args.args]
    given = (*named[1:], *args.kwonlyargs)  # the first one is the Module
    arg = next((arg for arg in given if arg.arg == name), None)
    if arg is None:
        return False
    if arg.annotation is not None:
        return re.search(r"\bTensor\b", unparse(arg.annotation)) is not None
    if named[1:2] == [arg] and _USUAL.fullmatch(name):
        return True
    return any(
        isinstance(node.value, ast.Name)
        and node.value.id == name
        and node.attr in _USES
        for node in body.nodes(ast.Attribute)
    )
