"""What rules ask about a word: where it stands, and its meaning."""

from __future__ import annotations

import ast

from flake8_forward.analysis.methods import exemptions
from flake8_forward.flow.states import Flow
from flake8_forward.inference import classes
from flake8_forward.inference.expressions import evaluate
from flake8_forward.inference.knowledge import MODULE
from flake8_forward.inference.values import (
    ClassObject,
    External,
    Instance,
    KnownClass,
    SourceClass,
    Type,
    alternatives,
)
from flake8_forward.lint.candidate import Candidate
from flake8_forward.lint.place import Place
from flake8_forward.syntax.tree import NodePath
from flake8_forward.syntax.unparsing import shortened, unparse
from flake8_forward.verdicts import call_definitions, receivers, replacements
from flake8_forward.verdicts.call_definitions import CallDefinition


class RuleContext(Place):
    """A word in its file, as Python's tree has it, and what the resolver knows of it."""

    def at(self, node_path: NodePath) -> RuleContext:
        """Return another place of the same file."""
        line = getattr(node_path.node, "lineno", self.candidate.line)
        candidate = Candidate(line, 0, "", node_path.node, node_path.chain, ())
        return RuleContext(self.resolver, self.file, candidate, self._bodies)

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
        found = call_definitions.by_statement(self.resolver, cls)
        around = [node for node in self.path if node in found]
        first = found[around[0]][0] if around else None
        return (cls, first) if first and first.name == self.candidate.word else None

    def source(self, node: ast.AST) -> str:
        """Return the code of ``node`` for a message, as Python writes it."""
        return shortened(unparse(node))

    def evaluate(self, node: ast.expr, flow: Flow | None = None) -> Type:
        """Return what ``node`` is at ``flow``, the state of this site if None."""
        self.resolver.ask()
        return evaluate(self.resolver, node, flow or self.flow)

    def receiver(self, node: ast.expr) -> receivers.Verdict:
        """Return the verdict on ``node``, which stands at this site.

        Some Module of unknown class, met in a class with its own ``__call__``, is
        likely of that class's kind: there, ``.forward`` is the interface.
        """
        verdict = receivers.receiver(self.resolver, node, self.flow)
        owner = self.owner
        if verdict.cls == MODULE and owner is not None and self.is_module(owner):
            own_call = call_definitions.has_own_call(self.resolver, owner)
            return verdict._replace(own_call=own_call)
        return verdict

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
        return replacements.effect(self.resolver, node, self.flow) == "override"

    def named_class(self, node: ast.expr) -> SourceClass | None:
        """Return the class of the project that ``node`` names, if it is a Module."""
        value = self.evaluate(node)
        if not isinstance(value, ClassObject) or not isinstance(value.cls, SourceClass):
            return None
        return value.cls if self.is_module(value.cls) else None

    def is_module(self, cls: SourceClass) -> bool:
        """Tell whether ``cls`` is proven a Module."""
        self.resolver.ask()
        return classes.is_module(self.resolver, cls) is True
