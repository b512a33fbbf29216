"""Classes that are no Modules but could be taken for one: they veto soft evidence.

An object that is used as a Module may be of a plain class of the project that has the
same methods, such as a controller of several agents. Only where no such class exists
does its use tell that it is a Module.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from typing import NamedTuple

from flake8_forward.inference import classes, mro
from flake8_forward.inference.evidence.arguments import Arguments, fits
from flake8_forward.inference.evidence.heirs import classes_of
from flake8_forward.inference.evidence.offers import Parameters, methods, takes
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import KnownClass, SourceClass
from flake8_forward.project.class_heads import ClassHead
from flake8_forward.project.hierarchy import Hierarchy
from flake8_forward.project.source import parse
from flake8_forward.syntax.unparsing import unparse

MAX_CHECKED = 200
"""Most classes of a project that are looked at more closely, in files to be parsed."""

_TORCH = re.compile(rb"^[ \t]*(?:import|from)[ \t]+torch\b", re.MULTILINE)

_LAYERS = re.compile(
    r"\bself\.\w+\s*=\s*(?:torch\.)?nn\.(?:Module|Linear|Conv|Embedding|LSTM|GRU|RNN"
    r"|Batch|Layer|Group|Sequential|Parameter|Transformer|Multihead)"
    r"|\bregister_(?:buffer|parameter)\("
)
"""What hardly anything but a Module does: it has weights or buffers of its own."""

_MADE = re.compile(
    r"\b(?:namedtuple|SimpleNamespace|make_dataclass)\([^)]*\bforward\b"
    r"|\btype\([^()]*\(?[^()]*\)?[^()]*[\"']forward[\"']"
)
"""An object that is given a ``forward`` where it is made."""


class Rival(NamedTuple):
    """A class with a ``forward`` that is not proven a Module.

    ``methods`` are all that it has; None if it may have any. ``forwards`` are the
    parameters of its ``forward``, which may be defined more than once. ``is_plain`` if
    all its bases are known.
    """

    name: str
    path: str
    methods: frozenset[str] | None
    forwards: tuple[Parameters, ...]
    is_plain: bool = False

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
    if not resolver.project.search().is_complete:
        return "one of a project too large to search"
    for each in _rivals(resolver):
        has_all = each.methods is None or used <= each.methods
        if has_all and (call is None or takes(each.forwards, call)):
            return each.place
    return None


def plain_rival(resolver: Resolver, call: Arguments | None) -> str | None:
    """Return a class with such a ``forward`` that is proven not to be a Module."""
    if not resolver.project.search().is_complete:
        return "one of a project too large to search"
    for each in _rivals(resolver):
        if each.is_plain and (call is None or takes(each.forwards, call)):
            return each.place
    return None


def made(resolver: Resolver) -> bool:
    """Tell whether the project makes objects with a ``forward`` without a class."""
    return bool(resolver.project.search().matching(_MADE.pattern, "forward"))


def with_call(resolver: Resolver, call: Arguments | None) -> Iterator[SourceClass]:
    """Yield the Modules with a ``__call__``, and a ``forward`` that may be called so."""
    hierarchy = _hierarchy(resolver)
    for head in hierarchy.heads:
        is_called = hierarchy.has_call(head) and hierarchy.has_forward(head)
        if is_called and hierarchy.is_module(head):
            for cls in classes_of(resolver, head):
                if call is None or takes(methods(resolver, cls)[1], call):
                    yield cls


def has_modules(resolver: Resolver, call: Arguments | None) -> bool:
    """Tell whether the project has a Module whose ``forward`` may be called so."""
    hierarchy = _hierarchy(resolver)
    tried: set[str | None] = set()
    for head in hierarchy.heads:
        text = head.parameters
        if head.has_forward and hierarchy.is_module(head) and text not in tried:
            tried.add(text)
            args = _parsed(text) if text is not None else None
            if args is None or call is None or fits(call, args, 1):
                return True
    return False


def _parsed(text: str) -> ast.arguments | None:
    tree = parse(f"def forward({text}): 0")
    function = tree.body[0] if tree is not None else None
    return function.args if isinstance(function, ast.FunctionDef) else None


def is_module(resolver: Resolver, head: ClassHead) -> bool:
    """Tell whether the class of ``head`` is a Module, as its bases say."""
    return _hierarchy(resolver).is_module(head)


def is_rival(resolver: Resolver, head: ClassHead) -> bool:
    """Tell whether the class of ``head`` is proven no Module, and has a ``forward``."""
    if not _hierarchy(resolver).has_forward(head):
        return False
    return any(each.is_plain for each in _checked(resolver, head))


def _hierarchy(resolver: Resolver) -> Hierarchy:
    _rivals(resolver)  # which finds out what its roots are
    return resolver.project.search().hierarchy()


def _rivals(resolver: Resolver) -> list[Rival]:
    search = resolver.project.search()
    known = search.memo.answers(_rivals)
    if None not in known:
        with resolver.project.reading_anew(), resolver.budget.question():
            known[None] = [*_found(resolver, search.hierarchy())]
    found: list[Rival] = known[None]
    return found


def _found(resolver: Resolver, hierarchy: Hierarchy) -> Iterator[Rival]:
    """Yield the rivals, looking closely only at classes that may be one.

    First at the roots, whose bases are not in the project: what derives from a Module
    is one. Classes with the same bases are alike.
    """
    roots = hierarchy.roots()
    for head in _samples(hierarchy, roots):
        verdicts = [
            classes.is_module(resolver, cls) for cls in classes_of(resolver, head)
        ]
        if verdicts and all(verdicts):
            hierarchy.add_modules(h for h in roots if h.bases == head.bases)
    rest = [head for head in hierarchy.heads if hierarchy.has_forward(head)]
    for number, head in enumerate(h for h in rest if not hierarchy.is_module(h)):
        if number >= MAX_CHECKED:
            yield Rival("one of very many classes", head.path, None, ())
            return
        yield from _checked(resolver, head)


def _samples(hierarchy: Hierarchy, roots: list[ClassHead]) -> Iterator[ClassHead]:
    """Yield a root for each combination of bases, if it matters whether it is a Module."""
    seen: set[tuple[str, ...]] = {(), ("object",)}
    for head in roots:
        if head.bases in seen or hierarchy.is_module(head):
            continue
        if hierarchy.leads_to_forward(head):
            seen.add(head.bases)
            if len(seen) <= MAX_CHECKED:
                yield head


def _checked(resolver: Resolver, head: ClassHead) -> Iterator[Rival]:
    """Yield the class of ``head`` as a rival unless it turns out to be a Module."""
    for cls in classes_of(resolver, head):
        if _is_function(resolver, cls):
            continue  # torch.autograd's: it is applied, and hardly ever handed around
        is_module = classes.is_module(resolver, cls)
        names, forwards = methods(resolver, cls)
        if is_module is False:
            if names is None or forwards or _sets_forward(cls):
                yield Rival(head.name, head.path, names, forwards, is_plain=True)
        elif is_module is None and _may_be_met(resolver, cls):
            yield Rival(head.name, head.path, None, forwards)


def _is_function(resolver: Resolver, cls: SourceClass) -> bool:
    """Tell whether ``cls`` is one of torch.autograd's Functions."""
    return any(
        isinstance(base, KnownClass) and base.dotted.startswith("torch.autograd.")
        for base in mro.lineage(resolver, cls).classes
    ) or any("autograd" in unparse(base) for base in cls.node.bases)


def _sets_forward(cls: SourceClass) -> bool:
    return re.search(r"\bforward\s*[=:,]", cls.file.around(cls.node)) is not None


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
