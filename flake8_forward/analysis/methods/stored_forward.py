"""A bound ``forward`` that is called later, or got by its name and called."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import NamedTuple

from flake8_forward.lint.context import RuleContext
from flake8_forward.syntax.index import TreeIndex
from flake8_forward.syntax.shapes import is_name, key_of


class Stored(NamedTuple):
    """``name = forward``, a bound one, of which ``name`` is only ever called."""

    forward: ast.Attribute
    name: str
    is_local: bool


def by_name(context: RuleContext) -> ast.expr | None:
    """Return m if the word is the string of ``getattr(m, "forward")(...)``."""
    call, outer = context.ancestry[-2:-4:-1]
    if not isinstance(call, ast.Call) or call.args[1:2] != [context.candidate.node]:
        return None
    if not isinstance(outer, ast.Call) or outer.func is not call:
        return None
    name = context.library_name(call.func)
    return call.args[0] if name == "builtins.getattr" else None


def stored(context: RuleContext) -> Stored | None:
    """Return where the word, a bound forward, is stored to be called on data.

    The name is a variable of the same function or an attribute of ``self``, is never
    used but to be called, and the function replaces no ``forward``: one that does
    stores the original for itself.
    """
    node, target = context.candidate.node, _target(context)
    if not isinstance(node, ast.Attribute) or not isinstance(node.ctx, ast.Load):
        return None
    if target is None or context.body is None or is_replaced(context):
        return None
    name = key_of(target)
    if isinstance(target, ast.Name) and _is_only_called(context, target.id):
        return Stored(node, target.id, True)
    if isinstance(target, ast.Attribute) and name and _is_own_step(context, target):
        return Stored(node, name, False)
    return None


def _target(context: RuleContext) -> ast.expr | None:
    """Return the target that the word is assigned to, or is as one of two choices."""
    value: ast.AST = context.candidate.node
    for node in context.ancestry[-2::-1]:
        if isinstance(node, ast.Assign) and node.value is value:
            return node.targets[0] if len(node.targets) == 1 else None
        if not isinstance(node, ast.IfExp) or node.test is value:
            return None
        value = node
    return None


def is_replaced(context: RuleContext) -> bool:
    """Tell whether a ``forward`` is replaced in the function or class around.

    The new one would call itself if it called the object.
    """
    if context.owner is not None:
        around: ast.AST = context.owner.node
    else:
        around = context.functions[0].node if context.functions else context.file.tree
    index = context.file.index(around)
    is_stored = any(map(_is_store, index.attributes("forward")))
    named = (index.parents.get(text) for text in index.texts("forward"))
    return is_stored or any(map(_may_set, named))


def _may_set(node: ast.AST | None) -> bool:
    """Tell whether ``node`` is a call that may set an attribute: it gets a value, too."""
    return isinstance(node, ast.Call) and len(node.args) > 2


def _is_store(node: ast.Name | ast.Attribute) -> bool:
    return not isinstance(node.ctx, ast.Load)


def _is_only_called(context: RuleContext, name: str) -> bool:
    """Tell whether all that the function does with a variable is to call it on data."""
    body = context.body
    assert body is not None
    index = context.file.index(body.function)
    loads = [item for item in index.names(name) if not _is_store(item)]
    here = [found.node for found in body.read(name) if is_name(found.node, name)]
    return len(loads) == len(here) and _are_called(index, loads)


def _is_own_step(context: RuleContext, target: ast.Attribute) -> bool:
    """Tell whether the file does nothing with ``self.<name>`` but call it on data."""
    if not is_name(target.value, context.self_name) or context.owner is None:
        return False
    index = context.file.index()
    used = index.attributes(target.attr)
    loads = [item for item in used if not _is_store(item)]
    is_own = all(index.owner(item) == context.owner.name for item in used)
    return is_own and len(used) == len(loads) + 1 and _are_called(index, loads)


def _are_called(index: TreeIndex, nodes: Sequence[ast.expr]) -> bool:
    calls = [index.parents[node] for node in nodes]
    return bool(calls) and all(
        isinstance(call, ast.Call)
        and call.func is node
        and bool(call.args or call.keywords)
        for call, node in zip(calls, nodes, strict=True)
    )
