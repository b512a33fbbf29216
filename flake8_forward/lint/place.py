"""Where a word stands in its file: its function, class and scope."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cached_property

from flake8_forward.flow.paths import scope_at
from flake8_forward.flow.scopes import Scope
from flake8_forward.flow.states import Flow
from flake8_forward.inference.classes import class_of
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import SourceClass
from flake8_forward.lint.candidate import Candidate
from flake8_forward.resolver.files import SourceFile
from flake8_forward.syntax.body import Body
from flake8_forward.syntax.index import kept
from flake8_forward.syntax.shapes import named, pairs
from flake8_forward.syntax.tree import FUNCTIONS, Chain, walk


class Place:
    """A word, or another node, of a file, and what is around it."""

    def __init__(
        self,
        resolver: Resolver,
        file: SourceFile,
        candidate: Candidate,
        bodies: dict[int, Body],
    ) -> None:
        self.resolver = resolver
        self.file = file
        self.candidate = candidate
        self._bodies = bodies

    @property
    def where(self) -> tuple[str, int]:
        """The file and the line."""
        return self.file.path, self.candidate.line

    @property
    def is_called(self) -> bool:
        """Tell whether the word is an attribute that is called right there."""
        call = self.path[-2]
        return isinstance(call, ast.Call) and call.func is self.candidate.node

    @cached_property
    def path(self) -> list[ast.AST]:
        """The tree's nodes from the module down to the word."""
        path = [self.candidate.node]
        chain = self.candidate.chain
        while chain is not None:
            path.append(chain[0])
            chain = chain[1]
        return path[::-1]

    @cached_property
    def _place(self) -> tuple[Scope, Flow]:
        return scope_at(self.file, self.path)

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

    @property
    def inner_functions(self) -> list[Scope]:
        """The functions around the word that are nested in its method."""
        if self.method is None:
            return []
        return self.functions[self.functions.index(self.method) + 1 :]

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

    @property
    def has_self(self) -> bool:
        """Tell whether the method around the word gets the instance, and no other self.

        Nothing in it, a nested function say, may bind the name again.
        """
        name, method = self.self_name, self.method
        if name is None or method is None:
            return False
        decorators = getattr(method.node, "decorator_list", ())
        kinds = {getattr(item, "id", None) for item in decorators}
        is_bound_once = _bindings(method.node)[name] == 1
        return is_bound_once and kinds.isdisjoint({"staticmethod", "classmethod"})

    @property
    def defining_class(self) -> SourceClass | None:
        """The class in whose body the word defines something, at run time."""
        if self.scope.kind != "class" or self._is_typing_only:
            return None
        return class_of(self.scope)

    @property
    def _is_typing_only(self) -> bool:
        return any(
            isinstance(node, ast.If)
            and named(node.test) == "TYPE_CHECKING"
            and child in node.body
            for node, child in zip(self.path, self.path[1:], strict=False)
        )

    @cached_property
    def body(self) -> Body | None:
        """The body of the innermost function here: the one that the word defines, if any."""
        chain: Chain = (self.candidate.node, self.candidate.chain)
        while chain is not None:
            node, chain = chain
            if isinstance(node, FUNCTIONS):
                if id(node) not in self._bodies:
                    self._bodies[id(node)] = Body(node, chain)
                return self._bodies[id(node)]
        return None

    @property
    def assigned(self) -> ast.expr | None:
        """What an assignment binds the word, its target, to; None if that is not said."""
        for node in reversed(self.path[:-1]):
            if isinstance(node, (ast.Assign, ast.AnnAssign)):
                bound = pairs(node)
                return next((v for t, v in bound if t is self.candidate.node), None)
            if not isinstance(node, (ast.List, ast.Tuple)):
                break
        return None

    @property
    def in_forward(self) -> bool:
        """Tell whether the word stands in a method called ``forward``."""
        return self.method is not None and self.method.name == "forward"

    @cached_property
    def lines(self) -> str:
        """The lines on which the word's node stands: of a definition, all of it."""
        return self.file.around(self.candidate.node)


@kept
def _bindings(tree: ast.AST) -> Counter[str]:
    """Return how often each name is bound below ``tree``, parameters included."""
    nodes = [*walk(tree)]
    names = [node for node in nodes if isinstance(node, ast.Name)]
    found = Counter(node.id for node in names if not isinstance(node.ctx, ast.Load))
    found.update(node.arg for node in nodes if isinstance(node, ast.arg))
    return found
