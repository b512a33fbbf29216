"""What rules ask about a candidate: its place, its syntax, its meaning."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable
from functools import cached_property, wraps
from typing import TypeVar

from flake8_forward.flow.lookup import scope_at
from flake8_forward.flow.states import Flow, Scope
from flake8_forward.inference import classes
from flake8_forward.inference.classes import class_of
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import (
    MODULE,
    USED,
    ClassObject,
    External,
    Instance,
    KnownClass,
    SourceClass,
    Type,
)
from flake8_forward.lint.candidate import Candidate
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.body import Body
from flake8_forward.syntax.index import TreeIndex
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.shapes import first_parameter, named, pairs
from flake8_forward.syntax.tree import FUNCTIONS, Chain, NodePath, walk
from flake8_forward.syntax.unparsing import shortened, unparse
from flake8_forward.verdicts import call_definitions, receivers
from flake8_forward.verdicts.call_definitions import CallDefinition
from flake8_forward.verdicts.verdict import Forward, Verdict

Found = TypeVar("Found")


class RuleContext:
    """A candidate, or another node, of a file: as syntax and as meaning."""

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
        """Tell whether the word is an attribute that is called."""
        call = self.ancestry[-2]
        return isinstance(call, ast.Call) and call.func is self.candidate.node

    @cached_property
    def ancestry(self) -> list[ast.AST]:
        """The tree's nodes from the module down to the word."""
        path = [self.candidate.node]
        chain = self.candidate.chain
        while chain is not None:
            path.append(chain[0])
            chain = chain[1]
        return path[::-1]

    @cached_property
    def _place(self) -> tuple[Scope, Flow]:
        return scope_at(self.file, self.ancestry)

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
        return first_parameter(self.method.node)

    @property
    def has_self(self) -> bool:
        """Tell whether ``self`` is the instance in all of the method around the word.

        Nothing in it, such as a nested function, may bind the name again.
        """
        name, method = self.self_name, self.method
        if name is None or method is None:
            return False
        decorators = getattr(method.node, "decorator_list", ())
        kinds = {getattr(item, "id", None) for item in decorators}
        is_bound_once = _bindings(self.file.index(method.node))[name] == 1
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
            for node, child in zip(self.ancestry, self.ancestry[1:], strict=False)
        )

    @cached_property
    def body(self) -> Body | None:
        """The body of the function that the word defines, else of the innermost one."""
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
        """The value that an assignment gives the word; None if it is not explicit."""
        for node in reversed(self.ancestry[:-1]):
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
    def text(self) -> str:
        """The lines of the word's node; for a definition, all of its lines."""
        return self.file.around(self.candidate.node)

    def at(self, node_path: NodePath) -> RuleContext:
        """Return the context of another node of the same file."""
        line = getattr(node_path.node, "lineno", self.candidate.line)
        candidate = Candidate(line, 0, "", node_path.node, node_path.chain, ())
        return RuleContext(self.resolver, self.file, candidate, self._bodies)

    @property
    def call_definition(self) -> tuple[SourceClass, CallDefinition] | None:
        """The Module class and its definition of ``__call__`` that the word names."""
        cls = self.defining_class
        if cls is None or not self.is_module(cls):
            return None
        found = call_definitions.by_statement(self.resolver, cls)
        around = [node for node in self.ancestry if node in found]
        first = found[around[0]][0] if around else None
        return (cls, first) if first and first.name == self.candidate.word else None

    def code(self, node: ast.AST) -> str:
        """Return the code of ``node`` for a message, as Python writes it."""
        return shortened(unparse(node))

    def evaluate(self, node: ast.expr, flow: Flow | None = None) -> Type:
        """Return the value of ``node`` at ``flow``, by default at this candidate."""
        with self.resolver.budget.question():
            return self.resolver.evaluate(node, flow or self.flow)

    def receiver(self, node: ast.expr) -> Verdict:
        """Return the verdict on ``node``, at this candidate.

        A Module of unknown class, in a class with its own ``__call__``, is
        probably of a similar class: there, ``.forward`` is the interface.
        """
        verdict = receivers.receiver(
            self.resolver, node, self.flow, self._forward_of(node)
        )
        owner = self.owner
        if (
            not verdict.own_call
            and any(cls in (MODULE, USED) for cls in verdict.classes)
            and owner is not None
            and self.is_module(owner)
        ):
            own_call = call_definitions.has_own_call(self.resolver, owner)
            return verdict._replace(own_call=own_call)
        return verdict

    def _forward_of(self, node: ast.expr) -> Forward | None:
        """Return the reference to ``forward`` of ``node`` that this word is, if any."""
        word, call = self.candidate.node, self.ancestry[-2]
        if self.candidate.word != "forward" or getattr(word, "value", None) is not node:
            return None
        if self.is_called and isinstance(call, ast.Call):
            return Forward(call)
        return Forward(None)

    def is_object(self, node: ast.expr) -> bool:
        """Tell whether ``node`` is an instance of a class of the project."""
        return any(
            isinstance(alternative, Instance)
            and isinstance(alternative.cls, SourceClass)
            for alternative in alternatives(self.evaluate(node))
        )

    def library_name(self, node: ast.expr, flow: Flow | None = None) -> str | None:
        """Return the qualified name of what ``node`` names outside the project."""
        value = self.evaluate(node, flow)
        if isinstance(value, External):
            return value.dotted
        if isinstance(value, ClassObject) and isinstance(value.cls, KnownClass):
            return value.cls.dotted
        return None

    def replaces_call(self, node: ast.expr) -> bool:
        """Tell whether ``node`` is proven not to reach the ``__call__`` of Module."""
        effect = call_definitions.assigned_effect(self.resolver, node, self.flow)
        return effect == "override"

    def named_class(self, node: ast.expr) -> SourceClass | None:
        """Return the class of the project that ``node`` names, if it is a Module."""
        value = self.evaluate(node)
        if not isinstance(value, ClassObject) or not isinstance(value.cls, SourceClass):
            return None
        return value.cls if self.is_module(value.cls) else None

    def is_module(self, cls: SourceClass) -> bool:
        """Tell whether ``cls`` is proven a Module."""
        with self.resolver.budget.question():
            return classes.is_module(self.resolver, cls) is True


@memoized
def _bindings(index: TreeIndex) -> Counter[str]:
    """Return how often each name is bound in a tree, parameters included."""
    nodes = [*walk(index.root)]
    names = [node for node in nodes if isinstance(node, ast.Name)]
    found = Counter(node.id for node in names if not isinstance(node.ctx, ast.Load))
    found.update(node.arg for node in nodes if isinstance(node, ast.arg))
    return found


def once_per_body(
    question: Callable[[RuleContext], Found],
) -> Callable[[RuleContext], Found]:
    """Memoize ``question`` for all candidates of a body.

    A default value belongs to the body of its function, and to another method.
    """

    @wraps(question)
    def answer(context: RuleContext) -> Found:
        body = context.body
        if body is None:
            return question(context)
        answers: dict[Scope | None, Found] = body.memo.answers(question)
        if context.method not in answers:
            answers[context.method] = question(context)
        return answers[context.method]

    return answer
