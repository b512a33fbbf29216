"""FWD103: forward of a Module is passed to something that calls it."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_forward.index import attributes, kept
from flake8_forward.rule import WordRule
from flake8_forward.unparsing import unparse

if TYPE_CHECKING:
    from flake8_forward.context import Site

CALLERS = frozenset({
    "builtins.map", "functools.partial",
    "multiprocessing.Process", "threading.Thread", "torch.compile", "torch.func.vmap",
    "torch.utils.checkpoint.checkpoint", "torch.vmap",
})  # fmt: skip
"""Functions and classes that call what they are given on data."""

CALLING_METHODS = frozenset({"apply_async", "imap", "map", "starmap", "submit"})
"""Methods of executors and pools that call their first argument on data."""

HANDED_AS = ("func", "function", "model", "target")
"""Names of the parameters that take it."""


class ForwardHandedOver(WordRule):
    """Bound ``forward`` of a Module passed to a function that will call it on data.

    ``checkpoint(block.forward, x)`` runs ``forward`` without the hooks, just as a
    direct call does. Pass the Module itself instead.

    Exempt: introspection; a ``module.forward`` that the same function replaces;
    ``torch.jit.trace``, which traces a bare method correctly.

    Fix: pass the Module.

    Source: https://docs.pytorch.org/docs/stable/checkpoint.html
    """

    code = "FWD103"
    attributes = frozenset({"forward"})

    def check(self, site: Site) -> str | None:
        """Return the message if a proven Module's forward is an argument to call."""
        node = site.suspect.node
        if not isinstance(node, ast.Attribute) or not isinstance(node.ctx, ast.Load):
            return None
        caller = _caller(site)
        if caller is None or (site.in_forward and _is_self(site, node.value)):
            return None
        verdict = site.receiver(node.value)
        if verdict.state != "module" or verdict.own_call or verdict.cls is None:
            return None
        if site.is_exempt or _is_replaced(site, node) or site.attribute is None:
            return None
        receiver = site.source(site.attribute.value)
        return (
            f"'{receiver}.forward' passed to '{caller}' skips the hooks of "
            f"{verdict.cls.name}; pass '{receiver}'"
        )


def _is_self(site: Site, node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == site.self_name


def _caller(site: Site) -> str | None:
    """Return the function that gets the word's attribute in order to call it."""
    outer: ast.AST = site.path[-2]
    if isinstance(outer, ast.keyword) and outer.arg in HANDED_AS:
        outer = site.path[-3]
    elif not isinstance(outer, ast.Call) or outer.args[:1] != [site.suspect.node]:
        return None
    if not isinstance(outer, ast.Call):
        return None
    call = outer
    name = site.source(call.func)
    if isinstance(call.func, ast.Attribute) and call.func.attr in CALLING_METHODS:
        return name
    return name if site.library_name(call.func) in CALLERS else None


def _is_replaced(site: Site, node: ast.Attribute) -> bool:
    """Tell whether the function also assigns this ``forward``: it is being wrapped."""
    body = site.functions[-1].node if site.functions else site.file.tree
    return unparse(node) in _replaced(body)


@kept
def _replaced(body: ast.AST) -> set[str]:
    """Return the Modules' forwards that are assigned in ``body``."""
    return {
        unparse(node)
        for node in attributes(body, "forward")
        if isinstance(node.ctx, ast.Store)
    }
