"""Where a suspicious word stands: its syntax, its function and class, its meaning."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from flake8_forward.modules import classes, receivers
from flake8_forward.modules.expressions import comprehension_flow, evaluate
from flake8_forward.modules.files import Project, SourceFile
from flake8_forward.modules.flow import Bind, Flow, Origin, narrowed
from flake8_forward.modules.scopes import FunctionNode, Scope
from flake8_forward.modules.types import SourceClass, Type

if TYPE_CHECKING:
    import libcst as cst

    from flake8_forward.engine import Syntax
    from flake8_forward.gate import Suspect

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)


class Site:
    """A word in its file, as syntax (libcst) and as meaning (the resolver)."""

    def __init__(
        self,
        project: Project,
        file: SourceFile,
        suspect: Suspect,
        syntax: Syntax,
    ) -> None:
        self.project = project
        self.file = file
        self.suspect = suspect
        self._syntax = syntax

    @property
    def ancestors(self) -> tuple[cst.CSTNode, ...]:
        """The concrete nodes around the word, innermost last; parsed when asked for.

        Empty where libcst cannot parse them. Ask for what the resolver knows first.
        """
        return self._syntax.ancestors(self.suspect.line, self.suspect.column)

    @property
    def is_called(self) -> bool:
        """Tell whether the word is an attribute that is called right there."""
        call = self.path[-2]
        return isinstance(call, ast.Call) and call.func is self.suspect.node

    @cached_property
    def path(self) -> list[ast.AST]:
        """The tree's nodes from the module down to the word."""
        path = [self.suspect.node]
        chain = self.suspect.chain
        while chain is not None:
            path.append(chain[0])
            chain = chain[1]
        return path[::-1]

    @cached_property
    def _place(self) -> tuple[Scope, Flow]:
        return place(self.file, self.path)

    @property
    def scope(self) -> Scope:
        """The scope in which the word stands."""
        return self._place[0]

    @property
    def flow(self) -> Flow:
        """The state in which the word is reached."""
        return self._place[1]

    @cached_property
    def functions(self) -> list[Scope]:
        """The functions around the word, outermost first."""
        found: list[Scope] = []
        scope: Scope | None = self.scope
        while scope is not None:
            if scope.kind == "function":
                found.append(scope)
            scope = scope.parent
        return found[::-1]

    @cached_property
    def method(self) -> Scope | None:
        """The method around the word: nested functions belong to their method."""
        for scope in reversed(self.functions):
            if scope.enclosing_class is not None:
                return scope
        return None

    @cached_property
    def owner(self) -> SourceClass | None:
        """The class whose method holds the word."""
        if self.method is None or self.method.enclosing_class is None:
            return None
        return class_of(self.method.enclosing_class)

    @property
    def self_name(self) -> str | None:
        """The name of the instance in the method around the word."""
        if self.method is None:
            return None
        node = self.method.node
        assert isinstance(node, FUNCTIONS)
        arguments = [*node.args.posonlyargs, *node.args.args]
        return arguments[0].arg if arguments else None

    def evaluate(self, node: ast.expr) -> Type:
        """Return what ``node``, which stands at this site, is."""
        self.project.steps = 0
        return evaluate(self.project, node, self.flow)

    def receiver(self, node: ast.expr) -> receivers.Verdict:
        """Return the verdict on ``node``, which stands at this site."""
        return receivers.receiver(self.project, node, self.flow)

    def is_module(self, cls: SourceClass) -> bool:
        """Tell whether ``cls`` is proven a Module."""
        self.project.steps = 0
        return classes.is_module(self.project, cls) is True


def class_of(scope: Scope) -> SourceClass:
    """Return the class that the class scope ``scope`` defines."""
    assert isinstance(scope.node, ast.ClassDef) and scope.defined is not None
    return classes.class_at(scope.node, scope.defined)


def place(file: SourceFile, path: list[ast.AST]) -> tuple[Scope, Flow]:
    """Return the scope and the state at the end of ``path`` (nodes, outermost first)."""
    scope = file.scope
    flow = scope.final
    for node, child in zip(path, [*path[1:], None]):
        if isinstance(node, ast.stmt):
            flow = scope.before(node)
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            if child is not None and _in_body(node, child):
                scope = scope.child(node, flow)
                flow = scope.walk.start
        elif isinstance(node, ast.Lambda):
            for argument in node.args.args:
                flow = Bind(flow, argument.arg, Origin("opaque", argument, flow))
                scope.walk.locals.add(argument.arg)
        elif isinstance(node, COMPREHENSIONS):
            flow = _in_comprehension(node, child, flow)
        elif isinstance(node, ast.IfExp) and child is not node.test:
            flow = narrowed(flow, node.test, child is node.body)
        elif isinstance(node, ast.BoolOp):
            for value in node.values:
                if value is child:
                    break
                flow = narrowed(flow, value, isinstance(node.op, ast.And))
        elif isinstance(node, ast.If) and child is node.test:
            flow = scope.before(node)
    return scope, flow


def _in_body(node: FunctionNode | ast.ClassDef, child: ast.AST) -> bool:
    return any(child is statement for statement in node.body)


def _in_comprehension(
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
    child: ast.AST | None,
    flow: Flow,
) -> Flow:
    if child is node.generators[0]:
        # Its iterable is evaluated outside; its tests are taken to be outside too.
        return flow
    return comprehension_flow(flow, node.generators)
