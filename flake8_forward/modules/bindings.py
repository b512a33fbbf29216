"""What single statements bind, and the state after them."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, Literal

from flake8_forward.modules.flow import (
    Bind,
    Flow,
    Origin,
    bind_target,
    key_of,
    narrowed,
)

if TYPE_CHECKING:
    from flake8_forward.modules.scopes import FunctionNode

REGISTRATIONS = frozenset({"add_module", "register_module"})
"""Methods of torch.nn.Module that set a submodule by name."""

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

    def _bind(self, flow: Flow, key: str, origin: Origin) -> Flow:
        self._keys.add(key)
        return Bind(flow, key, origin)

    def _bind_walrus(self, statement: ast.stmt, flow: Flow) -> Flow:
        for value in ast.iter_child_nodes(statement):
            if isinstance(value, ast.expr):
                for node in ast.walk(value):
                    if isinstance(node, ast.NamedExpr):
                        origin = Origin("value", node.value, flow)
                        flow = self._bind(flow, node.target.id, origin)
        return flow

    def _store(self, flow: Flow, target: ast.expr, origin: Origin) -> Flow:
        after = bind_target(flow, target, origin, self._keys)
        state = after
        while state is not flow and isinstance(state, Bind):
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
        if len(values) == 3 and isinstance(values[1], ast.Constant):
            target = ast.Attribute(values[0], str(values[1].value), ast.Store())
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
        for target in node.targets:
            if isinstance(target, ast.Subscript):
                self._added(target.value, [node.value], flow)
            flow = self._store(flow, target, origin)
        return flow

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
        for alias in node.names:
            key = alias.asname or alias.name.partition(".")[0]
            flow = self._bind(flow, key, Origin("import", alias, flow))
        return flow

    def _import_from(self, node: ast.ImportFrom, flow: Flow) -> Flow:
        for index, alias in enumerate(node.names):
            if alias.name == "*":
                self.stars.append((node, flow))
                continue
            origin = Origin("import_from", node, flow, index=index)
            flow = self._bind(flow, alias.asname or alias.name, origin)
        return flow

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
        return narrowed(flow, node.test, True)
