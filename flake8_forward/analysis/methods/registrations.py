"""What a file registers as hooks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias, TypeGuard

from flake8_forward.flow.lookup import scope_at
from flake8_forward.flow.states import Flow
from flake8_forward.inference.classes import class_of
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import (
    NONE,
    UNKNOWN,
    Function,
    Instance,
    LambdaFunction,
    Partial,
    Type,
)
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.shapes import key_of, named
from flake8_forward.syntax.tree import functions, walk
from flake8_forward.verdicts.inheritance import subclasses

REGISTRATION = re.compile(r"register_\w*hook\b")

Hook: TypeAlias = ast.AST | str
"""A function or lambda; where only its name is known, the name."""


def registers(node: ast.AST) -> TypeGuard[ast.Call]:
    """Tell whether ``node`` is a call of ``register_…hook``."""
    return (
        isinstance(node, ast.Call)
        and REGISTRATION.fullmatch(named(node.func) or "") is not None
    )


class Registered:
    """What a file registers as hooks, and what makes those that it registers."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver
        self._hooks: set[Hook] = set()
        self._makers: set[Hook] = set()

    def has(self, node: ast.AST) -> bool:
        """Tell whether the function or lambda ``node`` is registered."""
        return node in self._hooks or getattr(node, "name", None) in self._hooks

    def has_maker(self, node: ast.AST) -> bool:
        """Tell whether what is defined in the function ``node`` is registered."""
        return node in self._makers or getattr(node, "name", None) in self._makers

    def add(self, node: ast.expr, flow: Flow) -> None:
        """Take the argument ``node`` of a registration at ``flow``."""
        if isinstance(node, ast.Lambda):
            self._hooks.update(self._called(node, flow))
        elif isinstance(node, ast.Call):
            self._makers.update(self._meant(node.func, flow))
            for item in (*node.args, *(keyword.value for keyword in node.keywords)):
                self._hooks.update(self._functions(item, flow))
        self._hooks.update(self._meant(node, flow))

    def _meant(self, node: ast.expr, flow: Flow) -> set[Hook]:
        """Return the functions that ``node`` may be, by name if nothing is known."""
        found: set[Hook] = {*self._functions(node, flow)}
        name = named(node)
        return found or ({name} if name and self._is_open(node, flow) else set())

    def _called(self, node: ast.Lambda, flow: Flow) -> Iterator[Hook]:
        """Yield the functions that the lambda ``node`` calls.

        Of one that is not found only the name is known: it is one of the file's if it
        gets what the hook gets.
        """
        own = {item.arg for item in walk(node.args) if isinstance(item, ast.arg)}
        for call in walk(node.body):
            if not isinstance(call, ast.Call):
                continue
            root = (key_of(call.func) or "").partition(".")[0]
            found = set() if root in own else {*self._functions(call.func, flow)}
            yield from found
            given = (*call.args, *call.keywords)
            name = named(call.func)
            is_open = root in own or self._is_open(call.func, flow)
            if name and not found and is_open and own & _names(given):
                yield name

    def _functions(self, node: ast.expr, flow: Flow) -> Iterator[ast.AST]:
        for value in alternatives(self._resolver.evaluate(node, flow)):
            yield from self._bodies(value)

    def _bodies(self, value: Type) -> Iterator[ast.AST]:
        """Yield the functions that run when ``value`` is called."""
        if isinstance(value, Partial):
            yield from self._bodies(value.target)
        elif isinstance(value, Instance):
            for found in alternatives(self._resolver.member(value, "__call__")):
                if isinstance(found, Function):
                    yield found.node
        elif isinstance(value, LambdaFunction):
            yield value.node
        elif isinstance(value, Function):
            yield value.node
            if value.scope.kind == "class":
                for heir in subclasses(class_of(value.scope)):
                    for node in functions(heir.body):
                        if node.name == value.node.name:
                            yield node

    def _is_open(self, node: ast.expr, flow: Flow) -> bool:
        """Tell whether nothing is known of ``node``, nor of what it belongs to.

        A method that a known class lacks may be one of a class that is derived from it.
        """
        if UNKNOWN not in alternatives(self._resolver.evaluate(node, flow)):
            return False
        if not isinstance(node, ast.Attribute) or named(node.value) in ("self", "cls"):
            return True
        owner = self._resolver.evaluate(node.value, flow)
        return any(one in (UNKNOWN, NONE) for one in alternatives(owner))


def _names(nodes: Sequence[ast.AST]) -> set[str]:
    return {node.id for node in walk(*nodes) if isinstance(node, ast.Name)}


def hooks_of(resolver: Resolver, file: SourceFile) -> Registered:
    """Return what ``file`` registers as hooks."""
    known: dict[None, Registered] = file.brief.answers(hooks_of)
    if None not in known:
        known[None] = found = Registered(resolver)
        if REGISTRATION.search(file.text):
            for node in walk(file.tree):
                if registers(node):
                    _take(found, file, node, resolver)
    return known[None]


def _take(
    found: Registered, file: SourceFile, node: ast.Call, resolver: Resolver
) -> None:
    """Add what the call ``node`` registers to ``found``."""
    _, flow = scope_at(file, ancestry_of(file, node))
    with resolver.budget.question():
        for item in (*node.args, *(keyword.value for keyword in node.keywords)):
            found.add(item, flow)


def ancestry_of(file: SourceFile, node: ast.AST) -> list[ast.AST]:
    """Return the nodes of ``file`` from its tree down to ``node``."""
    parents = file.index().parents
    ancestry = [node]
    while ancestry[-1] in parents:
        ancestry.append(parents[ancestry[-1]])
    return ancestry[::-1]
