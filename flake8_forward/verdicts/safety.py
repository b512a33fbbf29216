"""Whether ``m(x)`` can take the place of ``m.forward(x)``, whatever ``m`` may be."""

from __future__ import annotations

from collections.abc import Iterator

from flake8_forward.inference import mro
from flake8_forward.inference.evidence.heirs import classes_of, heirs
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import MODULE, USED, AnyClass, SourceClass
from flake8_forward.project.files import SourceFile
from flake8_forward.verdicts import call_definitions, inheritance
from flake8_forward.verdicts.initialisation import is_initialised
from flake8_forward.verdicts.verdict import Verdict


def is_safe(resolver: Resolver, verdict: Verdict, file: SourceFile) -> bool:
    """Tell whether the object of ``verdict`` in ``file`` can be called like a Module.

    Its class must be known, or be derived from a known one, as declared; each class
    that may be meant must be called as Module is, and run Module's ``__init__``.
    """
    with resolver.budget.question():
        return all(_is_plain(resolver, cls, file) for cls in verdict.classes)


def _is_plain(resolver: Resolver, cls: AnyClass, file: SourceFile) -> bool:
    """Tell whether calling a ``cls`` in ``file`` does what calling a Module does."""
    known: dict[AnyClass, bool] = file.brief.answers(_is_plain)
    if cls not in known:
        found, is_complete = resolver.answer(
            lambda: (
                cls != USED
                and mro.lineage(resolver, cls).complete
                and not _is_called_anew(resolver, cls)
                and all(
                    not call_definitions.has_own_call(resolver, one)
                    and is_initialised(resolver, one)
                    for one in _meant(resolver, cls, file)
                )
            )
        )
        if not is_complete:
            return False
        known[cls] = found
    return known[cls]


def _is_called_anew(resolver: Resolver, cls: AnyClass) -> bool:
    """Tell whether the project has a ``__call__`` in a class derived from ``cls``."""
    hierarchy = resolver.project.search().hierarchy()
    derived = hierarchy.heads if cls == MODULE else hierarchy.heirs(cls.name)
    return any(
        call_definitions.has_own_call(resolver, one)
        for head in derived
        if head.has_call and hierarchy.is_module(head)
        for one in classes_of(resolver, head)
    )


def _meant(resolver: Resolver, cls: AnyClass, file: SourceFile) -> Iterator[AnyClass]:
    """Yield the classes that what ``file`` calls a ``cls`` may have.

    They are that class itself and what is derived from it, as far as is in reach.
    """
    yield cls
    yield from inheritance.heirs(resolver, cls, file)
    if isinstance(cls, SourceClass):
        yield from heirs(resolver, cls)
