"""DataParallel and its like: Modules that hold another, as ``.module``."""

from __future__ import annotations

from flake8_forward.inference.classes import all_modules
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives, either
from flake8_forward.inference.values import (
    MODULE,
    NEVER,
    UNKNOWN,
    AnyClass,
    Instance,
    KnownClass,
    Type,
    Wrapped,
)
from flake8_forward.knowledge.vocabulary import WRAPPERS

HOLDERS = WRAPPERS | {"AveragedModel", "FullyShardedDataParallel"}
"""Names of classes that hold one Module, as ``.module``: torch.nn's and others."""


def is_wrapper(cls: AnyClass) -> bool:
    """Tell whether ``cls`` is DataParallel or its like."""
    return isinstance(cls, KnownClass) and cls.name.rpartition(".")[2] in HOLDERS


def holding(resolver: Resolver, value: Type) -> Type:
    """Return what of ``value`` has an attribute ``module``.

    A Module without one must have been wrapped in DataParallel or its like.
    """
    some = alternatives(value)
    wrapped = [one for one in some if isinstance(one, Wrapped)]
    others = [one for one in some if not _is_bare(resolver, one)]
    if wrapped:
        return either(others)
    return either(
        [Wrapped(MODULE, one) if _is_bare(resolver, one) else one for one in some]
    )


def without_holder(value: Type) -> Type:
    """Return what of ``value`` has no attribute ``module``, as far as that is known."""
    some = alternatives(value)
    return either([one for one in some if not isinstance(one, Wrapped)] or [NEVER])


def _is_bare(resolver: Resolver, value: Type) -> bool:
    """Tell whether ``value`` is a Module whose class has no attribute ``module``."""
    return (
        isinstance(value, Instance)
        and all_modules(resolver, value)
        and resolver.member(value, "module") == UNKNOWN
    )
