"""Functions of torch, and methods of tensors, by what they return."""

from __future__ import annotations

import ast
import re

from flake8_forward.flow.states import Flow
from flake8_forward.lint.context import RuleContext

_FUNCTION = re.compile(r"torch\.(?:nn\.functional\.|special\.|fft\.|linalg\.)?[a-z]\w*")


def torch_function(
    context: RuleContext, call: ast.Call, flow: Flow | None = None
) -> str:
    """Return the last name of torch's function that is called, empty if none is."""
    dotted = context.library_name(call.func, flow) or ""
    return dotted.rpartition(".")[2] if _FUNCTION.fullmatch(dotted) else ""
