"""Receivers of ``.forward`` that are no Modules of a project, by where they come from.

Modules in Python's sense, classes, compiled extensions, and proxies of objects in
another process.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_forward.flow.bindings import reaching
from flake8_forward.flow.states import ImportOrigin, Origin
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import NONE, External, Namespace
from flake8_forward.lint.context import RuleContext
from flake8_forward.syntax.shapes import is_name, key_of, named
from flake8_forward.syntax.unparsing import unparse

_EXTENSION = re.compile(r"_[cC]|_?ext|_?extension|\w+_(?:cpp|cuda|ext|extension)")
_CLASS = re.compile(r"_*[A-Z]\w*[a-z]\w*")
_PROXIES = frozenset({"remote", "rpc_async", "rpc_sync"})
"""Methods that return a stand-in for an object in another process."""


def is_no_object(context: RuleContext, node: ast.expr) -> bool:
    """Tell whether ``node``, of which ``forward`` is called, is none of a project's."""
    if _is_class(context, node) or _is_proxy(node):
        return True
    values = [one for one in alternatives(context.evaluate(node)) if one != NONE]
    if values and all(
        isinstance(v, External) and _is_foreign(v.dotted) for v in values
    ):
        return True
    key = key_of(node)
    if key is None:
        return False
    root, *rest = key.split(".")
    for origin in _origins(context, root):
        if origin.kind == "value" and not rest and _is_proxy(origin.node):
            return True
        if origin.kind in ("import", "import_from") and (
            _is_foreign(".".join((*_imported(origin), *rest)))
            or (origin.kind == "import" and not _is_on_disk(context, root))
        ):
            return True
    return False


def _is_class(context: RuleContext, node: ast.expr) -> bool:
    """Tell whether ``node`` is a class, whose ``forward`` is called unbound."""
    is_asked = isinstance(node, ast.Call) and is_name(node.func, "type")
    if is_asked or named(node) == "__class__":
        return True
    owner, call = context.owner, context.ancestry[-2]
    bases = [unparse(base) for base in owner.node.bases] if owner else []
    is_named = unparse(node) in bases or _CLASS.fullmatch(named(node) or "") is not None
    return (
        is_named
        and isinstance(call, ast.Call)
        and any(is_name(arg, name) for arg in call.args[:1] for name in _own(context))
    )


def _own(context: RuleContext) -> Iterator[str]:
    """Yield the names of what a method hands on to another class's."""
    yield from ("ctx", "self")
    if context.self_name is not None:
        yield context.self_name


def _is_proxy(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and named(node.func) in _PROXIES


def _is_foreign(dotted: str) -> bool:
    """Tell whether what is imported as ``dotted``, and not on disk, is no object.

    It is a module at the top, something in torch, a class or part of an extension.
    """
    parts = dotted.split(".")
    return (
        len(parts) == 1
        or parts[0] == "torch"
        or _CLASS.fullmatch(parts[-1]) is not None
        or any(_EXTENSION.fullmatch(part) for part in parts)
    )


def _imported(origin: Origin) -> list[str]:
    """Return the parts of the name of what an import binds."""
    if isinstance(origin, ImportOrigin):
        module = "." * origin.node.level + (origin.node.module or "")
        return [*module.split("."), origin.node.names[origin.index].name]
    return str(origin.node.name).split(".")


def _is_on_disk(context: RuleContext, name: str) -> bool:
    """Tell whether a module's source is there: its attributes are a project's own."""
    value = context.evaluate(ast.Name(name, ast.Load()))
    return isinstance(value, Namespace)


def _origins(context: RuleContext, name: str) -> list[Origin]:
    """Return what binds ``name`` where the word stands."""
    scope, flow = context.scope, context.flow
    while not scope.binds(name):
        if scope.parent is None:
            return []
        scope = scope.parent
        flow = scope.final
    return reaching(flow, name)[0]
