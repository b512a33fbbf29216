"""The calls of a function or constructor in all files of a project.

What is called decides, not its last name: ``x.train()`` does not call a function of
that name, and a subclass without an ``__init__`` of its own calls that of its base.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from typing import NamedTuple

from flake8_forward.flow.lookup import scope_at
from flake8_forward.flow.states import Flow, Scope
from flake8_forward.inference import mro
from flake8_forward.inference.arguments import Arguments, fits, handed_on, of_call
from flake8_forward.inference.classes import class_at, class_of
from flake8_forward.inference.evidence.heirs import identity, is_same
from flake8_forward.inference.evidence.references import (
    Reference,
    mentions,
    references,
)
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import (
    UNKNOWN,
    ClassObject,
    Function,
    Partial,
    SourceClass,
    Type,
)
from flake8_forward.knowledge.vocabulary import CALL_NAMES
from flake8_forward.syntax.shapes import is_super
from flake8_forward.syntax.tree import FUNCTIONS

MAX_SUBCLASSES = 20
"""Most subclasses whose constructions count as those of a class."""

CONSTRUCTOR = "__init__"


class CallSite(NamedTuple):
    """A place that calls a function, or hands it to something that may.

    ``arguments`` are those for its parameters after the first ``skipped``, which are
    bound; None if what it is called with cannot be seen. ``is_certain`` unless the call
    is one of a method by this name on an object that is unknown.
    """

    arguments: Arguments | None
    flow: Flow
    line: int
    skipped: int = 0
    is_certain: bool = True

    @property
    def place(self) -> str:
        """The file's name and the line, for a message."""
        return f"{os.path.basename(self.flow.scope.file.path)}:{self.line}"


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
    if owner is not None and node.name == CONSTRUCTOR:
        return _of_constructor(resolver, class_of(owner))
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
            yield _site(reference, flow, skipped)
        elif alternative == UNKNOWN and _may_be(reference, scope):
            site = _site(reference, flow, 1)._replace(is_certain=False)
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


def _site(reference: Reference, flow: Flow, skipped: int) -> CallSite:
    parent, outer = reference.parent, reference.ancestry[-3:-2]
    given: Arguments | None = None
    if isinstance(parent, ast.Call):
        is_called = parent.func is reference.node
        given = of_call(parent) if is_called else handed_on(parent, reference.node)
    elif isinstance(parent, ast.keyword) and isinstance(outer[0], ast.Call):
        given = handed_on(outer[0], reference.node)
    return CallSite(given, flow, reference.node.lineno, skipped)


def _of_constructor(resolver: Resolver, cls: SourceClass) -> list[CallSite] | None:
    """Return the places that run the ``__init__`` of ``cls``, also for subclasses."""
    found: list[CallSite] = []
    seen = {identity(cls)}
    work = [cls]
    for each in work:  # extended in the loop
        refs = references(resolver, each.file, each.name, _is_local(each))
        if refs is None or len(work) > MAX_SUBCLASSES:
            return None
        found += _by_super(resolver, each, cls)
        for reference in refs:
            subclass = _subclass(resolver, reference, each)
            if subclass is not None:
                if identity(subclass) not in seen:
                    seen.add(identity(subclass))
                    work.append(subclass)
            elif not reference.is_declaration:
                found += _constructions(resolver, reference, cls)
        found += _own_constructions(resolver, each, cls)
    return found


def _is_local(cls: SourceClass) -> bool:
    return cls.scope.parent is not None and cls.scope.parent.kind == "function"


def _subclass(
    resolver: Resolver, reference: Reference, cls: SourceClass
) -> SourceClass | None:
    """Return the class that has ``reference`` among its bases, and so derives from ``cls``."""
    node = reference.parent
    if not isinstance(node, ast.ClassDef) or reference.node not in node.bases:
        return None
    _, flow = scope_at(reference.file, reference.ancestry[:-1])
    found = class_at(node, flow)
    line = mro.lineage(resolver, found).classes[1:]
    return found if any(is_same(base, cls) for base in line) else None


def _initialiser(
    resolver: Resolver, cls: SourceClass, after: int = 0
) -> SourceClass | None:
    """Return the class whose ``__init__`` an instance of ``cls`` runs first.

    With ``after``, the one that ``super().__init__`` reaches from ``cls`` itself.
    """
    for base in mro.lineage(resolver, cls).classes[after:]:
        if isinstance(base, SourceClass) and CONSTRUCTOR in base.scope.graph.locals:
            return base
    return None


def _runs(resolver: Resolver, value: Type, cls: SourceClass) -> bool:
    """Tell whether calling the class ``value`` runs the ``__init__`` of ``cls``."""
    if not isinstance(value, ClassObject) or not isinstance(value.cls, SourceClass):
        return False
    found = _initialiser(resolver, value.cls)
    return found is not None and is_same(found, cls)


def _constructions(
    resolver: Resolver, reference: Reference, cls: SourceClass
) -> Iterator[CallSite]:
    """Yield the construction that ``reference``, to a class, leads to."""
    _, flow = scope_at(reference.file, reference.ancestry)
    parent = reference.parent
    value = resolver.evaluate(reference.node, flow)
    targets = [
        one.target if isinstance(one, Partial) else one for one in alternatives(value)
    ]
    if not any(_runs(resolver, one, cls) for one in targets):
        return
    if not isinstance(parent, ast.Attribute):
        yield _site(reference, flow, 1)
    elif parent.attr == CONSTRUCTOR:  # Base.__init__(self, …)
        call = reference.ancestry[-3]
        if isinstance(call, ast.Call) and call.func is parent:
            yield CallSite(of_call(call), flow, call.lineno, 0)


def _by_super(
    resolver: Resolver, cls: SourceClass, target: SourceClass
) -> Iterator[CallSite]:
    """Yield the calls ``super().__init__(…)`` in ``cls`` that reach ``target``."""
    if CONSTRUCTOR not in cls.scope.graph.locals or cls is target:
        return
    reached = _initialiser(resolver, cls, after=1)
    if reached is None or not is_same(reached, target):
        return
    for nodes in mentions(cls.file, CONSTRUCTOR):
        call, node = nodes[-2], nodes[-1]
        if (
            cls.node in nodes
            and isinstance(node, ast.Attribute)
            and is_super(node.value)
            and isinstance(call, ast.Call)
        ):
            _, flow = scope_at(cls.file, nodes)
            yield CallSite(of_call(call), flow, call.lineno, 1)


def _own_constructions(
    resolver: Resolver, cls: SourceClass, target: SourceClass
) -> Iterator[CallSite]:
    """Yield the calls ``cls(…)`` in class methods of ``cls``."""
    if "cls(" not in cls.file.text:
        return
    for nodes in mentions(cls.file, "cls"):
        call = nodes[-2]
        if cls.node in nodes and isinstance(call, ast.Call) and call.func is nodes[-1]:
            _, flow = scope_at(cls.file, nodes)
            if _runs(resolver, resolver.evaluate(call.func, flow), target):
                yield CallSite(of_call(call), flow, call.lineno, 1)
