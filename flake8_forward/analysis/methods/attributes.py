"""Values of attributes, and what an attribute's name means in the class."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from flake8_forward.inference import mro
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import (
    NONE,
    AnyClass,
    Instance,
    KnownClass,
    SourceClass,
)
from flake8_forward.knowledge.vocabulary import LISTINGS, TELLING_FUNCTIONS
from flake8_forward.lint.context import RuleContext
from flake8_forward.syntax.tree import FUNCTIONS

_CONFIGURATIONS = frozenset({"args", "cfg", "conf", "config", "flags", "hparams"})
"""Names of objects whose attributes and items are settings: values, not functions."""

_NOT_CALLABLE = frozenset(
    f"builtins.{name}"
    for name in (
        *("bool", "bytes", "complex", "dict", "float", "frozenset", "int", "list"),
        *("set", "str", "tuple"),
    )
)

_TELLING = TELLING_FUNCTIONS | {
    *("builtins.all", "builtins.any", "builtins.isinstance", "builtins.len"),
}
"""Functions that return numbers, truth values or tensors."""

_FLAG = re.compile(r"(is|has|use|num)_")
"""Prefixes of parameters that are truth values or numbers."""


_DISPLAYS = (
    ast.Compare, ast.Dict, ast.DictComp, ast.GeneratorExp, ast.JoinedStr, ast.List,
    ast.ListComp, ast.Set, ast.SetComp, ast.Tuple,
)  # fmt: skip


def is_data(context: RuleContext, node: ast.expr) -> bool:
    """Tell whether ``node``, at ``context``, is proven not to be callable.

    None alone proves nothing: it may be a placeholder for a function.
    """
    if isinstance(node, _DISPLAYS):
        return True
    if isinstance(node, ast.BoolOp):
        return all(is_data(context, value) for value in node.values)
    if isinstance(node, ast.IfExp):
        return is_data(context, node.body) and is_data(context, node.orelse)
    if isinstance(node, ast.UnaryOp):
        return isinstance(node.op, ast.Not)
    if _is_setting(node) or _is_flag(context, node):
        return True
    if isinstance(node, ast.Call) and _returns_data(context, node.func):
        return True
    found = [
        alternative
        for alternative in alternatives(context.evaluate(node))
        if alternative != NONE
    ]
    return bool(found) and all(
        isinstance(alternative, Instance)
        and isinstance(alternative.cls, KnownClass)
        and alternative.cls.dotted in _NOT_CALLABLE
        for alternative in found
    )


def _returns_data(context: RuleContext, function: ast.expr) -> bool:
    """Tell whether ``function`` returns a value, or lists the contents of a Module."""
    if context.library_name(function) in _TELLING:
        return True
    return (
        isinstance(function, ast.Attribute)
        and function.attr in LISTINGS
        and context.receiver(function.value).state == "module"
    )


def _is_setting(node: ast.expr) -> bool:
    """Tell whether ``node`` is ``args.name``, ``self.config["name"]`` or the like."""
    if isinstance(node, ast.Subscript):
        key = node.slice
        if not isinstance(key, ast.Constant) or not isinstance(key.value, str):
            return False
    elif not isinstance(node, ast.Attribute):
        return False
    owner = node.value
    name = getattr(owner, "attr", None) or getattr(owner, "id", None)
    return name in _CONFIGURATIONS


def _is_flag(context: RuleContext, node: ast.expr) -> bool:
    """Tell whether ``node`` is a parameter that is a value, by its default or name."""
    body = context.body
    if not isinstance(node, ast.Name) or body is None:
        return False
    stored = (
        name.id for name in body.nodes(ast.Name) if not isinstance(name.ctx, ast.Load)
    )
    if node.id in stored:
        return False
    args = body.function.args
    named = [*args.posonlyargs, *args.args]
    defaults = dict(zip(reversed(named), reversed(args.defaults), strict=False))
    by_keyword = dict(zip(args.kwonlyargs, args.kw_defaults, strict=True))
    return any(
        arg.arg == node.id
        and arg.annotation is None
        and (
            _is_value(defaults.get(arg) or by_keyword.get(arg)) or _FLAG.match(arg.arg)
        )
        for arg in (*named, *args.kwonlyargs)
    )


def _is_value(default: ast.expr | None) -> bool:
    return isinstance(default, ast.Constant) and default.value is not None


def hides_method(context: RuleContext, cls: AnyClass, name: str) -> bool:
    """Tell whether ``self.<name> = …`` can hide a method of ``cls``.

    It cannot where a class declares it otherwise, say as a property, or handles
    assignments itself.
    """
    for base in mro.lineage(context.resolver, cls).classes:
        if not isinstance(base, SourceClass):
            continue
        if "__setattr__" in base.scope.graph.locals:
            return False
        if name in base.scope.graph.locals and not _is_method(base.node.body, name):
            return False
    return True


def _is_method(body: Sequence[ast.stmt], name: str) -> bool:
    return any(
        isinstance(node, FUNCTIONS) and node.name == name and not node.decorator_list
        for node in body
    )
