"""The functions of a file that a class calls in ``__init__`` to create its layers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeAlias

from flake8_forward.analysis.layers.layer_traits import keeps_result
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.index import TreeIndex
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.shapes import first_parameter, named
from flake8_forward.syntax.tree import FunctionNode, own_nodes

Simple: TypeAlias = "ast.Assign | ast.AnnAssign | ast.AugAssign | ast.Expr"

_SIMPLE = (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr)
_BLOCKS = ("finalbody", "orelse", "handlers", "cases", "body")


class Helpers:
    """The methods of a class and the functions around it, by name."""

    def __init__(self, cls: ast.ClassDef, file: SourceFile) -> None:
        self._methods = _by_name(file.index(cls))
        self._functions = _by_name(file.index())

    def called(self, node: ast.expr, instance: str | None) -> FunctionNode | None:
        """Return the function that the call ``node`` runs, by its name, if known.

        ``instance`` is what self is called where ``node`` stands."""
        function = node.func if isinstance(node, ast.Call) else None
        if isinstance(function, ast.Name):
            is_class = function.id[:1].isupper()
            return None if is_class else self._functions.get(function.id)
        if isinstance(function, ast.Attribute) and named(function.value) == instance:
            return self._methods.get(function.attr)
        return None

    def reached(
        self, function: FunctionNode
    ) -> Iterator[tuple[FunctionNode, list[Simple]]]:
        """Yield ``function`` and the functions that it calls, with their statements."""
        found = [function]
        for caller in found:
            body = [*statements(caller)]
            yield caller, body
            instance = first_parameter(caller)
            for statement in body:
                value = statement.value
                callee = self.called(value, instance) if value is not None else None
                if callee is not None and callee not in found:
                    found.append(callee)


@memoized
def _by_name(scope: TreeIndex) -> dict[str, FunctionNode]:
    """Return the functions of a class or module that no decorator changes, by name."""
    return {
        node.name: node
        for node in getattr(scope.root, "body", ())
        if isinstance(node, ast.FunctionDef) and keeps_result(node)
    }


def statements(function: ast.AST) -> Iterator[Simple]:
    """Yield the assignments and expressions of ``function``, in source order."""
    work: list[ast.AST] = [function]
    while work:
        node = work.pop()
        if isinstance(node, _SIMPLE):
            yield node
        elif not isinstance(node, ast.ClassDef):
            for block in _BLOCKS:
                work += reversed(getattr(node, block, ()))


def returned(function: FunctionNode) -> list[ast.expr]:
    """Return the values that ``function`` returns; nothing if some are unknown."""
    found: list[ast.expr] = []
    for node in own_nodes(function):
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            return []
        if isinstance(node, ast.Return):
            if node.value is None:
                return []
            found.append(node.value)
    return found
