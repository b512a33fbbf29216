"""Whether making an object is seen to run Module's ``__init__``.

Without it, ``m.forward(x)`` may work, but ``m(x)`` raises AttributeError: there are no
tables of hooks.
"""

from __future__ import annotations

import ast

from flake8_forward.inference import mro
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import (
    AnyClass,
    ClassObject,
    KnownClass,
    SourceClass,
)
from flake8_forward.knowledge.packages import MODULE_KINDS
from flake8_forward.syntax.shapes import (
    decorators,
    is_declaration,
    is_super,
    super_names,
)
from flake8_forward.syntax.tree import FunctionNode, walk

_GENERATORS = frozenset({"attrs", "dataclass", "define", "frozen", "mutable", "s"})
"""Decorators, by last name, that give a class an ``__init__``, which calls no other."""

_AROUND_GENERATED = ("__attrs_post_init__", "__attrs_pre_init__", "__post_init__")
"""Methods that such an ``__init__`` calls."""


def is_initialised(resolver: Resolver, cls: AnyClass) -> bool:
    """Tell whether Module's ``__init__`` is seen to run for an object of ``cls``."""
    return _reaches(resolver, mro.lineage(resolver, cls).classes, frozenset())


def _reaches(
    resolver: Resolver, line: tuple[AnyClass, ...], seen: frozenset[AnyClass]
) -> bool:
    """Tell whether the first ``__init__`` among the classes in ``line`` gets there."""
    for index, cls in enumerate(line):
        if isinstance(cls, KnownClass):
            if cls.kind in MODULE_KINDS:
                return True
            continue
        found = _initialisers(cls)
        if found is not None:
            after = line[index + 1 :]
            return cls not in seen and any(
                _calls_next(resolver, cls, function, after, seen | {cls})
                for function in found
            )
    return False


def _initialisers(cls: SourceClass) -> list[FunctionNode] | None:
    """Return what runs when an object of ``cls`` is made; None if that is inherited."""
    names: tuple[str, ...] = ("__init__",)
    if "__init__" not in cls.scope.graph.locals:
        made = (name.rpartition(".")[2] for name in decorators(cls.node))
        if _GENERATORS.isdisjoint(made):
            return None
        names = _AROUND_GENERATED
    return [
        node
        for node in cls.scope.methods
        if node.name in names and not is_declaration(node)
    ]


def _calls_next(
    resolver: Resolver,
    cls: SourceClass,
    function: FunctionNode,
    after: tuple[AnyClass, ...],
    seen: frozenset[AnyClass],
) -> bool:
    """Tell whether ``function`` of ``cls`` calls an ``__init__`` that gets there.

    ``after`` are the classes that come after ``cls``.
    """
    supers = super_names(function)
    for node in walk(function):
        if not isinstance(node, ast.Attribute) or node.attr != "__init__":
            continue
        owner = node.value
        if isinstance(owner, ast.Call) and is_super(owner):
            line = _after(resolver, cls, owner, after)
        elif isinstance(owner, ast.Name) and owner.id in supers:
            line = after
        else:
            value = resolver.evaluate(owner, cls.flow)
            if not isinstance(value, ClassObject):
                continue
            line = mro.lineage(resolver, value.cls).classes
        if _reaches(resolver, line, seen):
            return True
    return False


def _after(
    resolver: Resolver, cls: SourceClass, node: ast.Call, after: tuple[AnyClass, ...]
) -> tuple[AnyClass, ...]:
    """Return the classes to which ``node``, a call of ``super`` in ``cls``, leads."""
    named = resolver.evaluate(node.args[0], cls.flow) if node.args else None
    if isinstance(named, ClassObject) and named.cls in after:
        return after[after.index(named.cls) + 1 :]
    return after
