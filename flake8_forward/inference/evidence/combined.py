"""All evidence about an object without declaration, combined.

Only in files that mention torch: there, an object that has a ``forward`` and is used
in one of these ways is a Module.
"""

from __future__ import annotations

import ast
import re

from flake8_forward.flow.states import Flow, Scope
from flake8_forward.inference.evidence import callers, docstrings, fixtures, usage
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import is_open
from flake8_forward.inference.values import UNKNOWN, USED, Instance, SourceClass, Type
from flake8_forward.syntax.shapes import decorators, first_parameter
from flake8_forward.syntax.tree import FUNCTIONS


def of_receiver(resolver: Resolver, node: ast.expr, flow: Flow) -> bool:
    """Tell whether the object ``node`` is used as only a Module can be."""
    spelling = usage.spelled(node)
    if spelling is None:
        return False
    file = flow.scope.file
    return any(
        usage.shown(resolver, file, body, spelling)
        for body in _bodies_of(flow.scope, spelling)
    )


def _bodies_of(scope: Scope, spelling: str) -> list[ast.AST]:
    """Return the parts of the file in which ``spelling`` means the same object."""
    name = re.split(r"[.\[]", spelling, maxsplit=1)[0]
    state: Scope | None = scope
    while state is not None:
        if state.kind != "class" and name in state.graph.locals:
            owner = state.enclosing_class
            if owner is not None and name == _instance_name(state.node):
                return [*_family(owner)]  # all methods count
            return [state.node]
        state = state.parent
    return []


def _instance_name(node: ast.AST) -> str | None:
    static = isinstance(node, FUNCTIONS) and "staticmethod" in decorators(node)
    return None if static else first_parameter(node)


def _family(owner: Scope) -> list[ast.ClassDef]:
    """Return a class and its subclasses in the same file."""
    assert isinstance(owner.node, ast.ClassDef)
    family = [owner.node]
    names = {owner.name}
    for node in owner.parent.node.body if owner.parent is not None else ():
        if (
            isinstance(node, ast.ClassDef)
            and node is not owner.node
            and names.intersection(getattr(base, "id", "") for base in node.bases)
        ):
            family.append(node)
            names.add(node.name)
    return family


def of_parameter(
    resolver: Resolver, scope: Scope, arg: ast.arg, declared: Type
) -> Type:
    """Return what uses, docstring and callers tell about ``arg``, else ``declared``."""
    if not is_open(declared) or "torch" not in scope.file.text:
        return declared
    if usage.shown(resolver, scope.file, scope.node, arg.arg):
        return Instance(USED)
    for told in (
        docstrings.parameter(resolver, scope, arg.arg),
        fixtures.of_parameter(resolver, scope, arg),
        callers.of_parameter(resolver, scope, arg),
    ):
        if not is_open(told):
            return told
    return declared


def of_attribute(resolver: Resolver, cls: SourceClass, name: str) -> Type:
    """Return a Module if the methods of ``cls`` use ``self.<name>`` as one."""
    if f".{name}." not in cls.file.text:
        return UNKNOWN
    used = any(
        usage.shown(resolver, cls.file, body, f"{first}.{name}")
        for body in _family(cls.scope)
        for first in {first_parameter(node) for node in body.body}
        if first is not None
    )
    return Instance(USED) if used else UNKNOWN
