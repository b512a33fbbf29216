"""What the methods of a class put into plain containers of its own."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from flake8_forward.analysis import torch_layers
from flake8_forward.modules.evidence import first_parameter
from flake8_forward.modules.scopes import FUNCTIONS, FunctionNode
from flake8_forward.modules.shapes import named
from flake8_forward.tree import walk

_KINDS: dict[type[ast.AST], str] = {
    ast.List: "list", ast.ListComp: "list", ast.Tuple: "tuple", ast.Dict: "dict",
    ast.DictComp: "dict", ast.Set: "set", ast.SetComp: "set",
}  # fmt: skip
_CONSTRUCTORS = {
    "OrderedDict": "dict", "defaultdict": "dict", "deque": "list", "dict": "dict",
    "list": "list", "set": "set", "tuple": "tuple",
}  # fmt: skip
_FILLING = frozenset({
    "add", "append", "appendleft", "extend", "insert", "update",
})  # fmt: skip


@dataclass
class Holding:
    """An attribute and what is put into it.

    ``node`` is where it is first assigned or filled, ``items`` are the calls that make
    what its literals hold, ``added`` those that make what is added later, ``known``
    the uses that put something in, ``names`` the local names of items and lists.
    """

    node: ast.Attribute
    kind: str = ""
    is_single: bool = False
    is_plain: bool = True
    items: list[ast.Call] = field(default_factory=list)
    added: list[ast.Call] = field(default_factory=list)
    known: set[ast.AST] = field(default_factory=set)
    names: list[tuple[FunctionNode, str]] = field(default_factory=list)
    carried: torch_layers.Traits = torch_layers.NOTHING
    made: str = ""


def kind_of(value: ast.expr) -> str:
    """Return what plain container ``value`` is, empty if it is none."""
    if isinstance(value, ast.BinOp):
        return kind_of(value.left) or kind_of(value.right)
    if isinstance(value, ast.Call):
        return _CONSTRUCTORS.get(named(value.func) or "", "")
    return _KINDS.get(type(value), "")


def fillings(function: ast.AST) -> Iterator[tuple[ast.expr, ast.expr, bool]]:
    """Yield targets, what they get or get added, and whether it is all they hold."""
    work: list[ast.AST] = [function]
    while work:
        node = work.pop()
        if isinstance(node, ast.Assign):
            for target in node.targets[: len(node.targets) == 1]:
                if isinstance(target, ast.Subscript):
                    yield target.value, node.value, False
                else:
                    yield target, node.value, True
        elif isinstance(node, ast.AnnAssign):
            if node.value is not None:
                yield node.target, node.value, True
        elif isinstance(node, ast.AugAssign):
            yield node.target, node.value, False
        elif isinstance(node, ast.Expr):
            call = node.value
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr in _FILLING
                and call.args
            ):
                yield call.func.value, call.args[-1], False
        elif not isinstance(node, ast.ClassDef):
            for block in ("finalbody", "orelse", "handlers", "cases", "body"):
                work += reversed(getattr(node, block, ()))


def may_fill(init: ast.AST) -> bool:
    """Tell cheaply whether ``init`` may put something into containers of self."""
    return any(
        kind_of(value) if is_whole else isinstance(target, ast.Attribute)
        for target, value, is_whole in fillings(init)
    )


def candidates(cls: ast.ClassDef) -> list[Holding]:
    """Return the attributes of ``cls`` into whose containers calls' results are put."""
    found: dict[str, Holding] = {}
    for method in cls.body:
        if isinstance(method, FUNCTIONS):
            _Method(method).fill(found)
    for holding in found.values():
        if not holding.is_plain:
            holding.added = []
    return [holding for holding in found.values() if holding.items or holding.added]


def _may_make(call: ast.Call) -> bool:
    return torch_layers.may_make(torch_layers.made(call) or call)


class _Method:
    """What one method puts where."""

    def __init__(self, node: FunctionNode) -> None:
        self._node = node
        self._instance = first_parameter(node)
        self._fillings = [*fillings(node)]

    def fill(self, found: dict[str, Holding]) -> None:
        """Add to ``found``, by attribute, what this method puts into attributes."""
        for target, value, is_whole in self._fillings:
            if not isinstance(target, ast.Attribute):
                continue
            if not isinstance(target.value, ast.Name):
                continue
            if target.value.id != self._instance:
                continue
            holding = found.setdefault(target.attr, Holding(target))
            if is_whole:
                self._assign(holding, target, value)
            else:
                holding.added += self._calls(holding, value)

    def _assign(self, holding: Holding, target: ast.Attribute, value: ast.expr) -> None:
        kind = kind_of(value)
        if isinstance(value, ast.Call) and kind and len(value.args) == 1:
            copied = value.args[0]
            if isinstance(copied, ast.Name) and self._bound(copied.id):
                value = copied
        parts = [value]
        if isinstance(value, ast.Name):
            parts = self._bound(value.id)
            if parts and all(kind_of(part) for part in parts):
                holding.known.add(value)
                holding.names.append((self._node, value.id))
                parts = parts + self._added(value.id)
        kind = kind or (kind_of(parts[0]) if parts else "")
        if not kind:
            holding.is_plain &= isinstance(value, ast.Constant)
            return
        if not holding.kind:
            holding.node, holding.kind = target, kind
        holding.items += [call for part in parts for call in self._calls(holding, part)]
        holding.is_single = (
            isinstance(value, (ast.List, ast.Tuple)) and len(value.elts) == 1
        )

    def _bound(self, name: str) -> list[ast.expr]:
        """Return all that the local ``name`` is bound to, nothing if that is open."""
        found = [
            value
            for target, value, is_whole in self._fillings
            if is_whole and isinstance(target, ast.Name) and target.id == name
        ]
        return found if found and len(found) == self._stores[name] else []

    @cached_property
    def _stores(self) -> Counter[str]:
        """How often the method binds each of its names, parameters included."""
        return Counter(
            node.arg if isinstance(node, ast.arg) else node.id
            for node in walk(self._node)
            if isinstance(node, ast.arg)
            or (isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store))
        )

    def _added(self, name: str) -> list[ast.expr]:
        return [
            value
            for target, value, is_whole in self._fillings
            if not is_whole and isinstance(target, ast.Name) and target.id == name
        ]

    def _calls(self, holding: Holding, value: ast.expr) -> list[ast.Call]:
        """Return the calls that make the items in ``value``, an item or a container."""
        if not isinstance(value, ast.Name):
            return [*filter(_may_make, torch_layers.calls_in([value]))]
        bound = self._bound(value.id)
        calls = [call for call in map(torch_layers.made, bound) if call is not None]
        if not calls or len(calls) < len(bound):
            return []
        holding.known.add(value)
        holding.names.append((self._node, value.id))
        return calls
