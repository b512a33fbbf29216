"""Values that have nothing to do with the ``__call__`` of a Module."""

from __future__ import annotations

import ast
import sys

from flake8_forward.flow.states import Flow
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import ClassObject, External, Function, KnownClass
from flake8_forward.knowledge.vocabulary import REACHING_NAMES
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.index import words
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.shapes import named
from flake8_forward.syntax.tree import walk


def is_foreign(resolver: Resolver, node: ast.expr, flow: Flow) -> bool:
    """Tell whether ``node`` is known to be unrelated to a Module's ``__call__``."""
    value = resolver.evaluate(node, flow)
    if isinstance(value, Function):
        return not _mentions(value.scope.file, value.node)
    if isinstance(node, ast.Lambda):
        return not _mentions(flow.scope.file, node)
    if isinstance(node, ast.Call):
        given = [*node.args, *(item.value for item in node.keywords)]
        return all(is_foreign(resolver, part, flow) for part in (node.func, *given))
    if isinstance(value, External):
        return _is_library(value.dotted)
    if isinstance(value, ClassObject):
        return not isinstance(value.cls, KnownClass) or _is_library(value.cls.dotted)
    return isinstance(node, ast.Constant) or (
        isinstance(node, ast.Attribute) and is_foreign(resolver, node.value, flow)
    )


def _is_library(dotted: str) -> bool:
    package = dotted.partition(".")[0]
    return package in sys.stdlib_module_names or package == "torch"


def _mentions(file: SourceFile, node: ast.AST) -> bool:
    """Tell whether ``node`` names a ``__call__``, or what ``file`` stores of one."""
    return not words(node).isdisjoint(_stored(file) | REACHING_NAMES)


@memoized
def _stored(file: SourceFile) -> set[str]:
    """Return the names to which ``file`` assigns what has to do with a ``__call__``."""
    return {
        name
        for statement in walk(file.tree)
        if isinstance(statement, ast.Assign)
        if not REACHING_NAMES.isdisjoint(words(statement.value))
        for target in statement.targets
        if (name := named(target))
    }
