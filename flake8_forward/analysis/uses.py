"""What a function does with an object that it has just made."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_forward.analysis import guards
from flake8_forward.analysis.body import Body, Spot
from flake8_forward.analysis.torch_layers import MOVES, PARAMETERS
from flake8_forward.modules.flow import key_of

if TYPE_CHECKING:
    from flake8_forward.context import Site


def parent(spot: Spot) -> ast.AST | None:
    """Return the node around a place."""
    return spot.chain[0] if spot.chain else None


def moved(spot: Spot) -> Spot:
    """Return the place of the whole expression that moves what ``spot`` gives."""
    while spot.chain is not None and spot.chain[1] is not None:
        attribute, (call, rest) = spot.chain[0], spot.chain[1]
        if (
            not isinstance(attribute, ast.Attribute)
            or attribute.attr not in MOVES
            or not isinstance(call, ast.Call)
            or call.func is not attribute
        ):
            break
        spot = Spot(call, rest)
    return spot


def stored_as(spot: Spot) -> str | None:
    """Return the key of the only target that the value at ``spot`` is assigned to."""
    node = parent(spot)
    if isinstance(node, ast.Assign) and node.value is spot.node:
        return key_of(node.targets[0]) if len(node.targets) == 1 else None
    if isinstance(node, (ast.AnnAssign, ast.NamedExpr)) and node.value is spot.node:
        return key_of(node.target)
    return None


def reads(body: Body, key: str) -> Iterator[Spot]:
    """Yield where the body reads the name or attribute chain ``key``."""
    for spot in body.read(key.rpartition(".")[2]):
        if key_of(spot.node) == key:
            yield spot


def is_conditional(site: Site) -> bool:
    """Tell whether ``site`` may be left out: it stands in a branch, or after an exit.

    What is assigned there may be made once, when it is needed first. Checks of the
    input, which raise, do not count.
    """
    if any(isinstance(node, (ast.Try, ast.ExceptHandler)) for node in site.path):
        return True
    assert site.body is not None
    checks: list[ast.expr] = [node.test for node in site.body.nodes(ast.Assert)]
    checks += [
        node.test
        for node in site.body.nodes(ast.If)
        if isinstance(node.body[-1], ast.Raise) and not node.orelse
    ]
    return any(test not in checks for test in guards.tests(site))


NEW_TENSOR = frozenset({
    "abs", "add", "bmm", "bool", "cat", "chunk", "clamp", "clone", "concat", "cos",
    "cosine_similarity", "cumsum", "diag", "div", "dot", "einsum", "elu", "erf", "exp",
    "expand", "expand_as", "expm1", "flatten", "flip", "gelu", "index_select", "int",
    "linear", "log", "log1p", "log_softmax", "logit", "long", "masked_fill", "matmul",
    "max", "maximum", "mean", "min", "minimum", "mm", "movedim", "mul", "multiply",
    "mv", "narrow", "neg", "norm", "normalize", "outer", "permute", "pow", "prod",
    "reciprocal", "relu", "repeat", "repeat_interleave", "reshape", "roll", "round",
    "rsqrt", "select", "sigmoid", "sign", "silu", "sin", "softmax", "softplus", "split",
    "sqrt", "square", "squeeze", "stack", "sub", "sum", "swapaxes", "t", "tanh", "tile",
    "transpose", "tril", "triu", "unbind", "unsqueeze", "view", "view_as", "where",
})  # fmt: skip
"""Methods and functions of torch that return other tensors than they are given."""


def made_by(site: Site) -> ast.Call | None:
    """Return the call of torch's Parameter that the word at ``site`` begins."""
    call, node = site.path[-2], site.suspect.node
    if not isinstance(call, ast.Call) or call.func is not node:
        return None
    assert isinstance(node, ast.expr)
    return call if site.library_name(node) in PARAMETERS else None
