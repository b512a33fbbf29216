"""The calls of a function in all files of a project.

What is called decides, not its last name: ``x.train()`` does not call a function of
that name.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_forward.flow.lookup import scope_at
from flake8_forward.flow.states import Scope
from flake8_forward.inference.classes import class_of
from flake8_forward.inference.evidence import constructions
from flake8_forward.inference.evidence.arguments import fits
from flake8_forward.inference.evidence.references import Reference, references
from flake8_forward.inference.evidence.sites import CallSite, site_at
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import UNKNOWN, Function, Partial
from flake8_forward.knowledge.vocabulary import CALL_NAMES
from flake8_forward.syntax.shapes import decorators, is_transparent
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode


def of_function(resolver: Resolver, scope: Scope) -> list[CallSite] | None:
    """Return the places that call the function ``scope``; None if there are too many.

    A method that Python or torch calls by itself has callers that nobody can see.
    """
    known: dict[ast.AST, list[CallSite] | None] = scope.file.brief.answers(of_function)
    if scope.node not in known:
        if not resolver.budget.may_search():
            return None
        found, is_complete = resolver.answer(lambda: _found(resolver, scope))
        if not is_complete:
            return found
        known[scope.node] = found
    return known[scope.node]


def _found(resolver: Resolver, scope: Scope) -> list[CallSite] | None:
    node, owner = scope.node, scope.enclosing_class
    assert isinstance(node, FUNCTIONS)
    if not _is_plain(node):
        return None  # what callers pass may not be what the function gets
    if owner is not None and node.name == constructions.CONSTRUCTOR:
        return constructions.of_constructor(resolver, class_of(owner))
    if owner is not None and (node.name in CALL_NAMES or node.name == "forward"):
        return None
    is_local = scope.parent is not None and scope.parent.kind == "function"
    found = references(resolver, scope.file, node.name, is_local, owner is not None)
    if found is None:
        return None
    return [
        site
        for reference in found
        if not reference.is_declaration
        for site in _of_reference(resolver, reference, scope)
    ]


def _is_plain(node: FunctionNode) -> bool:
    """Tell whether no decorator may give ``node`` other arguments than callers pass."""
    kinds = {"staticmethod", "classmethod"}
    return is_transparent(node) or kinds.issuperset(decorators(node))


def _of_reference(
    resolver: Resolver, reference: Reference, scope: Scope
) -> Iterator[CallSite]:
    """Yield the call that ``reference`` makes of the function ``scope``, if any."""
    _, flow = scope_at(reference.file, reference.ancestry)
    value = resolver.evaluate(reference.node, flow)
    for alternative in alternatives(value):
        target = alternative.target if isinstance(alternative, Partial) else alternative
        if isinstance(target, Function) and _is_defined_by(target, scope):
            skipped = 0 if target.receiver is None else 1
            yield site_at(reference, flow, skipped)
        elif alternative == UNKNOWN and _may_be(reference, scope):
            site = site_at(reference, flow, 1)._replace(is_certain=False)
            assert isinstance(scope.node, FUNCTIONS)
            if site.arguments and fits(site.arguments, scope.node.args, site.skipped):
                yield site


def _is_defined_by(function: Function, scope: Scope) -> bool:
    """Tell whether ``function`` is the function of ``scope``: its file may be read anew."""
    return (
        function.node.name == scope.name
        and function.scope.file.path == scope.file.path
        and scope.parent is not None
        and function.scope.qualname == scope.parent.qualname
    )


def _may_be(reference: Reference, scope: Scope) -> bool:
    """Tell whether a call on an unknown object may be one of the method ``scope``."""
    parent = reference.parent
    is_called = isinstance(parent, ast.Call) and parent.func is reference.node
    is_method = scope.enclosing_class is not None
    return is_method and is_called and isinstance(reference.node, ast.Attribute)
