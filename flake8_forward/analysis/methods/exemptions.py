"""Calls of ``.forward`` that are correct whatever the receiver's class."""

from __future__ import annotations

import ast
import re
from typing import TypeGuard

from flake8_forward.inference import classes
from flake8_forward.knowledge.vocabulary import CALL_NAMES
from flake8_forward.lint.context import RuleContext
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.shapes import named
from flake8_forward.syntax.tree import FUNCTIONS, walk

HOOK_REGISTRATION = re.compile(r"register_\w*hook\b")

_INPUTS = re.compile(r"_*(module_?|hook_?)?(in|inp|input|inputs|args|arguments)_*\d*")
_OUTPUTS = re.compile(
    r"_*(module_?|hook_?)?(out|outp|output|outputs|result|results)_*\d*"
)


def is_exempt(context: RuleContext) -> bool:
    """Tell whether a direct call of forward is correct: in ``__call__`` or a hook."""
    return in_call_protocol(context) or in_hook(context)


def in_call_protocol(context: RuleContext) -> bool:
    """Tell whether the word stands in a Module's own ``__call__`` or ``_call_impl``.

    There, the class implements its own way to ``forward``; FWD201 and FWD202 report
    such methods.
    """
    method = context.method
    if method is None or context.owner is None:
        return False
    node = method.node
    return (
        isinstance(node, FUNCTIONS)
        and node.name in CALL_NAMES
        and classes.is_module(context.resolver, context.owner) is not False
    )


def in_hook(context: RuleContext) -> bool:
    """Tell whether the word stands in a forward hook, where calling would recurse."""
    if any(_registers(node) for node in context.ancestry):
        return True  # in a lambda or partial that is registered here
    registered = _registered(context.file)
    return any(
        _has_hook_signature(scope.node) or scope.name in registered
        for scope in context.functions
    )


def _has_hook_signature(node: ast.AST) -> bool:
    """Tell whether the parameters are those of a hook: module, inputs, outputs."""
    if not isinstance(node, FUNCTIONS):
        return False
    names = [arg.arg for arg in (*node.args.posonlyargs, *node.args.args)]
    if names[:1] in (["self"], ["cls"]):
        names = names[1:]
    return (
        len(names) in (3, 4)
        and _INPUTS.fullmatch(names[1]) is not None
        and _OUTPUTS.fullmatch(names[-1]) is not None
    )


@memoized
def _registered(file: SourceFile) -> frozenset[str | None]:
    """Return the names that the file passes to hook registrations."""
    if not HOOK_REGISTRATION.search(file.text):
        return frozenset()
    return frozenset(
        named(part)
        for node in walk(file.tree)
        if _registers(node)
        for argument in (*node.args, *(item.value for item in node.keywords))
        for part in walk(argument)
        if isinstance(part, ast.expr)
    )


def _registers(node: ast.AST) -> TypeGuard[ast.Call]:
    """Tell whether ``node`` is a call of ``register_…hook``."""
    if not isinstance(node, ast.Call):
        return False
    name = getattr(node.func, "attr", None) or getattr(node.func, "id", None) or ""
    return HOOK_REGISTRATION.fullmatch(name) is not None
