"""Where a suspicious word stands: its syntax, its function and class, its meaning."""

from __future__ import annotations

import ast
from functools import cached_property
from typing import TYPE_CHECKING

from flake8_forward import exemptions, syntax
from flake8_forward.body import Body, Spot
from flake8_forward.gate import Chain, Suspect
from flake8_forward.modules import classes, protocol, receivers
from flake8_forward.modules.expressions import evaluate
from flake8_forward.modules.files import Project, SourceFile
from flake8_forward.modules.flow import Flow
from flake8_forward.modules.knowledge_base import MODULE
from flake8_forward.modules.places import class_of, place
from flake8_forward.modules.protocol import CallDefinition
from flake8_forward.modules.scopes import FUNCTIONS, Scope
from flake8_forward.modules.types import (
    ClassObject,
    External,
    Instance,
    KnownClass,
    SourceClass,
    Type,
    options,
)

if TYPE_CHECKING:
    import libcst as cst

    from flake8_forward.engine import Syntax


class Site:
    """A word in its file, as syntax (libcst) and as meaning (the resolver)."""

    def __init__(
        self,
        project: Project,
        file: SourceFile,
        suspect: Suspect,
        syntax: Syntax,
        bodies: dict[int, Body],
    ) -> None:
        self.project = project
        self.file = file
        self.suspect = suspect
        self._syntax = syntax
        self._bodies = bodies

    def at(self, spot: Spot) -> Site:
        """Return another place of the same file."""
        line = getattr(spot.node, "lineno", self.suspect.line)
        suspect = Suspect(line, 0, "", spot.node, spot.chain, ())
        return Site(self.project, self.file, suspect, self._syntax, self._bodies)

    @property
    def where(self) -> tuple[str, int]:
        """The file and the line."""
        return self.file.path, self.suspect.line

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
    def defining_class(self) -> SourceClass | None:
        """The class in whose body the word defines something."""
        return class_of(self.scope) if self.scope.kind == "class" else None

    @cached_property
    def body(self) -> Body | None:
        """The body of the innermost function here: the one that the word defines, if any."""
        chain: Chain = (self.suspect.node, self.suspect.chain)
        while chain is not None:
            node, chain = chain
            if isinstance(node, FUNCTIONS):
                if id(node) not in self._bodies:
                    self._bodies[id(node)] = Body(node, chain)
                return self._bodies[id(node)]
        return None

    @property
    def in_forward(self) -> bool:
        """Tell whether the word stands in a method called ``forward``."""
        return self.method is not None and self.method.name == "forward"

    @property
    def is_exempt(self) -> bool:
        """Tell whether a direct call of forward is right here: protocol or hook."""
        return exemptions.in_call_protocol(self) or exemptions.in_hook(self)

    @property
    def call_definition(self) -> tuple[SourceClass, CallDefinition] | None:
        """The Module class and its definition of ``__call__`` that the word names."""
        cls = self.defining_class
        if cls is None or not self.is_module(cls):
            return None
        for found in protocol.definitions(self.project, cls):
            if any(found.node is node for node in self.path):
                return (cls, found) if found.name == self.suspect.word else None
        return None

    @property
    def attribute(self) -> cst.Attribute | None:
        """The concrete attribute whose name is the word."""
        return syntax.attribute_of(self)

    def source(self, node: cst.CSTNode) -> str:
        """Return the code of ``node`` for a message."""
        return syntax.source(node)

    def evaluate(self, node: ast.expr) -> Type:
        """Return what ``node``, which stands at this site, is."""
        self.project.ask()
        return evaluate(self.project, node, self.flow)

    def receiver(self, node: ast.expr) -> receivers.Verdict:
        """Return the verdict on ``node``, which stands at this site.

        Some Module of unknown class, met in a class with its own ``__call__``, is
        likely of that class's kind: there, ``.forward`` is the interface.
        """
        verdict = receivers.receiver(self.project, node, self.flow)
        owner = self.owner
        if verdict.cls == MODULE and owner is not None and self.is_module(owner):
            own_call = protocol.has_own_call(self.project, owner)
            return verdict._replace(own_call=own_call)
        return verdict

    def is_object(self, node: ast.expr) -> bool:
        """Tell whether ``node`` is an instance of a class of the project."""
        return any(
            isinstance(option, Instance) and isinstance(option.cls, SourceClass)
            for option in options(self.evaluate(node))
        )

    def library_name(self, node: ast.expr) -> str | None:
        """Return the qualified name of what ``node`` names outside the project."""
        value = self.evaluate(node)
        if isinstance(value, External):
            return value.dotted
        if isinstance(value, ClassObject) and isinstance(value.cls, KnownClass):
            return value.cls.dotted
        return None

    def is_modules_call(self, node: ast.expr) -> bool:
        """Tell whether ``node`` is the ``__call__`` of torch.nn.Module."""
        return protocol.is_modules_call(self.project, node, self.flow)

    def named_class(self, node: ast.expr) -> SourceClass | None:
        """Return the class of the project that ``node`` names, if it is a Module."""
        value = self.evaluate(node)
        if not isinstance(value, ClassObject) or not isinstance(value.cls, SourceClass):
            return None
        return value.cls if self.is_module(value.cls) else None

    def is_module(self, cls: SourceClass) -> bool:
        """Tell whether ``cls`` is proven a Module."""
        self.project.ask()
        return classes.is_module(self.project, cls) is True
