"""FWD402: forward creates a layer and applies it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_forward.analysis.layers import layer_traits, torch_layers, uses
from flake8_forward.analysis.methods import guards
from flake8_forward.concrete.report import Report
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import Rule
from flake8_forward.syntax.body import Body
from flake8_forward.syntax.shapes import key_of
from flake8_forward.syntax.tree import NodePath
from flake8_forward.syntax.unparsing import unparse

MAX_NAME = 200
"""Characters of a name, with the annotation between it and the equals sign."""

_AT_ONCE = re.compile(r"\)\s*\(")
_STORED = re.compile(r"=(?:[\s(\\]|#[^\n]*\n)*([\w.]+)\s*\(")
_CLASS = re.compile(r"^\w+$|\._*[A-Z]\w*$|_norm$")
"""What may make a layer: a class, a function, torch's wrappers of layers."""
_NO_NAME = re.compile(r"[^\w.]")
_CALLED_BACKWARDS = re.compile(r"\( ?([\w.]+)")
"""A name that is called, in reversed text: ten times as fast as from its start."""

_MODE = re.compile(r"train|eval", re.IGNORECASE)


class LayerMadeInForward(Rule):
    """Layer with weights, statistics or dropout created and applied in ``forward``.

    Each call creates it anew: its weights differ from those of the previous call, are
    in neither ``parameters()`` nor ``state_dict()``, and no optimizer trains them. A
    Dropout created there is in train mode whatever the mode of the Module, and a
    BatchNorm loses its running statistics.

    Exempt: layers without any of these (``nn.ReLU()(x)``); layers stored as attributes
    under a condition, so that they are created once; layers whose weights or mode are
    set before they are applied; layers passed to something else; dropout in code that
    only runs in training.

    Fix: create it in ``__init__``, or use the function, such as
    ``F.dropout(x, p, self.training)``.

    Source: https://docs.pytorch.org/docs/stable/notes/modules.html#modules-as-building-blocks
    """

    code = "FWD402"
    definitions = frozenset({"forward"})

    def findings(self, context: RuleContext) -> Iterator[Report]:
        """Yield the layers that a Module's forward creates and applies."""
        if not _may_apply(context.text) or context.body is None:
            return
        found = []
        for node_path in _applied(context.body):
            message = _message(context.at(node_path))
            if message is not None:
                assert isinstance(node_path.node, ast.Call)
                found.append(Report(node_path.node.func, message))
        # What is made is mostly torch's; what the class is may take other files.
        owner = context.defining_class if found else None
        if owner is not None and context.is_module(owner):
            yield from found


def _may_apply(text: str) -> bool:
    """Tell cheaply whether code calls the result of a call, directly or by name."""
    if _AT_ONCE.search(text):
        return True
    names = {
        _target(text[max(0, match.start() - MAX_NAME) : match.start()])
        for match in _STORED.finditer(text)
        if _CLASS.search(match[1])
    }
    if not names:
        return False
    called = _CALLED_BACKWARDS.findall(text[::-1])
    return not {name[::-1] for name in names}.isdisjoint(called)


def _target(before: str) -> str:
    """Return the name that is assigned to, of the text before an equals sign."""
    line = before.rpartition("\n")[2]
    line = line.rpartition(":")[0] or line  # without the annotation
    return _NO_NAME.split(line.rstrip())[-1]


def _applied(body: Body) -> Iterator[NodePath]:
    """Yield the calls whose result ``body`` calls, directly or by name."""

    node_paths = body.node_paths(ast.Call)
    called = {node.func for node in body.nodes(ast.Call)}
    keys = {key_of(node) for node in called}
    for node_path in node_paths:
        moved = uses.moved(node_path)
        key = uses.stored_as(moved)
        if not torch_layers.may_make(node_path.node):
            continue
        if moved.node in called:
            yield node_path
        elif key in keys and key is not None:
            reads = [*uses.reads(body, key)]
            if all(read.node in called or uses.moved(read) != read for read in reads):
                yield node_path


def _message(context: RuleContext) -> str | None:
    """Return the message about a call whose result is applied; None if harmless."""

    call = context.candidate.node
    assert isinstance(call, ast.Call) and context.body is not None
    node_path = uses.moved(NodePath(call, context.candidate.chain))
    if "." in (uses.stored_as(node_path) or "") and uses.is_conditional(context):
        return None
    carried = layer_traits.made_at(context, call)
    if carried & (torch_layers.SET | torch_layers.LOADED):
        return None
    name = unparse(call.func)
    if carried & torch_layers.WEIGHTS:
        if any(item.arg == "_weight" for item in call.keywords):
            return None
        harm = "creates new weights on each call, which are never trained"
        return f"'{name}(...)' in forward {harm}; create it in '__init__'"
    given = [*call.args, *(item.value for item in call.keywords)]
    asks = any(_MODE.search(word) for word in context.body.words(*given))
    if asks or guards.on_training(context):
        return None
    if carried & torch_layers.STATISTICS:
        harm = "has no running statistics in eval mode"
        return f"'{name}(...)' made in forward {harm}; create it in '__init__'"
    if carried & torch_layers.RANDOM:
        harm = "is random in eval mode, too"
        return f"'{name}(...)' made in forward {harm}; create it in '__init__'"
    return None
