"""The constructions of a class: all calls in a project that run its ``__init__``.

A subclass without an ``__init__`` of its own runs that of its base.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_forward.flow.lookup import scope_at
from flake8_forward.inference import mro
from flake8_forward.inference.classes import class_at
from flake8_forward.inference.evidence.arguments import of_call
from flake8_forward.inference.evidence.heirs import identity, is_same
from flake8_forward.inference.evidence.references import (
    Reference,
    mentions,
    references,
)
from flake8_forward.inference.evidence.sites import CallSite, site_at
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import ClassObject, Partial, SourceClass, Type
from flake8_forward.syntax.shapes import is_super, named

MAX_SUBCLASSES = 20
"""Most subclasses whose constructions count as those of a class."""

CONSTRUCTOR = "__init__"

_CLONES = re.compile(r"\btype\(self\)\(|\b__class__\(")
"""How an object makes another one of its own class."""


def of_constructor(resolver: Resolver, cls: SourceClass) -> list[CallSite] | None:
    """Return the places that run the ``__init__`` of ``cls``, also for subclasses.

    None if there are too many.
    """
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
    table = _table(reference)
    if table is not None:
        yield from _from_table(resolver, reference, table, cls)
    elif not isinstance(parent, ast.Attribute):
        yield site_at(reference, flow, 1)
    elif parent.attr == CONSTRUCTOR:  # Base.__init__(self, …)
        call = reference.ancestry[-3]
        if isinstance(call, ast.Call) and call.func is parent:
            yield CallSite(of_call(call), flow, call.lineno, 0)


def _table(reference: Reference) -> str | None:
    """Return the name of the module's dict that holds what ``reference`` names.

    As in ``TABLE["net"] = Net`` or ``TABLE = {"net": Net}``.
    """
    parent, outer = reference.ancestry[-2], reference.ancestry[-3:-2]
    if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Subscript):
        return named(parent.targets[0].value)
    if isinstance(parent, ast.Dict) and isinstance(outer[0], ast.Assign):
        return named(outer[0].targets[0])
    return None


def _from_table(
    resolver: Resolver, reference: Reference, table: str, cls: SourceClass
) -> Iterator[CallSite]:
    """Yield the constructions ``TABLE[name](…)`` of what a dict holds."""
    found = references(resolver, reference.file, table)
    for use in found or ():
        subscript, call = use.ancestry[-2], use.ancestry[-3:-2]
        if not isinstance(subscript, ast.Subscript) or use.node is not subscript.value:
            continue
        maker = call[0] if call else None
        if isinstance(maker, ast.Call) and maker.func is subscript:
            _, flow = scope_at(use.file, use.ancestry[:-1])
            made = alternatives(resolver.evaluate(subscript, flow))
            if any(_runs(resolver, one, cls) for one in made):
                yield CallSite(of_call(maker), flow, maker.lineno, 1)
    if found is None:
        yield CallSite(None, cls.scope.final, cls.node.lineno)


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
    if _CLONES.search(cls.file.around(cls.node)):
        yield CallSite(
            None, cls.scope.final, cls.node.lineno
        )  # what it is given varies
    if "cls(" not in cls.file.text:
        return
    for nodes in mentions(cls.file, "cls"):
        call = nodes[-2]
        if cls.node in nodes and isinstance(call, ast.Call) and call.func is nodes[-1]:
            _, flow = scope_at(cls.file, nodes)
            if _runs(resolver, resolver.evaluate(call.func, flow), target):
                yield CallSite(of_call(call), flow, call.lineno, 1)
