"""FWD403: forward creates a Parameter."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from flake8_forward.index import kept
from flake8_forward.rule import WordRule
from flake8_forward.unparsing import unparse

if TYPE_CHECKING:
    from flake8_forward.analysis.body import Body, Spot
    from flake8_forward.context import Site

_OPTIMIZING = re.compile(r"backward|^grad$|[Oo]ptim|^step$|^Adam|^SGD$|^LBFGS$")
_FILLING = re.compile(r"torch\.nn\.init\.\w+_")
_ARGUMENTS = (ast.List, ast.Tuple, ast.keyword)


class ParameterMadeInForward(WordRule):
    """``nn.Parameter`` created in ``forward`` and used in its computation.

    It is a leaf that each call creates anew. autograd computes a gradient for it, but
    no optimizer holds it, so it never learns; and the graph of the tensor that it is
    created from ends there. Stored on ``self``, it replaces the Parameter that the
    optimizer holds.

    Exempt: Parameters stored under a condition, so that they are created once;
    Parameters with ``requires_grad=False``; Parameters that ``forward`` returns, passes
    on or optimizes itself; code that runs without autograd.

    Fix: create it in ``__init__``, or use a plain tensor.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.parameter.Parameter.html
    """

    code = "FWD403"
    calls = frozenset({"Parameter"})

    def check(self, site: Site) -> str | None:
        """Return the message if a Module's forward computes with a new Parameter."""
        if not site.in_forward or site.inner_functions or site.owner is None:
            return None
        if any(isinstance(node, (ast.Lambda, ast.JoinedStr)) for node in site.path):
            return None
        from flake8_forward.analysis import guards, uses

        call = uses.made_by(site)
        if call is None or not _is_trainable(call) or site.body is None:
            return None
        if _optimizes(site.body):
            return None
        if guards.without_gradient(site) or not site.is_module(site.owner):
            return None
        return _message(site, call)


def _is_trainable(call: ast.Call) -> bool:
    given = [item.value for item in call.keywords if item.arg == "requires_grad"]
    return all(
        isinstance(node, ast.Constant) and node.value is True
        for node in (*given, *call.args[1:])
    )


@kept
def _optimizes(body: Body) -> bool:
    """Tell whether ``forward`` computes gradients or steps of its own."""
    return any(
        _OPTIMIZING.search(unparse(node.func).rpartition(".")[2])
        for node in body.nodes(ast.Call)
    )


def _message(site: Site, call: ast.Call) -> str | None:
    """Return what to say of the Parameter that ``call`` makes, by what becomes of it."""
    from flake8_forward.analysis import uses
    from flake8_forward.analysis.body import Spot

    assert site.suspect.chain is not None and site.body is not None
    spot = _initialized(site, uses.moved(Spot(call, site.suspect.chain[1])))
    key = uses.stored_as(spot)
    name = unparse(call.func)
    if key is not None and "." in key:
        if not key.startswith(f"{site.self_name}.") or uses.is_conditional(site):
            return None
        return (
            f"'{key}' gets a new '{name}' on each call, which no optimizer holds; "
            "create it in '__init__'"
        )
    reads = [spot] if key is None else [*uses.reads(site.body, key)]
    reads = [_initialized(site, read) for read in reads]
    reads = [read for read in reads if not isinstance(uses.parent(read), ast.Expr)]
    if not reads or not all(_computes(site.at(read), read) for read in reads):
        return None
    return (
        f"'{name}(...)' in forward is new on each call and never trained; "
        "create it in '__init__' or use a plain tensor"
    )


def _initialized(site: Site, spot: Spot) -> Spot:
    """Return the place of the call that fills what ``spot`` gives, and returns it."""
    from flake8_forward.analysis.body import Spot

    while spot.chain is not None and isinstance(call := spot.chain[0], ast.Call):
        name = site.at(spot).library_name(call.func)
        if spot.node not in call.args[:1] or not _FILLING.fullmatch(name or ""):
            break
        spot = Spot(call, spot.chain[1])
    return spot


def _computes(site: Site, spot: Spot) -> bool:
    """Tell whether the value at ``spot`` is only computed with by what is around it."""
    from flake8_forward.analysis.uses import NEW_TENSOR

    above = [*reversed(site.path[:-1])]
    if isinstance(above[1], ast.Call) and isinstance(above[0], _ARGUMENTS):
        above = above[1:]
    node = above[0]
    if isinstance(node, (ast.AugAssign, ast.BinOp, ast.UnaryOp)):
        return True
    if isinstance(node, ast.Subscript):
        return node.value is spot.node and isinstance(node.ctx, ast.Load)
    if isinstance(node, ast.Attribute):
        return node.attr in NEW_TENSOR
    if not isinstance(node, ast.Call):
        return False
    function = site.library_name(node.func)
    if function is not None:
        is_torchs = function.startswith("torch.")
        return is_torchs and function.rpartition(".")[2] in NEW_TENSOR
    return site.receiver(node.func).state == "module"
