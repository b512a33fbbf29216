"""Scopes, and the states between the statements of their bodies.

Nothing is evaluated here. Each statement adds a state that points back to the one
before it, so a look-up walks back from the point of use and stops at what binds the
name. Names are keys: ``model`` and dotted ones such as ``self.encoder``.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from functools import cached_property
from typing import Any, Literal, TypeAlias

from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.tree import FunctionNode, ScopeNode, functions, own_nodes

OriginKind = Literal[
    "value", "element", "unpack", "annotated", "import", "import_from", "class",
    "function", "with", "param", "augmented", "narrow", "alias", "type_parameter",
    "opaque",
]  # fmt: skip


class Origin:
    """Where a binding's value comes from: a node, and the state it is evaluated in."""

    __slots__ = ("flow", "kind", "node", "told", "type")

    def __init__(self, kind: OriginKind, node: Any, flow: Flow) -> None:
        self.kind = kind
        self.node = node
        self.flow = flow
        self.type: Any = None  # stored by the resolver once it is evaluated
        self.told: Any = None  # the same with what the whole project tells


class PartOrigin(Origin):
    """One part of what ``whole`` gives, by its position, from the end if negative."""

    __slots__ = ("index", "whole")

    def __init__(self, whole: Origin, index: int, flow: Flow) -> None:
        super().__init__("unpack", None, flow)
        self.whole = whole
        self.index = index


class RestOrigin(Origin):
    """The list that a starred target gets of ``whole``: from ``start`` to ``end``."""

    __slots__ = ("end", "start", "whole")

    def __init__(self, whole: Origin, start: int, end: int | None, flow: Flow) -> None:
        super().__init__("unpack", None, flow)
        self.whole = whole
        self.start = start
        self.end = end


class ImportOrigin(Origin):
    """The name number ``index`` of an import ``from`` a module."""

    __slots__ = ("index",)

    def __init__(self, node: ast.ImportFrom, index: int, flow: Flow) -> None:
        super().__init__("import_from", node, flow)
        self.index = index


class Start:
    """The state at the beginning of a scope: nothing is bound."""

    __slots__ = ("scope",)

    def __init__(self, scope: Scope) -> None:
        self.scope = scope


class Bind:
    """The state after ``key`` was bound."""

    __slots__ = ("key", "origin", "parent", "scope")

    def __init__(self, parent: Flow, key: str, origin: Origin) -> None:
        self.scope: Scope = parent.scope
        self.parent = parent
        self.key = key
        self.origin = origin


class Join:
    """The state where branches meet; ``keys`` are what they bound since ``fork``."""

    __slots__ = ("fork", "keys", "parents", "scope")

    def __init__(self, parents: list[Flow], keys: set[str], fork: Flow) -> None:
        self.scope: Scope = fork.scope
        self.parents = parents
        self.keys = keys
        self.fork = fork


class Test:
    """The state where the ``isinstance`` call ``node`` on ``key`` gave ``truth``."""

    __slots__ = ("key", "node", "parent", "scope", "truth")

    def __init__(self, parent: Flow, key: str, node: ast.Call, truth: bool) -> None:
        self.scope: Scope = parent.scope
        self.parent = parent
        self.key = key
        self.node = node
        self.truth = truth


Flow: TypeAlias = Start | Bind | Join | Test


class FlowGraph:
    """What one body binds, and its states: from the start to wherever it may end."""

    def __init__(self, scope: Scope) -> None:
        self.start: Flow = Start(scope)
        self.final: Flow = self.start  # what closures and importers see
        self.falls_through = True  # whether its end is reached without a return
        self.before: dict[int, Flow] = {}  # by statement
        self.locals: set[str] = set()
        self.outer_names: set[str] = set()  # declared global or nonlocal
        self.attributes: dict[str, list[Origin]] = {}
        self.added: dict[str, list[Origin]] = {}  # to lists and dicts, by their key
        self.declared: dict[str, list[Origin]] = {}  # by annotations, by their key
        self.stars: list[tuple[ast.ImportFrom, Flow]] = []
        self.returns: list[tuple[ast.expr | None, Flow]] = []
        self.yields: list[tuple[ast.Yield | ast.YieldFrom, Flow]] = []
        self.heads: list[Join] = []  # where loops begin

    def forget(self) -> None:
        """Break the cycles of states that loops form."""
        for head in self.heads:
            head.parents.clear()


Build: TypeAlias = Callable[["Scope"], FlowGraph]
"""A function that builds the flow graph of a scope."""


class Scope:
    """A module, class or function body: its names and the states between statements."""

    def __init__(
        self,
        kind: Literal["module", "class", "function"],
        node: ScopeNode,
        file: SourceFile,
        build: Build,
        parent: Scope | None = None,
        defined: Flow | None = None,
    ) -> None:
        """Take the node, its file, and what builds its flow graph.

        A class or function has a ``parent`` scope, and is ``defined`` in a state of it.
        """
        self.kind = kind
        self.node = node
        self.file = file
        self.parent = parent
        self.defined = defined
        self.tested: set[str] = set()  # keys of isinstance tests
        self._children: dict[int, Scope] = {}
        self._build = build
        self._graph: FlowGraph | None = None

    @property
    def graph(self) -> FlowGraph:
        """The flow through this body, built when first asked for."""
        if self._graph is None:
            self._graph = self._build(self)
        return self._graph

    @property
    def final(self) -> Flow:
        """The state that closures and importers see: wherever the body may end."""
        return self.graph.final

    def child(self, node: ScopeNode, flow: Flow) -> Scope:
        """Return the scope of the class or function ``node`` defined at ``flow``."""
        if id(node) not in self._children:
            kind: Literal["class", "function"] = (
                "class" if isinstance(node, ast.ClassDef) else "function"
            )
            for parameter in getattr(node, "type_params", ()):
                self.graph.locals.add(parameter.name)
                flow = Bind(
                    flow, parameter.name, Origin("type_parameter", parameter, flow)
                )
            self._children[id(node)] = Scope(
                kind, node, self.file, self._build, self, flow
            )
        return self._children[id(node)]

    def binds(self, key: str) -> bool:
        """Tell whether a look-up of ``key`` may stop in this body."""
        return key in self.graph.locals or key in self.tested

    def before(self, statement: ast.stmt) -> Flow:
        """Return the state before ``statement``, which stands in this body."""
        return self.graph.before.get(id(statement), self.final)

    def forget(self, is_unused: bool) -> None:
        """Drop the flow graphs, here and below; take loops apart if it ``is_unused``."""
        for child in self._children.values():
            child.forget(is_unused)
        self._children.clear()
        if self._graph is not None and is_unused:
            self._graph.forget()
        self._graph = None

    @cached_property
    def is_generator(self) -> bool:
        """Tell whether this function yields."""
        return any(
            isinstance(node, (ast.Yield, ast.YieldFrom))
            for node in own_nodes(self.node)
        )

    @property
    def methods(self) -> list[FunctionNode]:
        """The functions in this body, branches included."""
        return [*functions(self.node.body)]

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
