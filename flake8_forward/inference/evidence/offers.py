"""What a class offers: its methods, and the parameters of its ``forward``."""

from __future__ import annotations

import ast
from typing import NamedTuple

from flake8_forward.inference import mro
from flake8_forward.inference.evidence.arguments import Arguments, fits
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import OBJECT, SourceClass
from flake8_forward.syntax.shapes import decorators, is_transparent
from flake8_forward.syntax.tree import FunctionNode


class Parameters(NamedTuple):
    """Those of a ``forward``; ``bound`` of them are not passed by the caller.

    With a decorator, ``args`` may be anything: None.
    """

    args: ast.arguments | None
    bound: int


def takes(forwards: tuple[Parameters, ...], call: Arguments) -> bool:
    """Tell whether a forward may take the arguments of ``call``, or is unknown."""
    return not forwards or any(
        each.args is None or fits(call, each.args, each.bound) for each in forwards
    )


def methods(
    resolver: Resolver, cls: SourceClass
) -> tuple[frozenset[str] | None, tuple[Parameters, ...]]:
    """Return what the class and its bases define, None if it may have anything.

    And the parameters of its ``forward``.
    """
    found: set[str] = set()
    forwards: list[Parameters] = []
    is_open = False
    for base in mro.lineage(resolver, cls).classes:
        if isinstance(base, SourceClass):
            if "forward" not in found:
                forwards = [
                    _parameters(node)
                    for node in base.scope.methods
                    if node.name == "forward"
                ]
            found |= base.scope.graph.locals
        elif base != OBJECT and base.kind != "class":
            is_open = True
    is_open |= "__getattr__" in found
    return None if is_open else frozenset(found), tuple(forwards)


def _parameters(node: FunctionNode) -> Parameters:
    if "staticmethod" in decorators(node):
        return Parameters(node.args, 0)
    return Parameters(node.args if is_transparent(node) else None, 1)
