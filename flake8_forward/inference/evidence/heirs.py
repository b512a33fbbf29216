"""The classes of a project that derive from another one, in any of its files."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_forward.flow.lookup import scope_at
from flake8_forward.inference import mro
from flake8_forward.inference.classes import class_at
from flake8_forward.inference.evidence.references import classes_called
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import AnyClass, SourceClass
from flake8_forward.project.class_heads import ClassHead

MAX_HEIRS = 120
"""Most derived classes that are looked at."""


def heirs(resolver: Resolver, cls: SourceClass) -> Iterator[SourceClass]:
    """Yield the classes of the linted file's project that derive from ``cls``.

    None of them if there are too many to look at.
    """
    heads = resolver.project.search().hierarchy().heirs(cls.name)
    for head in heads if len(heads) <= MAX_HEIRS else ():
        for one in classes_of(resolver, head):
            above = mro.lineage(resolver, one).classes[1:]
            if any(is_same(base, cls) for base in above):
                yield one


def classes_of(resolver: Resolver, head: ClassHead) -> Iterator[SourceClass]:
    """Yield the classes whose statement ``head`` may be: those of its name and file."""
    file = resolver.project.file(head.path)
    for nodes in classes_called(file, head.name) if file is not None else ():
        node = nodes[-1]
        assert file is not None and isinstance(node, ast.ClassDef)
        yield class_at(node, scope_at(file, nodes)[1])


def is_same(one: AnyClass, other: SourceClass) -> bool:
    """Tell whether both are the same class, even if its file was read anew."""
    return isinstance(one, SourceClass) and identity(one) == identity(other)


def identity(cls: SourceClass) -> tuple[str, str]:
    """Return what tells a class from others: its file and its qualified name."""
    return cls.file.path, cls.scope.qualname
