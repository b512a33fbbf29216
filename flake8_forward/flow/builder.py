"""Builds the flow graph of a body in one pass over its statements."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence
from typing import Literal, TypeAlias

from flake8_forward.flow.attribute_writes import by_call, through_dict
from flake8_forward.flow.bindings import MAX_STRETCH, Item, bind_target, in_parts
from flake8_forward.flow.narrowing import matched, narrowed
from flake8_forward.flow.states import (
    Bind,
    Flow,
    FlowGraph,
    ImportOrigin,
    Join,
    Origin,
    OriginKind,
    Scope,
    Test,
)
from flake8_forward.project.files import SourceFile
from flake8_forward.project.lazy_bodies import DeferredAsyncFunction, DeferredFunction
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.shapes import first_parameter, key_of
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode, children, walk

Alive: TypeAlias = Flow | None
"""A state; None where control does not get."""

ADDITIONS: dict[str, OriginKind] = {
    **dict.fromkeys(("append", "appendleft", "insert", "setdefault"), "value"),
    **dict.fromkeys(("extend", "extendleft"), "element"),
}
"""Methods of lists and dicts that add their last argument, or its elements."""


@memoized
def module_scope(file: SourceFile) -> Scope:
    """Return the scope of the module that ``file`` is."""
    scope = Scope("module", file.tree, file, flow_graph)
    file.at_end.append(scope.forget)
    return scope


def flow_graph(scope: Scope) -> FlowGraph:
    """Return the flow graph of the body of ``scope``."""
    return _Builder(scope).graph


class _Builder:
    """Walks over the statements of a scope, branches and loops included."""

    def __init__(self, scope: Scope) -> None:
        self.graph = graph = FlowGraph(scope)
        self._keys = graph.locals  # what the current branch binds
        self._tested: list[str] = []  # keys of isinstance tests, in order
        self._loops: list[list[Flow]] = []
        self._endless: list[Flow] = []  # where loops begin that only a break ends
        self._walrus = scope.file.has_walrus
        node = scope.node
        if isinstance(node, FUNCTIONS):
            graph.start = self._parameters(node, graph.start)
        end = self._block(node.body, graph.start)
        ends = [flow for _, flow in graph.returns] + ([end] if end else [])
        ends += self._endless  # what is called there sees what is bound so far
        graph.falls_through = end is not None
        graph.final = Join(ends or [graph.start], graph.locals, graph.start)

    def _parameters(self, node: FunctionNode, flow: Flow) -> Flow:
        args = node.args

        def step(arg: ast.arg, flow: Flow) -> Flow:
            origin = Origin("param", arg, flow)
            if arg.annotation is not None and arg not in (args.vararg, args.kwarg):
                self.graph.declared[arg.arg] = [origin]
            return self._bind(flow, arg.arg, origin)

        named = [*args.posonlyargs, *args.args, *args.kwonlyargs]
        named += [rest for rest in (args.vararg, args.kwarg) if rest]
        for parameter in getattr(node, "type_params", ()):
            origin = Origin("type_parameter", parameter, flow)
            flow = self._bind(flow, parameter.name, origin)
        return self._each(named, flow, step) or flow

    def _block(self, body: list[ast.stmt], flow: Alive) -> Alive:
        """Return the state after ``body``, None where its end is not reached."""
        return None if flow is None else self._each(body, flow, self._statement)

    def _statement(self, statement: ast.stmt, flow: Flow) -> Alive:
        self.graph.before[id(statement)] = flow
        handler = _HANDLERS.get(type(statement))
        if self._walrus:
            flow = self._bind_walrus(statement, flow)
        return flow if handler is None else handler(self, statement, flow)

    def _branch(self, body: list[ast.stmt], flow: Flow) -> tuple[Alive, set[str]]:
        outer, self._keys = self._keys, set()
        end = self._block(body, flow)
        keys, self._keys = self._keys, outer
        self._keys |= keys
        return end, keys

    def _if(self, node: ast.If, flow: Flow) -> Alive:
        fork, ends, keys = flow, [], set()
        while True:
            end, bound = self._branch(node.body, self._narrowed(flow, node.test, True))
            keys |= bound
            ends.append(end)
            flow = self._narrowed(flow, node.test, False)
            # An elif chain of any length is one loop here, not a recursion.
            if len(node.orelse) == 1 and isinstance(node.orelse[0], ast.If):
                node = node.orelse[0]
                self.graph.before[id(node)] = flow
                continue
            end, bound = self._branch(node.orelse, flow)
            ends.append(end)
            return _joined(ends, keys | bound, fork)

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, flow: Flow) -> Alive:
        head = Join([flow], set(), flow)
        self.graph.heads.append(head)
        entry: Flow = head
        self._loops.append([])
        outer, self._keys = self._keys, set()
        if isinstance(node, ast.While):
            entry = self._narrowed(head, node.test, True)
        else:
            origin = Origin("element", node.iter, head)
            entry = self._store(head, node.target, origin)
        end = self._block(node.body, entry)
        head.keys, self._keys = self._keys, outer
        self._keys |= head.keys
        jumps = self._loops.pop()
        head.parents += [*jumps, *([end] if end else [])]
        test = node.test if isinstance(node, ast.While) else None
        if isinstance(test, ast.Constant) and test.value:
            self._endless.append(head)
            return _joined([*jumps], head.keys, flow)
        after, bound = self._branch(node.orelse, head)
        return _joined([after, *jumps], head.keys | bound, flow)

    def _jump(self, node: ast.stmt, flow: Flow) -> None:
        if self._loops:
            self._loops[-1].append(flow)

    def _try(self, node: ast.Try, flow: Flow) -> Alive:
        body, keys = self._branch(node.body, flow)
        failed: Flow = Join([flow, *([body] if body else [])], set(keys), flow)
        ends: list[Alive] = []
        for handler in node.handlers:
            start = failed
            if handler.name:
                start = self._bind(
                    start, handler.name, Origin("opaque", handler, start)
                )
            end, bound = self._branch(handler.body, start)
            keys |= bound
            ends.append(end)
        if body is not None:
            body, bound = self._branch(node.orelse, body)
            keys |= bound
        ends.insert(0, body)
        after = _joined(ends, keys, flow)
        final = self._block(node.finalbody, after or failed)
        return final if after is not None else None

    def _with(self, node: ast.With | ast.AsyncWith, flow: Flow) -> Alive:
        for item in node.items:
            if item.optional_vars is not None:
                origin = Origin("with", item.context_expr, flow)
                flow = self._store(flow, item.optional_vars, origin)
        return self._block(node.body, flow)

    def _match(self, node: ast.Match, flow: Flow) -> Alive:
        ends: list[Alive] = [flow]
        keys: set[str] = set()
        for case in node.cases:
            test = matched(node.subject, case.pattern)
            start = whole = self._narrowed(flow, test, True)
            for pattern in walk(case.pattern):
                name = getattr(pattern, "name", None) or getattr(pattern, "rest", None)
                if isinstance(name, str):
                    origin = Origin("opaque", pattern, start)
                    if pattern is case.pattern:
                        origin = Origin("value", node.subject, whole)
                    start = self._bind(start, name, origin)
            end, bound = self._branch(case.body, start)
            ends.append(end)
            keys |= bound
        return _joined(ends, keys | self._keys, flow)

    def _return(self, node: ast.Return, flow: Flow) -> None:
        self.graph.returns.append((node.value, flow))

    def _raise(self, node: ast.Raise, flow: Flow) -> None:
        return None

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
            if "." in state.key or state.key in self.graph.outer_names:
                self.graph.attributes.setdefault(state.key, []).append(state.origin)
            state = state.parent
        return after

    def _expression(self, node: ast.Expr, flow: Flow) -> Flow:
        """Bind an attribute that a call sets.

        What is appended to a list is noted: it tells what the list holds.
        """
        call = node.value
        self._yield(call, flow)
        if not isinstance(call, ast.Call):
            return flow
        method = call.func.attr if isinstance(call.func, ast.Attribute) else ""
        if isinstance(call.func, ast.Attribute) and method in ADDITIONS:
            for value in call.args[-1:]:
                self._added(call.func.value, Origin(ADDITIONS[method], value, flow))
            return flow
        write = by_call(call, first_parameter(flow.scope.node))
        if write is None:
            return flow
        return self._store(flow, write.target, Origin("value", write.value, flow))

    def _yield(self, node: ast.expr, flow: Flow) -> None:
        if isinstance(node, (ast.Yield, ast.YieldFrom)):
            self.graph.yields.append((node, flow))

    def _added(self, target: ast.expr, origin: Origin) -> None:
        key = key_of(target)
        if key is not None:
            self.graph.added.setdefault(key, []).append(origin)

    def _assign(self, node: ast.Assign, flow: Flow) -> Flow:
        self._yield(node.value, flow)
        origin = Origin("value", node.value, flow)

        def step(target: ast.expr, flow: Flow) -> Flow:
            if isinstance(target, ast.Subscript):
                self._added(target.value, origin)
            return self._store(flow, through_dict(target), origin)

        return self._each(node.targets, flow, step) or flow

    def _annotated(self, node: ast.AnnAssign, flow: Flow) -> Flow:
        origin = Origin("annotated", node, flow)
        key = key_of(node.target)
        if key is not None:
            self.graph.declared.setdefault(key, []).append(origin)
        return self._store(flow, node.target, origin)

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
                self.graph.stars.append((node, flow))
                return flow
            origin = ImportOrigin(node, index, flow)
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
        self.graph.outer_names.update(node.names)
        return flow

    def _assert(self, node: ast.Assert, flow: Flow) -> Flow:
        return self._narrowed(flow, node.test, True)


def _joined(ends: list[Alive], keys: set[str], fork: Flow) -> Alive:
    alive = [end for end in ends if end is not None]
    if len(alive) < 2:
        return alive[0] if alive else None
    return Join(alive, keys, fork)


_HANDLERS: dict[type[ast.stmt], Callable[..., Alive]] = {
    ast.Assign: _Builder._assign,
    ast.AnnAssign: _Builder._annotated,
    ast.AugAssign: _Builder._augmented,
    ast.Delete: _Builder._delete,
    ast.Expr: _Builder._expression,
    ast.Import: _Builder._import,
    ast.ImportFrom: _Builder._import_from,
    ast.FunctionDef: _Builder._definition,
    ast.AsyncFunctionDef: _Builder._definition,
    DeferredFunction: _Builder._definition,
    DeferredAsyncFunction: _Builder._definition,
    ast.ClassDef: _Builder._definition,
    ast.Global: _Builder._global,
    ast.Nonlocal: _Builder._global,
    ast.Assert: _Builder._assert,
    ast.If: _Builder._if,
    ast.For: _Builder._loop,
    ast.AsyncFor: _Builder._loop,
    ast.While: _Builder._loop,
    ast.Break: _Builder._jump,
    ast.Continue: _Builder._jump,
    ast.Try: _Builder._try,
    ast.With: _Builder._with,
    ast.AsyncWith: _Builder._with,
    ast.Match: _Builder._match,
    ast.Return: _Builder._return,
    ast.Raise: _Builder._raise,
}
for _name, _handler in (
    ("TryStar", _Builder._try),
    ("TypeAlias", _Builder._type_alias),
):
    if hasattr(ast, _name):  # newer grammar than Python 3.10's
        _HANDLERS[getattr(ast, _name)] = _handler
