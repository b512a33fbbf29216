"""A place that calls a function, or that hands it to something that may."""

from __future__ import annotations

import ast
import os
from typing import NamedTuple

from flake8_forward.flow.states import Flow
from flake8_forward.inference.evidence.arguments import Arguments, handed_on, of_call
from flake8_forward.inference.evidence.references import Reference


class CallSite(NamedTuple):
    """A place that calls a function, or hands it to something that may.

    ``arguments`` are those for its parameters after the first ``skipped``, which are
    bound; None if what it is called with cannot be seen. ``is_certain`` unless the call
    is one of a method by this name on an object that is unknown.
    """

    arguments: Arguments | None
    flow: Flow
    line: int
    skipped: int = 0
    is_certain: bool = True

    @property
    def place(self) -> str:
        """The file's name and the line, for a message."""
        return f"{os.path.basename(self.flow.scope.file.path)}:{self.line}"


def site_at(reference: Reference, flow: Flow, skipped: int) -> CallSite:
    """Return what the function that ``reference`` means is called with there."""
    parent, outer = reference.parent, reference.ancestry[-3:-2]
    given: Arguments | None = None
    if isinstance(parent, ast.Call):
        is_called = parent.func is reference.node
        given = of_call(parent) if is_called else handed_on(parent, reference.node)
    elif isinstance(parent, ast.keyword) and isinstance(outer[0], ast.Call):
        given = handed_on(outer[0], reference.node)
    return CallSite(given, flow, reference.node.lineno, skipped)
