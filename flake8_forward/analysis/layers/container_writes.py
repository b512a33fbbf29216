"""What the methods of a class put into the plain containers that it owns."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal, TypeAlias

from flake8_forward.analysis.layers import torch_layers
from flake8_forward.analysis.layers.helpers import Helpers, Simple, returned, statements
from flake8_forward.syntax.shapes import first_parameter, is_name, named
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode, walk

ContainerKind: TypeAlias = Literal["", "dict", "list", "set", "tuple"]
"""Which of Python's containers something is, empty if none."""

_KINDS: dict[type[ast.AST], ContainerKind] = {
    ast.List: "list", ast.ListComp: "list", ast.Tuple: "tuple", ast.Dict: "dict",
    ast.DictComp: "dict", ast.Set: "set", ast.SetComp: "set",
}  # fmt: skip
_CONSTRUCTORS: dict[str, ContainerKind] = {
    "OrderedDict": "dict", "defaultdict": "dict", "deque": "list", "dict": "dict",
    "list": "list", "set": "set", "tuple": "tuple",
}  # fmt: skip
_WRITING = frozenset({
    "add", "append", "appendleft", "extend", "insert", "update",
})  # fmt: skip


@dataclass
class ContainerAttribute:
    """An attribute and what is put into it.

    ``node`` is where it is first assigned or filled, ``items`` are the calls that make
    what its literals hold, ``added`` those that make what is added later, ``known``
    the uses that put something in, ``names`` the local names of items and lists,
    ``helpers`` the calls that return the container, with the functions called.
    ``carried`` are the traits of all items, ``made`` is what the first that has any is
    made by.
    """

    node: ast.Attribute
    kind: ContainerKind = ""
    is_single: bool = False
    is_plain: bool = True
    items: list[ast.Call] = field(default_factory=list)
    added: list[ast.Call] = field(default_factory=list)
    known: set[ast.AST] = field(default_factory=set)
    names: list[tuple[FunctionNode, str]] = field(default_factory=list)
    helpers: list[tuple[ast.expr, FunctionNode]] = field(default_factory=list)
    carried: torch_layers.Traits = torch_layers.NO_TRAITS
    made: str = ""
    are_parameters: bool = False


def kind_of(value: ast.expr) -> ContainerKind:
    """Return which plain container ``value`` is; empty if it is not one."""
    if isinstance(value, ast.BinOp):
        return kind_of(value.left) or kind_of(value.right)
    if isinstance(value, ast.Call):
        return _CONSTRUCTORS.get(named(value.func) or "", "")
    return _KINDS.get(type(value), "")


def container_writes(
    body: Iterable[Simple],
) -> Iterator[tuple[ast.expr, ast.expr, bool]]:
    """Yield targets, what is assigned or added to them, and whether that is all."""
    for node in body:
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
        else:
            call = node.value
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr in _WRITING
                and call.args
            ):
                yield call.func.value, call.args[-1], False


def may_write(init: FunctionNode, helpers: Helpers) -> bool:
    """Tell cheaply whether ``init`` may put something into containers of self."""
    return any(
        _writes_into(body)
        or (function is not init and any(map(kind_of, returned(function))))
        for function, body in helpers.reached(init)
    )


def _writes_into(body: list[Simple]) -> bool:
    return any(
        kind_of(value) if is_whole else isinstance(target, ast.Attribute)
        for target, value, is_whole in container_writes(body)
    )


def filled_attributes(cls: ast.ClassDef, helpers: Helpers) -> list[ContainerAttribute]:
    """Return the attributes of ``cls`` whose containers receive results of calls."""
    found: dict[str, ContainerAttribute] = {}
    for method in cls.body:
        if isinstance(method, FUNCTIONS):
            _Method(method, helpers).add_writes(found)
    for held in found.values():
        if not held.is_plain:
            held.added = []
    return [held for held in found.values() if held.items or held.added]


class _Method:
    """Collects what one method puts into which containers."""

    def __init__(self, node: FunctionNode, helpers: Helpers) -> None:
        self._node = node
        self._helpers = helpers
        self._instance = first_parameter(node)
        self._writes = [*container_writes(statements(node))]

    def add_writes(self, found: dict[str, ContainerAttribute]) -> None:
        """Add to ``found``, by attribute, what this method puts into attributes."""
        for target, value, is_whole in self._writes:
            if not isinstance(target, ast.Attribute):
                continue
            if not isinstance(target.value, ast.Name):
                continue
            if target.value.id != self._instance:
                continue
            held = found.setdefault(target.attr, ContainerAttribute(target))
            if is_whole:
                self._assign(held, target, value)
            else:
                held.added += self._calls(held, value)

    def _assign(
        self, held: ContainerAttribute, target: ast.Attribute, value: ast.expr
    ) -> None:
        kind = kind_of(value)
        if isinstance(value, ast.Call) and kind and len(value.args) == 1:
            copied = value.args[0]
            if isinstance(copied, ast.Name) and self._bound(copied.id):
                value = copied
        contents = self._contents(held, value)
        helper = self._helpers.called(value, self._instance)
        if helper is not None and not kind:
            contents = self._returned(held, value, helper)
        if not contents:
            held.is_plain &= isinstance(value, ast.Constant)
            return
        if not held.kind:
            held.node = target
            held.kind = kind or kind_of(contents[0][1])
        for method, part in contents:
            held.items += method._calls(held, part)
        held.is_single = (
            isinstance(value, (ast.List, ast.Tuple)) and len(value.elts) == 1
        )

    def _contents(
        self, held: ContainerAttribute, value: ast.expr
    ) -> list[tuple[_Method, ast.expr]]:
        """Return what plain containers ``value`` can be, and what is added to them."""
        if not isinstance(value, ast.Name):
            return [(self, value)] if kind_of(value) else []
        bound = self._bound(value.id)
        if not bound or not all(map(kind_of, bound)):
            return []
        held.known.add(value)
        held.names.append((self._node, value.id))
        return [(self, part) for part in bound + self._added(value.id)]

    def _returned(
        self, held: ContainerAttribute, call: ast.expr, helper: FunctionNode
    ) -> list[tuple[_Method, ast.expr]]:
        """Return the containers that ``helper`` returns, and what is added to them."""
        method = _Method(helper, self._helpers)
        found = [method._contents(held, value) for value in returned(helper)]
        held.helpers.append((call, helper))
        return [item for part in found for item in part] if all(found) else []

    def _may_make(self, call: ast.Call) -> bool:
        call = torch_layers.made(call) or call
        helper = self._helpers.called(call, self._instance)
        return helper is not None or torch_layers.may_make(call)

    def _bound(self, name: str) -> list[ast.expr]:
        """Return everything that the local ``name`` is bound to; nothing if unknown."""
        found = [
            value
            for target, value, is_whole in self._writes
            if is_whole and is_name(target, name)
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
            for target, value, is_whole in self._writes
            if not is_whole and is_name(target, name)
        ]

    def _calls(self, held: ContainerAttribute, value: ast.expr) -> list[ast.Call]:
        """Return the calls that make the items in ``value``, an item or a container."""
        if not isinstance(value, ast.Name):
            return [*filter(self._may_make, torch_layers.calls_in([value]))]
        bound = self._bound(value.id)
        calls = [call for call in map(torch_layers.made, bound) if call is not None]
        if not calls or len(calls) < len(bound):
            return []
        held.known.add(value)
        held.names.append((self._node, value.id))
        return calls
