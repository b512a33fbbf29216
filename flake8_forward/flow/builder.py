"""One walk over the statements of a body: the states between them, and what they bind."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from flake8_forward.flow.bindings import Bindings
from flake8_forward.flow.states import Flow, Join, Origin, Start
from flake8_forward.project.lazy_bodies import DeferredAsyncFunction, DeferredFunction
from flake8_forward.syntax.tree import walk

if TYPE_CHECKING:
    from flake8_forward.flow.scopes import Scope
    from flake8_forward.syntax.tree import FunctionNode

Alive: TypeAlias = Flow | None
"""A state, None where control does not come."""


class FlowWalk(Bindings):
    """One walk over the statements of a scope, branches and loops included."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.before: dict[int, Flow] = {}
        self.returns: list[tuple[ast.expr | None, Flow]] = []
        self._loops: list[list[Flow]] = []
        self._heads: list[Join] = []
        self._walrus = scope.file.has_walrus
        start: Flow = Start(scope)
        node = scope.node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            start = self._parameters(node, start)
        self.start = start
        end = self._block(node.body, start)
        ends = [flow for _, flow in self.returns] + ([end] if end else [])
        self.falls_through = end is not None
        self.final: Flow = Join(ends or [start], self.locals, start)

    def forget(self) -> None:
        """Open the circles of states that loops are."""
        for head in self._heads:
            head.parents.clear()

    def _parameters(self, node: FunctionNode, flow: Flow) -> Flow:
        def step(arg: ast.arg, flow: Flow) -> Flow:
            return self._bind(flow, arg.arg, Origin("param", arg, flow))

        args = node.args
        named = [*args.posonlyargs, *args.args, *args.kwonlyargs]
        named += [rest for rest in (args.vararg, args.kwarg) if rest]
        return self._each(named, flow, step) or flow

    def _block(self, body: list[ast.stmt], flow: Alive) -> Alive:
        """Return the state after ``body``, None where its end is not reached."""
        return None if flow is None else self._each(body, flow, self._statement)

    def _statement(self, statement: ast.stmt, flow: Flow) -> Alive:
        self.before[id(statement)] = flow
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
                self.before[id(node)] = flow
                continue
            end, bound = self._branch(node.orelse, flow)
            ends.append(end)
            return _joined(ends, keys | bound, fork)

    def _loop(self, node: ast.For | ast.AsyncFor | ast.While, flow: Flow) -> Alive:
        head = Join([flow], set(), flow)
        self._heads.append(head)
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
            start = flow
            for pattern in walk(case.pattern):
                name = getattr(pattern, "name", None) or getattr(pattern, "rest", None)
                if isinstance(name, str):
                    start = self._bind(start, name, Origin("opaque", pattern, start))
            end, bound = self._branch(case.body, start)
            ends.append(end)
            keys |= bound
        return _joined(ends, keys | self._keys, flow)

    def _return(self, node: ast.Return, flow: Flow) -> None:
        self.returns.append((node.value, flow))

    def _raise(self, node: ast.Raise, flow: Flow) -> None:
        return None


def _joined(ends: list[Alive], keys: set[str], fork: Flow) -> Alive:
    alive = [end for end in ends if end is not None]
    if len(alive) < 2:
        return alive[0] if alive else None
    return Join(alive, keys, fork)


_HANDLERS: dict[type[ast.stmt], Callable[..., Alive]] = {
    ast.Assign: Bindings._assign,
    ast.AnnAssign: Bindings._annotated,
    ast.AugAssign: Bindings._augmented,
    ast.Delete: Bindings._delete,
    ast.Expr: Bindings._expression,
    ast.Import: Bindings._import,
    ast.ImportFrom: Bindings._import_from,
    ast.FunctionDef: Bindings._definition,
    ast.AsyncFunctionDef: Bindings._definition,
    DeferredFunction: Bindings._definition,
    DeferredAsyncFunction: Bindings._definition,
    ast.ClassDef: Bindings._definition,
    ast.Global: Bindings._global,
    ast.Nonlocal: Bindings._global,
    ast.Assert: Bindings._assert,
    ast.If: FlowWalk._if,
    ast.For: FlowWalk._loop,
    ast.AsyncFor: FlowWalk._loop,
    ast.While: FlowWalk._loop,
    ast.Break: FlowWalk._jump,
    ast.Continue: FlowWalk._jump,
    ast.Try: FlowWalk._try,
    ast.With: FlowWalk._with,
    ast.AsyncWith: FlowWalk._with,
    ast.Match: FlowWalk._match,
    ast.Return: FlowWalk._return,
    ast.Raise: FlowWalk._raise,
}
for _name, _handler in (
    ("TryStar", FlowWalk._try),
    ("TypeAlias", Bindings._type_alias),
):
    if hasattr(ast, _name):  # newer grammar than Python 3.10's
        _HANDLERS[getattr(ast, _name)] = _handler
