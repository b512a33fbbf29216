"""What ``__call__ = …`` puts in the place of Module's own ``__call__``."""

from __future__ import annotations

import ast
import sys

from flake8_forward.flow.states import Flow
from flake8_forward.inference import expressions
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import (
    ClassObject,
    External,
    Function,
    KnownClass,
    SourceClass,
)
from flake8_forward.knowledge.vocabulary import REACHING_NAMES
from flake8_forward.resolver.files import SourceFile
from flake8_forward.syntax.index import kept, words
from flake8_forward.syntax.shapes import named
from flake8_forward.syntax.tree import walk
from flake8_forward.verdicts import call_definitions


def effect(
    resolver: Resolver, value: ast.expr, flow: Flow, cls: SourceClass | None = None
) -> str:
    """Return the effect, as a ``CallDefinition`` has it, of assigning ``value``.

    It is done at ``flow``, in the body of ``cls`` or from outside.
    """
    if call_definitions.is_modules_call(resolver, value, flow):
        return "pass"
    if any(
        isinstance(part, ast.expr)
        and call_definitions.is_modules_call(resolver, part, flow)
        for part in walk(value)
    ):
        return "wrapper"
    function = expressions.evaluate(resolver, value, flow)
    if isinstance(function, Function) and cls is not None:
        for part in walk(function.node):
            if call_definitions.reaches(resolver, cls, function.node, part):
                return "wrapper"
    return "override" if _is_foreign(resolver, value, flow) else "open"


def _is_foreign(resolver: Resolver, node: ast.expr, flow: Flow) -> bool:
    """Tell whether ``node`` is known and has nothing to do with a Module's ``__call__``."""
    value = expressions.evaluate(resolver, node, flow)
    if isinstance(value, Function):
        return not _mentions(value.scope.file, value.node)
    if isinstance(node, ast.Lambda):
        return not _mentions(flow.scope.file, node)
    if isinstance(node, ast.Call):
        given = [*node.args, *(item.value for item in node.keywords)]
        return all(_is_foreign(resolver, part, flow) for part in (node.func, *given))
    if isinstance(value, External):
        return _is_library(value.dotted)
    if isinstance(value, ClassObject):
        return not isinstance(value.cls, KnownClass) or _is_library(value.cls.dotted)
    return isinstance(node, ast.Constant) or (
        isinstance(node, ast.Attribute) and _is_foreign(resolver, node.value, flow)
    )


def _is_library(dotted: str) -> bool:
    package = dotted.partition(".")[0]
    return package in sys.stdlib_module_names or package == "torch"


def _mentions(file: SourceFile, node: ast.AST) -> bool:
    """Tell whether ``node`` names a ``__call__``, or what ``file`` has stored of one."""
    return not words(node).isdisjoint(_stored(file.tree) | REACHING_NAMES)


@kept
def _stored(tree: ast.Module) -> set[str]:
    """Return the names to which ``tree`` assigns what has to do with a ``__call__``."""
    return {
        name
        for statement in walk(tree)
        if isinstance(statement, ast.Assign)
        if not REACHING_NAMES.isdisjoint(words(statement.value))
        for target in statement.targets
        if (name := named(target))
    }
