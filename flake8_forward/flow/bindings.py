"""What single statements bind, and the state after them."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Literal

from flake8_forward.flow.narrowing import narrowed
from flake8_forward.flow.states import Bind, Flow, Join, Origin, Test
from flake8_forward.knowledge.vocabulary import REGISTRATIONS
from flake8_forward.syntax.shapes import key_of
from flake8_forward.syntax.tree import children, walk
from flake8_forward.syntax.unparsing import string

if TYPE_CHECKING:
    from flake8_forward.syntax.tree import FunctionNode


ADDITIONS = frozenset({"append", "insert", "appendleft"})
"""Methods of lists that add their last argument."""


class Bindings:
    """Collects what a body binds, statement by statement."""

    def __init__(self) -> None:
        self.stars: list[tuple[ast.ImportFrom, Flow]] = []
        self.outer_names: set[str] = set()  # declared global or nonlocal
        self.locals: set[str] = set()
        self.attributes: dict[str, list[Origin]] = {}
        self.added: dict[str, list[Origin]] = {}  # to lists and dicts, by their key
        self.yields: list[tuple[ast.Yield | ast.YieldFrom, Flow]] = []
        self._keys = self.locals  # what the current branch binds
        self._tested: list[str] = []  # keys of isinstance tests, in order

    def _bind(self, flow: Flow, key: str, origin: Origin) -> Flow:
        self._keys.add(key)
        return Bind(flow, key, origin)

    def _each(
        self,
        items: Sequence[Item],
        flow: Flow,
        step: Callable[[Item, Flow], Flow | None],
    ) -> Flow | None:
        """Return the state after ``step`` has taken ``items``, one by one."""

        def take(part: Sequence[Item], flow: Flow) -> tuple[Flow | None, set[str]]:
            outer, self._keys = self._keys, set()
            before, end = len(self._tested), self._few(part, flow, step)
            keys, self._keys = self._keys, outer
            self._keys |= keys
            return end, keys.union(self._tested[before:])

        if len(items) <= MAX_STRETCH:
            return self._few(items, flow, step)
        return in_parts(items, flow, take)[0]

    def _few(
        self,
        items: Sequence[Item],
        flow: Flow | None,
        step: Callable[[Item, Flow], Flow | None],
    ) -> Flow | None:
        for item in items:
            if flow is None:
                break
            flow = step(item, flow)
        return flow

    def _narrowed(self, flow: Flow, test: ast.expr, truth: bool) -> Flow:
        """Return the state in which ``test`` came out as ``truth``."""
        state = after = narrowed(flow, test, truth)
        while state is not flow and isinstance(state, Test):
            self._tested.append(state.key)
            state = state.parent
        return after

    def _bind_walrus(self, statement: ast.stmt, flow: Flow) -> Flow:
        for value in children(statement):
            if isinstance(value, ast.expr):
                for node in walk(value):
                    if isinstance(node, ast.NamedExpr):
                        origin = Origin("value", node.value, flow)
                        flow = self._bind(flow, node.target.id, origin)
        return flow

    def _store(self, flow: Flow, target: ast.expr, origin: Origin) -> Flow:
        after = bind_target(flow, target, origin, self._keys)
        state = after
        while state is not flow:
            if isinstance(state, Join):
                state = state.parents[0]
                continue
            assert isinstance(state, Bind)
            if "." in state.key:
                self.attributes.setdefault(state.key, []).append(state.origin)
            state = state.parent
        return after

    def _expression(self, node: ast.Expr, flow: Flow) -> Flow:
        """Take ``setattr(m, "x", v)`` and ``m.add_module("x", v)`` for ``m.x = v``.

        What is appended to a list is noted: it tells what the list holds.
        """
        call = node.value
        self._yield(call, flow)
        if not isinstance(call, ast.Call) or call.keywords:
            return flow
        if isinstance(call.func, ast.Attribute) and call.func.attr in ADDITIONS:
            self._added(call.func.value, call.args[-1:], flow)
            return flow
        values: list[ast.expr] = []
        if isinstance(call.func, ast.Attribute) and call.func.attr in REGISTRATIONS:
            values = [call.func.value, *call.args]
        elif isinstance(call.func, ast.Name) and call.func.id == "setattr":
            values = call.args
        name = string(values[1]) if len(values) == 3 else None
        if name is not None:
            target = ast.Attribute(values[0], name, ast.Store())
            return self._store(flow, target, Origin("value", values[2], flow))
        return flow

    def _yield(self, node: ast.expr, flow: Flow) -> None:
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            self.yields.append((node, flow))

    def _added(self, target: ast.expr, values: list[ast.expr], flow: Flow) -> None:
        key = key_of(target)
        if key is not None and values:
            origin = Origin("value", values[0], flow)
            self.added.setdefault(key, []).append(origin)

    def _assign(self, node: ast.Assign, flow: Flow) -> Flow:
        self._yield(node.value, flow)
        origin = Origin("value", node.value, flow)

        def step(target: ast.expr, flow: Flow) -> Flow:
            if isinstance(target, ast.Subscript):
                self._added(target.value, [node.value], flow)
            return self._store(flow, target, origin)

        return self._each(node.targets, flow, step) or flow

    def _annotated(self, node: ast.AnnAssign, flow: Flow) -> Flow:
        return self._store(flow, node.target, Origin("annotated", node, flow))

    def _augmented(self, node: ast.AugAssign, flow: Flow) -> Flow:
        return self._store(flow, node.target, Origin("augmented", node, flow))

    def _delete(self, node: ast.Delete, flow: Flow) -> Flow:
        for target in node.targets:
            key = key_of(target)
            if key:
                flow = self._bind(flow, key, Origin("opaque", node, flow))
        return flow

    def _import(self, node: ast.Import, flow: Flow) -> Flow:
        def step(alias: ast.alias, flow: Flow) -> Flow:
            key = alias.asname or alias.name.partition(".")[0]
            return self._bind(flow, key, Origin("import", alias, flow))

        return self._each(node.names, flow, step) or flow

    def _import_from(self, node: ast.ImportFrom, flow: Flow) -> Flow:
        def step(item: tuple[int, ast.alias], flow: Flow) -> Flow:
            index, alias = item
            if alias.name == "*":
                self.stars.append((node, flow))
                return flow
            origin = Origin("import_from", node, flow, index=index)
            return self._bind(flow, alias.asname or alias.name, origin)

        return self._each([*enumerate(node.names)], flow, step) or flow

    def _definition(self, node: FunctionNode | ast.ClassDef, flow: Flow) -> Flow:
        kind: Literal["class", "function"] = (
            "class" if isinstance(node, ast.ClassDef) else "function"
        )
        return self._bind(flow, node.name, Origin(kind, node, flow))

    def _type_alias(self, node: ast.stmt, flow: Flow) -> Flow:
        name = getattr(node, "name", None)
        if isinstance(name, ast.Name):
            return self._bind(flow, name.id, Origin("alias", node, flow))
        return flow

    def _global(self, node: ast.Global | ast.Nonlocal, flow: Flow) -> Flow:
        self.outer_names.update(node.names)
        return flow

    def _assert(self, node: ast.Assert, flow: Flow) -> Flow:
        return self._narrowed(flow, node.test, True)
