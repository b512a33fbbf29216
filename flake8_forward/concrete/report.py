"""What a rule says of a node: where, what, and how to fix it."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from flake8_forward.concrete.rewriting import Fix


class Report(NamedTuple):
    """A confirmed finding.

    ``node`` is reported at its name: of an attribute its last part, of a definition
    the name that it defines. A ``message`` may quote code as it is written: it is then
    a function of the code of ``quoted``, which is ``node`` or, of an attribute, its
    ``value``. ``unparsed`` stands for that code where libcst cannot parse the
    statement, say for newer syntax; without it, there is no finding then. ``fix`` is
    called only where fixes are wanted, and returns None if only a human can fix it.
    """

    node: ast.AST
    message: str | Callable[[str], str]
    quoted: ast.expr | None = None
    unparsed: str | None = None
    fix: Callable[[], Fix | None] | None = None
