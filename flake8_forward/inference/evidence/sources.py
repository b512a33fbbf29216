"""Where an object comes from: what made it, or which parameter it was passed as."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

from flake8_forward.flow.bindings import reaching
from flake8_forward.flow.states import Flow, Origin, PartOrigin, Scope, Test
from flake8_forward.inference import classes, mro
from flake8_forward.inference.evidence import call_sites
from flake8_forward.inference.evidence.arguments import passed
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import (
    UNKNOWN,
    AnyClass,
    ClassObject,
    External,
    Function,
    Instance,
    SourceClass,
    TypeVariable,
)
from flake8_forward.syntax.shapes import first_parameter, key_of
from flake8_forward.syntax.tree import FUNCTIONS

MAX_STEPS = 60
"""Most expressions that are followed back to where an object comes from."""

MAKERS = frozenset({
    "builtins.getattr", "hydra.utils.instantiate", "hydra.utils.call",
})  # fmt: skip
"""Functions that make objects of the project's classes, by their names."""

_VAGUE = ("builtins.", "typing.", "typing_extensions.")
"""Modules whose names in annotations do not tell what an object is."""

_SETS_ANYTHING = re.compile(r"__dict__|\bvars\(self\)|\bsetattr\(self\b")
"""How a class sets attributes that its code does not name."""

Source: TypeAlias = ast.arg | Literal["elsewhere"]
"""A parameter; or something outside of the project: a library, an import."""


def sources(resolver: Resolver, node: ast.expr, flow: Flow) -> list[Source]:
    """Return the parameters that the object ``node`` comes from, and what else."""
    return [*_Trace(resolver).expression(node, flow)]


class _Trace:
    """Follows an object back to what made it, or passed it."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._seen: set[int] = set()

    def expression(self, node: ast.expr, flow: Flow) -> Iterator[Source]:
        if id(node) in self._seen or len(self._seen) > MAX_STEPS:
            return
        self._seen.add(id(node))
        if isinstance(node, (ast.Name, ast.Attribute)):
            yield from self._named(node, flow)
        elif isinstance(node, ast.Call):
            yield from self._called(node, flow)
        elif isinstance(node, ast.Subscript):
            owner = self._resolver.evaluate(node.value, flow)
            is_own = isinstance(owner, Instance) and isinstance(owner.cls, SourceClass)
            if is_own or isinstance(node.slice, ast.Slice):
                yield "elsewhere"  # TorchScript has slices of its own
            yield from self.expression(node.value, flow)
        elif isinstance(node, ast.IfExp):
            yield from self.expression(node.body, flow)
            yield from self.expression(node.orelse, flow)
        elif isinstance(node, ast.BoolOp):
            for value in node.values:
                yield from self.expression(value, flow)

    def _named(self, node: ast.Name | ast.Attribute, flow: Flow) -> Iterator[Source]:
        key = key_of(node)
        state: Flow | None = flow
        while key is not None and state is not None:
            scope = state.scope
            if scope.binds(key) and key not in scope.graph.outer_names:
                origins, _ = reaching(state, key)
                if origins:
                    for origin in origins:
                        yield from self._origin(origin)
                    return
            outer = scope.parent if isinstance(node, ast.Name) else None
            state = outer.final if outer is not None else None
        if isinstance(node, ast.Attribute):
            yield from self._attribute(node, flow)

    def _attribute(self, node: ast.Attribute, flow: Flow) -> Iterator[Source]:
        owner = self._resolver.evaluate(node.value, flow)
        for alternative in alternatives(owner):
            if isinstance(alternative, External) or node.attr.startswith("__"):
                yield "elsewhere"
            elif isinstance(alternative, Instance):
                yield from self._held(alternative.cls, node.attr)
            elif alternative == UNKNOWN:
                yield from self.expression(node.value, flow)

    def _held(self, cls: AnyClass, name: str) -> Iterator[Source]:
        """Follow the attribute ``name`` of a ``cls``: a Module holds Modules."""
        origins = [*_assigned(self._resolver, cls, name)]
        for origin in origins:
            yield from self._origin(origin)
        if not origins and not _holds_modules(self._resolver, cls):
            yield "elsewhere"

    def _called(self, node: ast.Call, flow: Flow) -> Iterator[Source]:
        for callee in alternatives(self._resolver.evaluate(node.func, flow)):
            if isinstance(callee, External) and callee.dotted not in MAKERS:
                yield "elsewhere"
            elif isinstance(callee, Function):
                scope = callee.scope.child(callee.node, callee.flow)
                for value, state in scope.graph.returns:
                    if value is not None:
                        yield from self.expression(value, state)
            elif callee == UNKNOWN:
                yield from self._made_by(node.func, flow)

    def _made_by(self, func: ast.expr, flow: Flow) -> Iterator[Source]:
        """Follow what is called: what an unknown method returns may be anything."""
        if isinstance(func, ast.Attribute):
            yield "elsewhere"
        yield from self.expression(func, flow)

    def _origin(self, origin: Origin) -> Iterator[Source]:
        if isinstance(origin, PartOrigin):
            yield from self._origin(origin.whole)
        elif origin.kind == "param":
            yield from self._parameter(origin.node, origin.flow.scope)
        elif origin.kind in ("import", "import_from"):
            yield "elsewhere"
        elif origin.kind in ("value", "element", "with"):
            yield from self.expression(origin.node, origin.flow)
        elif origin.kind == "narrow":
            yield from self._tested(origin.node, origin.flow)

    def _parameter(self, arg: ast.arg, scope: Scope) -> Iterator[Source]:
        """Follow what is passed for ``arg`` to where it comes from.

        What nobody is seen to pass may come from anywhere.
        """
        yield arg
        node = scope.node
        if self._is_declared(arg, scope) or not isinstance(node, FUNCTIONS):
            yield "elsewhere"
            return
        is_method = arg.arg == "self"  # which somebody puts into a class
        if is_method or arg in (node.args.vararg, node.args.kwarg):
            yield "elsewhere"
        sites = call_sites.of_function(self._resolver, scope)
        if not sites:
            yield "elsewhere"
        for site in sites or ():
            value = site.arguments and passed(site.arguments, node, arg, site.skipped)
            if value:
                yield from self.expression(value, site.flow)

    def _is_declared(self, arg: ast.arg, scope: Scope) -> bool:
        """Tell whether an annotation says that ``arg`` is a library's object."""
        if arg.annotation is None or scope.defined is None:
            return False
        found = self._resolver.evaluate(arg.annotation, scope.defined)
        return any(
            isinstance(one, TypeVariable)
            or (isinstance(one, External) and not one.dotted.startswith(_VAGUE))
            for one in alternatives(found)
        )

    def _tested(self, test: Test, flow: Flow) -> Iterator[Source]:
        """Follow what was tested: it may have turned out to be no Module."""
        kinds = [
            isinstance(one, ClassObject) and classes.is_module(self._resolver, one.cls)
            for one in alternatives(self._resolver.evaluate(test.node.args[1], flow))
        ]
        if test.truth or any(kinds):
            yield "elsewhere"
        yield from self.expression(test.node.args[0], flow)


def _holds_modules(resolver: Resolver, cls: AnyClass) -> bool:
    """Tell whether what others set on a ``cls`` are Modules, as those of a Module."""
    if not classes.is_module(resolver, cls):
        return False
    return not any(
        _SETS_ANYTHING.search(base.file.around(base.node))
        for base in mro.lineage(resolver, cls).classes
        if isinstance(base, SourceClass)
    )


def _assigned(resolver: Resolver, cls: AnyClass, name: str) -> Iterator[Origin]:
    """Yield what the methods of ``cls`` and its bases assign to ``self.<name>``."""
    for base in mro.lineage(resolver, cls).classes:
        if not isinstance(base, SourceClass):
            continue
        for node in base.file.methods(base.node, name):
            first = first_parameter(node)
            if first is not None:
                graph = base.scope.child(node, base.scope.before(node)).graph
                yield from graph.attributes.get(f"{first}.{name}", [])
