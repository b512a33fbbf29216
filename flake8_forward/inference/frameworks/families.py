"""What frameworks hand to the classes that inherit from theirs."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_forward.inference import mro
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import (
    MODULE,
    UNKNOWN,
    AnyClass,
    ClassObject,
    External,
    Instance,
    KnownClass,
    SourceClass,
    Type,
)
from flake8_forward.knowledge import frameworks
from flake8_forward.knowledge.packages import MODULE_KINDS
from flake8_forward.knowledge.vocabulary import OF_MODULES
from flake8_forward.syntax.tree import FunctionNode

_ATTRIBUTES = frozenset(
    name for known in frameworks.ATTRIBUTES.values() for name in known
) | frozenset(name.rpartition(".")[2] for name in frameworks.RETURNS)
"""All names of attributes that some family has."""

_HAVE_PARTS = (MODULE_KINDS | {"part"}) - {"custom_call", "used"}


def attribute(resolver: Resolver, owner: Instance, name: str) -> Type:
    """Return ``owner.name`` as a framework's class has it, UNKNOWN if none does."""
    if name not in _ATTRIBUTES:
        return UNKNOWN
    for dotted, family in _families(resolver, owner.cls):
        what = frameworks.ATTRIBUTES.get(family, {}).get(name)
        if what is not None:
            return _instance(resolver, what)
        if f"{family}.{name}" in frameworks.RETURNS:
            return External(f"{dotted}.{name}")
    return UNKNOWN


def has_parts(resolver: Resolver, cls: AnyClass, name: str) -> bool:
    """Tell whether ``cls`` has ``name`` from a library, whose Module it is.

    Of the parts of such a Module, those with a forward are Modules.
    """
    if name in OF_MODULES:
        return False
    if isinstance(cls, KnownClass):
        return cls.kind in _HAVE_PARTS
    line = mro.lineage(resolver, cls)
    libraries = [
        base
        for base in line.classes
        if isinstance(base, KnownClass) and base.kind != "class" and base != MODULE
    ]
    return line.complete and bool(libraries) and all(map(_comes_with_parts, libraries))


def _comes_with_parts(cls: KnownClass) -> bool:
    """Tell whether a library's class brings layers of its own."""
    is_empty = frameworks.family(cls.dotted) == "lightning_module"
    return cls.kind in _HAVE_PARTS and not is_empty


def parameter(
    resolver: Resolver, cls: AnyClass, node: FunctionNode, arg: ast.arg
) -> Type:
    """Return what a framework passes to the method ``node`` of ``cls`` for ``arg``."""
    positional = [*node.args.posonlyargs, *node.args.args]
    place = positional.index(arg) - 1 if arg in positional else -1
    for _, family in _families(resolver, cls):
        names = frameworks.PARAMETERS.get(family)
        if names is None:
            continue
        name = arg.arg
        methods, first = frameworks.POSITIONS.get(family, (None, ()))
        if methods and methods.fullmatch(node.name) and 0 <= place < len(first):
            name = first[place]
        return _instance(resolver, names[name]) if name in names else UNKNOWN
    return UNKNOWN


def _instance(resolver: Resolver, dotted: str) -> Instance:
    known = resolver.known(dotted)
    if isinstance(known, ClassObject):
        return Instance(known.cls)
    return Instance(KnownClass(dotted, "class"))


def _families(resolver: Resolver, cls: AnyClass) -> list[tuple[str, str]]:
    """Return the bases of ``cls`` that belong to a family, and which that is."""
    if isinstance(cls, KnownClass):
        return [*_in_families([cls.dotted])]
    answers: dict[AnyClass, list[tuple[str, str]]] = cls.file.memo.answers(_families)
    if cls in answers:
        return answers[cls]
    found, is_complete = resolver.answer(
        lambda: [*_in_families(_dotted_bases(resolver, cls))]
    )
    if is_complete:
        answers[cls] = found
    return found


def _in_families(names: Iterator[str] | list[str]) -> Iterator[tuple[str, str]]:
    for dotted in names:
        family = frameworks.family(dotted)
        if family is not None:
            yield dotted, family


def _dotted_bases(resolver: Resolver, cls: SourceClass) -> Iterator[str]:
    """Yield the names of ``cls`` and its bases, of those too that are not found."""
    for base in mro.lineage(resolver, cls).classes:
        yield base.dotted
        if isinstance(base, SourceClass):
            for node in base.node.bases:
                for value in alternatives(resolver.evaluate(node, base.flow)):
                    if isinstance(value, External):
                        yield value.dotted
