"""Scopes and the flow through their statements."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import TYPE_CHECKING, Literal, TypeAlias

from flake8_forward.modules.flow import (
    Bind,
    Flow,
    Join,
    Origin,
    Start,
    bind_target,
    key_of,
    narrowed,
)

if TYPE_CHECKING:
    from flake8_forward.modules.files import SourceFile

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
ScopeNode: TypeAlias = ast.Module | ast.ClassDef | FunctionNode
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
Alive: TypeAlias = Flow | None

REGISTRATIONS = frozenset({"add_module", "register_module"})
"""Methods of torch.nn.Module that set a submodule by name."""

ADDITIONS = frozenset({"append", "insert", "appendleft"})
"""Methods of lists that add their last argument."""


class Scope:
    """A module, class or function body: its names and the states between statements."""

    def __init__(
        self,
        kind: Literal["module", "class", "function"],
        node: ScopeNode,
        file: SourceFile,
        parent: Scope | None = None,
        defined: Flow | None = None,
    ) -> None:
        self.kind = kind
        self.node = node
        self.file = file
        self.parent = parent
        self.defined = defined
        self.tested: set[str] = set()  # keys of isinstance tests
        self._children: dict[int, Scope] = {}
        self._walk: FlowWalk | None = None

    @property
    def walk(self) -> FlowWalk:
        """The flow through this body, built when first asked for."""
        if self._walk is None:
            self._walk = FlowWalk(self)
        return self._walk

    @property
    def final(self) -> Flow:
        """The state that closures and importers see: wherever the body may end."""
        return self.walk.final

    def child(self, node: ScopeNode, flow: Flow) -> Scope:
        """Return the scope of the class or function ``node`` defined at ``flow``."""
        if id(node) not in self._children:
            kind: Literal["class", "function"] = (
                "class" if isinstance(node, ast.ClassDef) else "function"
            )
            self._children[id(node)] = Scope(kind, node, self.file, self, flow)
        return self._children[id(node)]

    def binds(self, key: str) -> bool:
        """Tell whether a look-up of ``key`` may stop in this body."""
        return key in self.walk.locals or key in self.tested

    def before(self, statement: ast.stmt) -> Flow:
        """Return the state before ``statement``, which stands in this body."""
        return self.walk.before.get(id(statement), self.final)

    @property
    def enclosing_class(self) -> Scope | None:
        """The class that this function is a method of."""
        parent = self.parent
        return parent if parent is not None and parent.kind == "class" else None

    @property
    def name(self) -> str:
        """The name of the class or function, empty for a module."""
        return "" if isinstance(self.node, ast.Module) else self.node.name

    @property
    def qualname(self) -> str:
        """The dotted name below the module, as Python's ``__qualname__``."""
        if self.parent is None:
            return ""
        outer = self.parent.qualname
        inside = ".<locals>" if self.parent.kind == "function" else ""
        return f"{outer}{inside}.{self.name}".lstrip(".")


class FlowWalk:
    """One walk over the statements of a scope, branches and loops included."""

    def __init__(self, scope: Scope) -> None:
        self.before: dict[int, Flow] = {}
        self.returns: list[tuple[ast.expr | None, Flow]] = []
        self.stars: list[tuple[ast.ImportFrom, Flow]] = []
        self.outer_names: set[str] = set()
        self.locals: set[str] = set()
        self.attributes: dict[str, list[Origin]] = {}
        self.added: dict[str, list[Origin]] = {}  # to lists and dicts, by their key
        self._keys = self.locals
        self._loops: list[list[Flow]] = []
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

    def _parameters(self, node: FunctionNode, flow: Flow) -> Flow:
        args = node.args
        named = [*args.posonlyargs, *args.args, *args.kwonlyargs]
        for arg in named:
            flow = self._bind(flow, arg.arg, Origin("param", arg, flow))
        for rest in (args.vararg, args.kwarg):
            if rest:
                flow = self._bind(flow, rest.arg, Origin("opaque", rest, flow))
        return flow

    def _bind(self, flow: Flow, key: str, origin: Origin) -> Flow:
        self._keys.add(key)
        return Bind(flow, key, origin)

    def _block(self, body: list[ast.stmt], flow: Alive) -> Alive:
        """Return the state after ``body``, None where its end is not reached."""
        for statement in body:
            if flow is None:
                return None
            self.before[id(statement)] = flow
            handler = _HANDLERS.get(type(statement))
            if self._walrus:
                flow = self._bind_walrus(statement, flow)
            if handler is not None:
                flow = handler(self, statement, flow)
        return flow

    def _branch(self, body: list[ast.stmt], flow: Flow) -> tuple[Alive, set[str]]:
        outer, self._keys = self._keys, set()
        end = self._block(body, flow)
        keys, self._keys = self._keys, outer
        self._keys |= keys
        return end, keys

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

    def _added(self, target: ast.expr, values: list[ast.expr], flow: Flow) -> None:
        key = key_of(target)
        if key is not None and values:
            origin = Origin("value", values[0], flow)
            self.added.setdefault(key, []).append(origin)

    def _assign(self, node: ast.Assign, flow: Flow) -> Flow:
        origin = Origin("value", node.value, flow)
        for target in node.targets:
            if isinstance(target, ast.Subscript):
                self._added(target.value, [node.value], flow)
            flow = self._store(flow, target, origin)
        return flow

    def _expression(self, node: ast.Expr, flow: Flow) -> Flow:
        """Take ``setattr(m, "x", v)`` and ``m.add_module("x", v)`` for ``m.x = v``.

        What is appended to a list is noted: it tells what the list holds.
        """
        call = node.value
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

    def _if(self, node: ast.If, flow: Flow) -> Alive:
        fork, ends, keys = flow, [], set()
        while True:
            end, bound = self._branch(node.body, narrowed(flow, node.test, True))
            keys |= bound
            ends.append(end)
            flow = narrowed(flow, node.test, False)
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
        entry: Flow = head
        self._loops.append([])
        outer, self._keys = self._keys, set()
        if isinstance(node, ast.While):
            entry = narrowed(head, node.test, True)
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
            for pattern in ast.walk(case.pattern):
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
    ast.Assign: FlowWalk._assign,
    ast.AnnAssign: FlowWalk._annotated,
    ast.AugAssign: FlowWalk._augmented,
    ast.Delete: FlowWalk._delete,
    ast.Expr: FlowWalk._expression,
    ast.Import: FlowWalk._import,
    ast.ImportFrom: FlowWalk._import_from,
    ast.FunctionDef: FlowWalk._definition,
    ast.AsyncFunctionDef: FlowWalk._definition,
    ast.ClassDef: FlowWalk._definition,
    ast.Global: FlowWalk._global,
    ast.Nonlocal: FlowWalk._global,
    ast.Assert: FlowWalk._assert,
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
    ("TypeAlias", FlowWalk._type_alias),
):
    if hasattr(ast, _name):  # newer grammar than Python 3.10's
        _HANDLERS[getattr(ast, _name)] = _handler
