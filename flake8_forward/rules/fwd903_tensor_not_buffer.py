"""FWD903: a tensor that should be a buffer is a plain attribute."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_forward.analysis.tensors.plain_tensors import needs_buffer
from flake8_forward.concrete.report import Report
from flake8_forward.knowledge.vocabulary import (
    OF_NUMBERS,
    SHAPING,
    STORED_FACTORIES,
    STORED_SAME_DEVICE,
)
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import Rule


class TensorNotBuffer(Rule):
    """Tensor that ``__init__`` creates and keeps as a plain attribute of a Module.

    Off by default: right often enough to be worth a review. A plain attribute is not
    moved by ``.to()`` or ``.half()``, so the first operation with a moved input fails,
    and ``state_dict()`` does not save it.

    Exempt: tensors on which the class calls ``to``, ``cuda`` or ``type_as``; tensors
    that are created on an explicit device, registered or reassigned elsewhere, or hold
    a single number; tensors that no method uses together with other tensors; classes
    that move their tensors in ``_apply``, ``to`` or ``cuda``.

    Fix: ``self.register_buffer("mean", mean)``, with ``persistent=False`` if the value
    need not be saved.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.register_buffer
    """

    code = "FWD903"
    definitions = frozenset({"__init__"})

    def findings(self, context: RuleContext) -> Iterator[Report]:
        """Yield the attributes of a proven Module that should be buffers."""
        cls = context.defining_class
        if context.body is None or cls is None:
            return
        for node_path in context.body.node_paths(ast.Assign, ast.AnnAssign):
            target = _attribute(node_path.node)
            call = _creation(getattr(node_path.node, "value", None))
            if target is None or call is None:
                continue

            here = context.at(node_path)
            if not _is_torchs(here, call) or not needs_buffer(here, target.attr):
                continue
            if not context.is_module(cls):
                return
            text = context.code(target)
            message = (
                f"'{text}' is a plain tensor: .to() does not move it, state_dict() "
                f"does not save it; use self.register_buffer('{target.attr}', ...)"
            )
            yield Report(target, message)


def _attribute(statement: ast.AST) -> ast.Attribute | None:
    """Return the attribute that the assignment sets."""
    targets = getattr(statement, "targets", None) or [
        getattr(statement, "target", None)
    ]
    target = targets[0] if len(targets) == 1 else None
    return target if isinstance(target, ast.Attribute) else None


def _creation(value: ast.expr | None) -> ast.Call | None:
    """Return the call that creates the tensor ``value``.

    None if it may be a single number, or if it is given a device.
    """
    has_dimensions = False
    while isinstance(value, ast.Call) and isinstance(value.func, ast.Attribute):
        if any(item.arg in ("device", None) for item in value.keywords):
            return None
        name = value.func.attr
        if name in STORED_FACTORIES:
            is_number = name in OF_NUMBERS and not _is_listed(value)
            return None if is_number and not has_dimensions else value
        if name not in STORED_SAME_DEVICE:
            return None
        has_dimensions = has_dimensions or name in SHAPING
        value = value.func.value
    return None


def _is_listed(call: ast.Call) -> bool:
    """Tell whether the numbers are written as a list, which may not be empty."""
    data = call.args[0] if call.args else None
    return isinstance(data, ast.ListComp) or (
        isinstance(data, (ast.List, ast.Tuple)) and bool(data.elts)
    )


def _is_torchs(context: RuleContext, call: ast.Call) -> bool:
    return (context.library_name(call.func) or "").rpartition(".")[0] == "torch"
