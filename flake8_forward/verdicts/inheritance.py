"""What a Module class has from its bases, for rules about how it is called and made."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_forward.flow.lookup import scope_at
from flake8_forward.inference import mro
from flake8_forward.inference.classes import class_at
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import MODULE, AnyClass, KnownClass, SourceClass
from flake8_forward.knowledge.packages import MODULE_KINDS
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.index import TreeIndex, bases
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.shapes import is_declaration
from flake8_forward.syntax.tree import FunctionNode, ancestries, walk

_MAKERS = frozenset({"__init_subclass__", "__new__", "__setattr__"})
_STATE = frozenset({"__dict__", "__init__", "__setstate__"})
_PLAIN_PACKAGES = (
    "abc.", "builtins.", "lightning.", "pytorch_lightning.", "torch.nn.",
    "transformers.", "typing.", "typing_extensions.",
)  # fmt: skip


def definer(resolver: Resolver, cls: SourceClass, name: str) -> AnyClass | None:
    """Return the base that gives ``cls`` its ``name``; None if that is Module."""
    for base in mro.lineage(resolver, cls).classes[1:]:
        if isinstance(base, SourceClass):
            if name in base.scope.graph.locals:
                return base
        elif base != MODULE and base.kind in MODULE_KINDS - {"list", "dict"}:
            return base
    return None


def subclasses(cls: SourceClass) -> list[ast.ClassDef]:
    """Return the classes in the file of ``cls`` that are derived from it.

    By name, in any order: a class may stand in a branch before or after its base.
    """
    return _derived({cls.name}, cls.file.index())


def heirs(resolver: Resolver, cls: AnyClass, file: SourceFile) -> list[SourceClass]:
    """Return the classes in ``file`` that are derived from ``cls``.

    One with a ``forward`` and a base that is not found may be derived from Module.
    """
    found: list[SourceClass] = []
    for one in classes_in(file):
        line = mro.lineage(resolver, one)
        if one is not cls and (
            cls in line.classes
            or (cls == MODULE and not line.complete and gives_forward(resolver, one))
        ):
            found.append(one)
    return found


def classes_in(file: SourceFile) -> Iterator[SourceClass]:
    """Yield the classes of ``file`` in its order, nested ones too."""
    for path in ancestries(file.tree, ast.ClassDef):
        node = path[-1]
        assert isinstance(node, ast.ClassDef)
        yield class_at(node, scope_at(file, path)[1])


def gives_forward(resolver: Resolver, cls: AnyClass) -> bool:
    """Tell whether ``cls`` has or inherits a ``forward`` that is more than declared."""
    for base in mro.lineage(resolver, cls).classes:
        if isinstance(base, KnownClass):
            if base.kind in MODULE_KINDS:
                return base != MODULE
        elif "forward" in base.scope.graph.locals:
            found = [node for node in base.scope.methods if node.name == "forward"]
            if not found or not all(is_declaration(node) for node in found):
                return True
    return False


def relatives(line: list[SourceClass], index: TreeIndex) -> set[str]:
    """Return the names of the classes in a tree that have to do with those in ``line``.

    So has a class beside one of ``line`` among the bases of a subclass: their self is
    the same object.
    """
    own = {cls.name for cls in line}
    own |= {node.name for node in _derived(own, index)}
    work = [*own]
    for name in work:  # extended in the loop
        for node in index.definitions.get(name, ()):
            new = bases(node) - own
            own |= new
            work += new
    return own


def _derived(names: set[str], index: TreeIndex) -> list[ast.ClassDef]:
    """Return the classes in a tree that are derived from those called ``names``."""
    found: dict[ast.ClassDef, None] = {}
    work = [*names]
    for name in work:  # extended in the loop
        for node in index.derived.get(name, ()):
            if node not in found:
                found[node] = None
                work.append(node.name)
    return [*found]


def method(resolver: Resolver, cls: SourceClass, name: str) -> FunctionNode | None:
    """Return the method ``name`` of instances of ``cls``, if a file defines it."""
    line = mro.lineage(resolver, cls)
    for base in line.classes:
        if not isinstance(base, SourceClass) or (base != cls and not line.complete):
            return None
        if name in base.scope.graph.locals:
            found = [node for node in base.scope.methods if node.name == name]
            return found[0] if len(found) == 1 else None
    return None


def source_classes(resolver: Resolver, cls: SourceClass) -> list[SourceClass] | None:
    """Return ``cls`` and its bases that are on disk; None if some base is unknown."""
    line = mro.lineage(resolver, cls)
    if not line.complete:
        return None
    return [base for base in line.classes if isinstance(base, SourceClass)]


def is_made_plainly(resolver: Resolver, cls: SourceClass) -> bool:
    """Tell whether an instance of ``cls`` gets Module's state from ``__init__`` alone.

    A metaclass, a decorator, ``__new__``, ``__setattr__`` or another method that calls
    an ``__init__`` may give it the state in another way.
    """
    line = mro.lineage(resolver, cls)
    return line.complete and all(
        _is_plain(base)
        if isinstance(base, SourceClass)
        else base.dotted.startswith(_PLAIN_PACKAGES)
        for base in line.classes
    )


def _is_plain(cls: SourceClass) -> bool:
    node = cls.node
    return (
        not node.keywords
        and not node.decorator_list
        and not _may_mean_other_bases(cls)
        and _MAKERS.isdisjoint(cls.scope.graph.locals)
        and not any(_sets_state(method) for method in _other_methods(cls))
    )


def _may_mean_other_bases(cls: SourceClass) -> bool:
    """Tell whether a star import may bring another class by the name of a base.

    fastai's ``Module`` is one that calls ``Module.__init__`` in its metaclass.
    """
    return any(isinstance(base, ast.Name) for base in cls.node.bases) and any(
        not module.startswith("torch") for module in _starred(cls.file)
    )


@memoized
def _starred(file: SourceFile) -> list[str]:
    """Return the modules of which ``file`` imports everything."""
    return [
        node.module or ""
        for node in file.tree.body
        if isinstance(node, ast.ImportFrom) and node.names[0].name == "*"
    ]


def _other_methods(cls: SourceClass) -> Iterator[ast.AST]:
    return (node for node in cls.scope.methods if node.name != "__init__")


def _sets_state(method: ast.AST) -> bool:
    return any(
        isinstance(node, ast.Attribute) and node.attr in _STATE for node in walk(method)
    )
