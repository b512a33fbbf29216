"""What fixes are made of; libcst is imported only where fixes are wanted."""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import libcst as cst

Change: TypeAlias = "Callable[[cst.CSTNode], cst.CSTNode | None]"
"""Returns what takes the place of a concrete node, None if it should stay as it is."""


class Rewrite(NamedTuple):
    """A change of the concrete node that stands where ``target`` stands."""

    target: ast.AST
    change: Change


class Fix(NamedTuple):
    """Rewrites that belong together.

    A safe fix leaves the program as its author meant it; one that is not may change
    behaviour that somebody relies on.
    """

    rewrites: tuple[Rewrite, ...]
    is_safe: bool = True


def without_attribute(node: ast.Attribute) -> Rewrite:
    """Return the rewrite of ``m.name`` to ``m``."""
    from flake8_forward.concrete import changes

    return Rewrite(node, changes.without_attribute)


def renamed(node: ast.FunctionDef, name: str) -> Rewrite:
    """Return the rewrite that gives the function ``node`` another ``name``."""
    from flake8_forward.concrete import changes

    return Rewrite(node, partial(changes.renamed, name=name))


def returning(node: ast.Return, name: str) -> Rewrite:
    """Return the rewrite that makes the statement ``node`` return ``name``."""
    from flake8_forward.concrete import changes

    return Rewrite(node, partial(changes.returning, name=name))


def ending_in_return(node: ast.FunctionDef, name: str) -> Rewrite:
    """Return the rewrite that adds ``return name`` at the end of a function."""
    from flake8_forward.concrete import changes

    return Rewrite(node, partial(changes.ending_in_return, name=name))


def without_comma(node: ast.Tuple) -> Rewrite:
    """Return the rewrite of a tuple that only a comma makes, ``x,``, to ``x``."""
    from flake8_forward.concrete import changes

    return Rewrite(node, changes.without_comma)


def as_argument(node: ast.expr, function: str) -> Rewrite:
    """Return the rewrite of ``node`` to ``function(node)``.

    An empty list or dict becomes ``function()``.
    """
    from flake8_forward.concrete import changes

    return Rewrite(node, partial(changes.as_argument, function=function))


def with_argument(node: ast.Call, name: str, value: str) -> Rewrite:
    """Return the rewrite that adds ``name=value`` to the end of a call."""
    from flake8_forward.concrete import changes

    return Rewrite(node, partial(changes.with_argument, name=name, value=value))


def conditional(node: ast.expr, test: str, otherwise: str) -> Rewrite:
    """Return the rewrite of ``node`` to ``node if test else otherwise``."""
    from flake8_forward.concrete import changes

    return Rewrite(node, partial(changes.conditional, test=test, otherwise=otherwise))


def done_inside(node: ast.expr, function: str) -> Rewrite:
    """Return the rewrite of ``-f(x).g()`` to ``f(-x.g())``.

    ``node`` is the whole expression, in which only one call is of ``function``.
    """
    from flake8_forward.concrete import changes

    return Rewrite(node, partial(changes.done_inside, function=function))
