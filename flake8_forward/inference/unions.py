"""Values with several alternatives, and the most common containers."""

from __future__ import annotations

from flake8_forward.inference.values import (
    MAX_SIZE,
    NEVER,
    NONE,
    UNKNOWN,
    Either,
    External,
    Instance,
    KnownClass,
    Type,
    size_of,
)


def alternatives(value: Type) -> tuple[Type, ...]:
    """Return the alternatives of ``value``, at least one."""
    return value.alternatives if isinstance(value, Either) else (value,)


def either(values: list[Type]) -> Type:
    """Return the union of ``values``, flat and without repeats.

    UNKNOWN if there are none, or too many.
    """
    if len(values) > 1 and sum(map(size_of, values)) > MAX_SIZE:
        return UNKNOWN
    flat = list(
        dict.fromkeys(
            alternative
            for value in values
            for alternative in alternatives(value)
            if alternative != NEVER
        )
    )
    if not flat:
        return NEVER if values else UNKNOWN
    return flat[0] if len(flat) == 1 else Either(tuple(flat))


def without_none(value: Type) -> Type:
    """Return ``value`` where it is not None."""
    return either(
        [alternative for alternative in alternatives(value) if alternative != NONE]
        or [NONE]
    )


def builtin_class(name: str) -> KnownClass:
    """Return the builtin class called ``name``."""
    return KnownClass(f"builtins.{name}", "class")


def tuple_of(*parts: Type) -> Instance:
    """Return a tuple with these items."""
    return Instance(builtin_class("tuple"), parts=parts)


def list_of(element: Type) -> Instance:
    """Return a list, or any other iterable, of ``element``."""
    return Instance(builtin_class("list"), element)


def is_unknown(value: Type) -> bool:
    """Tell whether an alternative of ``value`` is unknown."""
    return any(_is_unresolved(one) for one in alternatives(value))


def settled(value: Type, told: Type) -> Type:
    """Return ``value`` with ``told`` in place of what is unknown of it."""
    if is_open(told) or not is_unknown(value):
        return value
    known = [told if _is_unresolved(one) else one for one in alternatives(value)]
    return either(known)


def _is_unresolved(value: Type) -> bool:
    return value == UNKNOWN or isinstance(value, External)


def is_open(value: Type) -> bool:
    """Tell whether nothing at all is known of ``value``."""
    return all(one in (UNKNOWN, NONE, NEVER) for one in alternatives(value))
