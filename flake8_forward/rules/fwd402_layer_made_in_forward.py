"""FWD402: forward creates a layer and applies it."""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from flake8_forward.rule import Rule
from flake8_forward.unparsing import unparse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_forward.analysis.body import Body, Spot
    from flake8_forward.context import Site

MAX_NAME = 200
"""Characters of a name, with the annotation between it and the equals sign."""

_AT_ONCE = re.compile(r"\)\s*\(")
_STORED = re.compile(r"=(?:[\s(\\]|#[^\n]*\n)*([\w.]+)\s*\(")
_CLASS = re.compile(r"^\w+$|\._*[A-Z]\w*$|_norm$")
"""What may make a layer: a class, a function, torch's wrappers of layers."""
_NO_NAME = re.compile(r"[^\w.]")
_CALLED = re.compile(rf"(?<![\w.])([\w.]{{1,{MAX_NAME}}}) ?\(")

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

    def findings(self, site: Site) -> Iterator[tuple[ast.AST, str]]:
        """Yield the layers that a Module's forward makes and applies."""
        if not _may_apply(site.lines) or site.body is None:
            return
        found = []
        for spot in _applied(site.body):
            message = _message(site.at(spot))
            if message is not None:
                assert isinstance(spot.node, ast.Call)
                found.append((spot.node.func, message))
        # What is made is mostly torch's; what the class is may take other files.
        owner = site.defining_class if found else None
        if owner is not None and site.is_module(owner):
            yield from found


def _may_apply(text: str) -> bool:
    """Tell cheaply whether code calls what a call gives, at once or by its name."""
    if _AT_ONCE.search(text):
        return True
    names = {
        _target(text[max(0, match.start() - MAX_NAME) : match.start()])
        for match in _STORED.finditer(text)
        if _CLASS.search(match[1])
    }
    return bool(names) and not names.isdisjoint(_CALLED.findall(text))


def _target(before: str) -> str:
    """Return the name that is assigned to, of the text before an equals sign."""
    line = before.rpartition("\n")[2]
    line = line.rpartition(":")[0] or line  # without the annotation
    return _NO_NAME.split(line.rstrip())[-1]


def _applied(body: Body) -> Iterator[Spot]:
    """Yield the calls whose result ``body`` calls, at once or by the name it gets."""
    from flake8_forward.analysis import torch_layers, uses
    from flake8_forward.modules.flow import key_of

    spots = body.spots(ast.Call)
    called = {node.func for node in body.nodes(ast.Call)}
    keys = {key_of(node) for node in called}
    for spot in spots:
        moved = uses.moved(spot)
        key = uses.stored_as(moved)
        if not torch_layers.may_make(spot.node):
            continue
        if moved.node in called:
            yield spot
        elif key in keys and key is not None:
            reads = [*uses.reads(body, key)]
            if all(read.node in called or uses.moved(read) != read for read in reads):
                yield spot


def _message(site: Site) -> str | None:
    """Return what to say of a call whose result is applied, None if it is harmless."""
    from flake8_forward.analysis import guards, layers, torch_layers, uses
    from flake8_forward.analysis.body import Spot

    call = site.suspect.node
    assert isinstance(call, ast.Call) and site.body is not None
    spot = uses.moved(Spot(call, site.suspect.chain))
    if "." in (uses.stored_as(spot) or "") and uses.is_conditional(site):
        return None
    carried = layers.made_at(site, call)
    if carried & (torch_layers.SET | torch_layers.LOADED):
        return None
    name = unparse(call.func)
    if carried & torch_layers.WEIGHTS:
        if any(item.arg == "_weight" for item in call.keywords):
            return None
        harm = "creates new weights on each call, which are never trained"
        return f"'{name}(...)' in forward {harm}; create it in '__init__'"
    given = [*call.args, *(item.value for item in call.keywords)]
    asks = any(_MODE.search(word) for word in site.body.words(*given))
    if asks or guards.on_training(site):
        return None
    if carried & torch_layers.STATISTICS:
        harm = "has no running statistics in eval mode"
        return f"'{name}(...)' made in forward {harm}; create it in '__init__'"
    if carried & torch_layers.RANDOM:
        harm = "is random in eval mode, too"
        return f"'{name}(...)' made in forward {harm}; create it in '__init__'"
    return None
