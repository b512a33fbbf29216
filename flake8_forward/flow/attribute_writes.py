"""Attributes that are set by a call, or through ``__dict__``."""

from __future__ import annotations

import ast
from typing import NamedTuple

from flake8_forward.knowledge.vocabulary import REGISTRATIONS
from flake8_forward.syntax.shapes import is_name, is_super
from flake8_forward.syntax.unparsing import string


class Write(NamedTuple):
    """``target = value``, however it is written."""

    target: ast.expr
    value: ast.expr


def by_call(call: ast.Call, own: str | None) -> Write | None:
    """Return what ``call`` writes to an attribute, if it does.

    ``setattr(m, "x", v)``, ``m.add_module("x", v)``, ``object.__setattr__(m, "x", v)``
    and their like; ``own`` is the name of the object that ``super()`` stands for.
    """
    values = call.args
    if isinstance(call.func, ast.Attribute):
        if call.func.attr not in {"__setattr__", *REGISTRATIONS}:
            return None
        owner = call.func.value
        if is_super(owner) and own is not None:
            owner = ast.Name(own, ast.Load())
        if len(values) == 2:
            values = [owner, *values]
    elif not is_name(call.func, "setattr"):
        return None
    name = string(values[1]) if len(values) == 3 and not call.keywords else None
    if name is None:
        return None
    return Write(ast.Attribute(values[0], name, ast.Store()), values[2])


def through_dict(target: ast.expr) -> ast.expr:
    """Return ``m.x`` for ``m.__dict__["x"]``, and any other target as it is."""
    if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Attribute):
        name = string(target.slice) if target.value.attr == "__dict__" else None
        if name is not None:
            return ast.Attribute(target.value.value, name, ast.Store())
    return target
