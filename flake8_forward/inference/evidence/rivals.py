"""Classes that are no Modules but could be taken for one: they veto soft evidence.

An object that is used as a Module may be of a plain class of the project that has the
same methods, such as a controller of several agents. Only where no such class exists
does its use tell that it is a Module.
"""

from __future__ import annotations

import ast
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from flake8_forward.flow.lookup import scope_at
from flake8_forward.inference import classes, mro
from flake8_forward.inference.arguments import Arguments, fits
from flake8_forward.inference.classes import class_at
from flake8_forward.inference.evidence.references import classes_called
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import OBJECT, SourceClass
from flake8_forward.project.class_heads import ClassHead

MAX_CHECKED = 60
"""Most classes of a project that are looked at more closely, in files to be parsed."""

ALIKE = 2
"""Classes with the same bases that are looked at before the others count as alike."""

_TORCH = re.compile(rb"^[ \t]*(?:import|from)[ \t]+torch\b", re.MULTILINE)

_LAYERS = re.compile(
    r"\bself\.\w+\s*=\s*(?:torch\.)?nn\.[A-Z]|\bregister_(?:buffer|parameter)\("
)
"""What only a Module does: it sets layers, Parameters or buffers of its own."""


class Rival(NamedTuple):
    """A class with a ``forward`` that is not proven a Module.

    ``methods`` are all that it has; None if it may have any. ``forwards`` are the
    parameters of its ``forward``, which may be defined more than once.
    """

    name: str
    path: str
    methods: frozenset[str] | None
    forwards: tuple[ast.arguments, ...]

    @property
    def place(self) -> str:
        """The class and where it is, for a message."""
        folder, file = os.path.split(self.path)
        return f"{self.name} ({os.path.basename(folder)}/{file})"


def rival(
    resolver: Resolver,
    used: frozenset[str] = frozenset(),
    call: Arguments | None = None,
) -> str | None:
    """Return a class that has all of the methods ``used``, and a ``forward``.

    With ``call``, one whose ``forward`` may be called with these arguments. None if
    every class of the linted file's project that could be meant is a Module.
    """
    for each in _rivals(resolver):
        has_all = each.methods is None or used <= each.methods
        if has_all and (call is None or _takes(each, call)):
            return each.place
    return None


def _takes(found: Rival, call: Arguments) -> bool:
    """Tell whether the forward of ``found`` may take these arguments, or is unknown."""
    if not found.forwards:
        return True
    return any(fits(call, args, 1) for args in found.forwards)


def has_modules(resolver: Resolver) -> bool:
    """Tell whether the project has Modules with a ``forward``, all called as usual."""
    known = resolver.project.search().memo.answers(has_modules)
    if None not in known:
        table = _Table(resolver.project.search().class_heads())
        found = [head for head in table.heads if table.is_module(head)]
        known[None] = any(head.has_forward for head in found) and not any(
            head.has_call for head in found
        )
    return bool(known[None])


def _rivals(resolver: Resolver) -> list[Rival]:
    known = resolver.project.search().memo.answers(_rivals)
    if None not in known:
        known[None] = [*_found(resolver)]
    found: list[Rival] = known[None]
    return found


def _found(resolver: Resolver) -> Iterator[Rival]:
    """Yield the rivals, looking closely only at classes that may be one.

    Classes with the same bases are alike: where the first few turn out to be Modules,
    or of a library that is not there, so are the others.
    """
    table = _Table(resolver.project.search().class_heads())
    groups: dict[tuple[str, ...], list[ClassHead]] = defaultdict(list)
    for head in table.heads:
        if not table.is_module(head) and table.has_forward(head):
            groups[head.bases].append(head)
    checked = 0
    for heads in groups.values():
        for number, head in enumerate(heads):
            found = [*_checked(resolver, head)]
            checked += 1
            yield from found
            if checked > MAX_CHECKED:
                yield Rival("one of very many classes", head.path, None, ())
                return
            if not found and number + 1 >= ALIKE:
                break


class _Table:
    """The class heads of a project, by name: names stand for classes here."""

    def __init__(self, heads: list[ClassHead]) -> None:
        self.heads = heads
        self._by_name: dict[str, list[ClassHead]] = defaultdict(list)
        for head in heads:
            self._by_name[head.name].append(head)
        self._modules: dict[str, bool] = {}
        self._forwards: dict[str, bool] = {}

    def is_module(self, head: ClassHead) -> bool:
        """Tell whether a base of ``head`` is torch's, or that of a Module."""
        return head.is_torch or any(self._is_name_of_modules(b) for b in head.bases)

    def _is_name_of_modules(self, base: str) -> bool:
        name = base.rpartition(".")[2]
        if name not in self._modules:
            self._modules[name] = False  # while it is being found out
            heads = self._by_name.get(name, [])
            self._modules[name] = bool(heads) and all(map(self.is_module, heads))
        return self._modules[name]

    def has_forward(self, head: ClassHead) -> bool:
        """Tell whether ``head`` or a base of it in the project has a ``forward``."""
        return head.has_forward or any(map(self._is_name_with_forward, head.bases))

    def _is_name_with_forward(self, base: str) -> bool:
        name = base.rpartition(".")[2]
        if name not in self._forwards:
            self._forwards[name] = False
            heads = self._by_name.get(name, [])
            self._forwards[name] = any(map(self.has_forward, heads))
        return self._forwards[name]


def _checked(resolver: Resolver, head: ClassHead) -> Iterator[Rival]:
    """Yield the class of ``head`` as a rival unless it turns out to be a Module."""
    if head.bases and head.bases[0].rpartition(".")[2] == "Function":
        return  # torch.autograd's: it is applied, and never handed around
    file = resolver.project.file(head.path)
    for nodes in classes_called(file, head.name) if file is not None else ():
        node = nodes[-1]
        assert file is not None and isinstance(node, ast.ClassDef)
        cls = class_at(node, scope_at(file, nodes)[1])
        is_module = classes.is_module(resolver, cls)
        if is_module is False:
            yield Rival(head.name, head.path, *_methods(resolver, cls))
        elif is_module is None and _may_be_met(resolver, cls):
            yield Rival(head.name, head.path, None, _methods(resolver, cls)[1])


def _may_be_met(resolver: Resolver, cls: SourceClass) -> bool:
    """Tell whether an object of a class with an unknown base may be taken for a Module.

    Not if it has layers as Modules have them: then, it is one. Nor if it is of another
    library altogether, and no file that imports torch mentions it.
    """
    file = cls.file
    if _TORCH.search(file.text.encode("utf-8", "replace")):
        return not _LAYERS.search(file.around(cls.node))
    search = resolver.project.search()
    return any(_TORCH.search(search.text(path)) for path in search.mentioning(cls.name))


def _methods(
    resolver: Resolver, cls: SourceClass
) -> tuple[frozenset[str] | None, tuple[ast.arguments, ...]]:
    """Return what the class and its bases define, None if it may have anything.

    And the parameters of its ``forward``.
    """
    found: set[str] = set()
    forwards: list[ast.arguments] = []
    is_open = False
    for base in mro.lineage(resolver, cls).classes:
        if isinstance(base, SourceClass):
            if "forward" not in found:
                forwards = [
                    node.args for node in base.scope.methods if node.name == "forward"
                ]
            found |= base.scope.graph.locals
        elif base != OBJECT and base.kind != "class":
            is_open = True
    is_open |= "__getattr__" in found
    return None if is_open else frozenset(found), tuple(forwards)
