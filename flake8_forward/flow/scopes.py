"""Scopes: modules, classes and functions, each with the flow through its body."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING, Literal, TypeAlias

from flake8_forward.flow.builder import FlowWalk
from flake8_forward.flow.states import Flow
from flake8_forward.syntax.tree import own_nodes

if TYPE_CHECKING:
    from flake8_forward.inference.values import Type
    from flake8_forward.project.files import SourceFile

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
ScopeNode: TypeAlias = ast.Module | ast.ClassDef | FunctionNode
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


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
        self.returned: dict[Type | None, dict[FunctionNode, Type]] = {}  # by receiver
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

    def forget(self) -> None:
        """Let go of the flow, here and below."""
        for child in self._children.values():
            child.forget()
        self._children.clear()
        if self._walk is not None:
            self._walk.forget()
            self._walk = None

    @cached_property
    def is_generator(self) -> bool:
        """Tell whether this function yields."""
        return any(
            isinstance(node, (ast.Yield, ast.YieldFrom))
            for node in own_nodes(self.node)
        )

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
