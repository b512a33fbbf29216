"""Which calls in ``forward`` change only objects that ``forward`` created."""

from __future__ import annotations

import ast

from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import Instance, KnownClass
from flake8_forward.knowledge.vocabulary import (
    FRESH_FACTORIES,
    IMPURE_FUNCTIONS,
    PURE_METHODS,
    PURE_PACKAGES,
    WEIGHTED,
)
from flake8_forward.lint.context import RuleContext
from flake8_forward.syntax.body import Body
from flake8_forward.syntax.shapes import is_name, named, pairs
from flake8_forward.syntax.tree import walk
from flake8_forward.syntax.unparsing import unparse
from flake8_forward.verdicts import inheritance

_PURE_PACKAGES = (
    *("einops.", "math.", "numpy."),
    *PURE_PACKAGES,
)

_PURE_BUILTINS = frozenset({
    "abs", "bool", "dict", "enumerate", "float", "getattr", "hasattr", "int",
    "isinstance", "len", "list", "max", "min", "print", "range", "reversed", "set",
    "sorted", "str", "sum", "super", "tuple", "type", "zip",
})  # fmt: skip


_FILLING = frozenset({"append", "extend", "insert", "setdefault", "update"})
"""Methods that add items to lists and dicts."""

_DISPLAYS = (ast.Dict, ast.DictComp, ast.List, ast.ListComp, ast.Set, ast.SetComp)
_CONTAINERS = frozenset({"OrderedDict", "dict", "list", "set"})


def is_pure(context: RuleContext, body: Body) -> bool:
    """Tell whether the call at ``context`` is known to change nothing."""
    call = context.candidate.node
    assert isinstance(call, ast.Call)
    if any(isinstance(node, ast.Raise) for node in context.ancestry):
        return True  # in an error message
    if fills_new(call, body):
        return True
    if any(item.arg in ("inplace", "out", None) for item in call.keywords):
        return False
    changed = changed_in_place(call)
    if changed is not None:
        return is_new(context, body, changed)
    name = context.library_name(call.func)
    if name is not None:
        return _is_pure_function(name)
    if isinstance(call.func, ast.Attribute) and call.func.attr in PURE_METHODS:
        owner = call.func.value
        if not isinstance(owner, ast.Name) or owner.id != context.self_name:
            return True
    if unparse(call.func) == "super().forward":
        return _inherits_layer(context)
    verdict = context.receiver(call.func)
    return verdict.state == "module" and not verdict.own_call


def changed_in_place(node: ast.expr) -> str | None:
    """Return the name that ``name.method_(…)`` changes in place."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr.endswith("_")
        and isinstance(node.func.value, ast.Name)
    ):
        return node.func.value.id
    return None


def fills_new(node: ast.expr, body: Body) -> bool:
    """Tell whether ``node`` adds an item to a list or dict created in ``body``."""
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in _FILLING
        and is_new_container(node.func.value, body)
    )


def is_new_container(node: ast.expr, body: Body) -> bool:
    """Tell whether ``node`` names a list or dict created in ``body``."""
    values = body.only_values(node.id) if isinstance(node, ast.Name) else []
    return bool(values) and all(
        isinstance(value, _DISPLAYS)
        or (isinstance(value, ast.Call) and named(value.func) in _CONTAINERS)
        for value in values
    )


def is_new(context: RuleContext, body: Body, name: str) -> bool:
    """Tell whether the local ``name`` holds only tensors created here."""
    if body.is_given(name):
        return False
    found = [
        _makes_new(context.at(node_path), value, name)
        for node_path in body.node_paths(ast.Assign, ast.AnnAssign)
        if isinstance(node_path.node, (ast.Assign, ast.AnnAssign))
        for target, value in pairs(node_path.node)
        if is_name(target, name)
    ]
    changed = [node for node in body.nodes(ast.AugAssign) if is_name(node.target, name)]
    return bool(found) and all(found) and body.stores(name) == len([*found, *changed])


def _makes_new(context: RuleContext, value: ast.expr, name: str) -> bool:
    """Tell whether ``value`` is a new tensor if the value of ``name`` is one."""
    if is_name(value, name) or isinstance(value, ast.BinOp):
        return True
    if not isinstance(value, ast.Call):
        return False
    if context.library_name(value.func) in FRESH_FACTORIES or _is_weighted(
        context, value.func
    ):
        return True
    owner = value.func.value if isinstance(value.func, ast.Attribute) else None
    given = [owner, *value.args] if is_name(owner, name) else value.args
    others = [part for node in given[1:] if node for part in walk(node)]
    return any(node and _makes_new(context, node, name) for node in given[:1]) and all(
        part.id == name for part in others if isinstance(part, ast.Name)
    )


def _is_weighted(context: RuleContext, function: ast.expr) -> bool:
    """Tell whether ``function`` is one of torch's layers with weights."""
    return all(
        isinstance(alternative, Instance)
        and isinstance(alternative.cls, KnownClass)
        and alternative.cls.dotted.startswith("torch.nn.")
        and (name := alternative.cls.dotted.rpartition(".")[2])
        and (name in WEIGHTED or "Norm" in name)
        for alternative in alternatives(context.evaluate(function))
    )


def _inherits_layer(context: RuleContext) -> bool:
    """Tell whether the inherited ``forward`` is that of one of torch's own layers."""
    owner = context.owner
    base = inheritance.definer(context.resolver, owner, "forward") if owner else None
    return base is not None and base.dotted.startswith("torch.nn.")


def _is_pure_function(name: str) -> bool:
    module, _, last = name.rpartition(".")
    if module == "builtins":
        return last in _PURE_BUILTINS
    is_torch = module == "torch" and last not in IMPURE_FUNCTIONS
    return (is_torch or name.startswith(_PURE_PACKAGES)) and not last.endswith("_")
