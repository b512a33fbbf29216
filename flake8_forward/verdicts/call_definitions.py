"""``__call__`` and ``_call_impl`` in class bodies: what each definition does."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

from flake8_forward.flow.states import Flow
from flake8_forward.inference import classes, expressions
from flake8_forward.inference.knowledge import CALLED_DIFFERENTLY, MODULE
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import (
    AnyClass,
    ClassObject,
    KnownClass,
    SourceClass,
)
from flake8_forward.knowledge.vocabulary import CALL_NAMES, REACHING_NAMES
from flake8_forward.syntax.shapes import (
    decorators,
    first_parameter,
    is_declaration,
    is_pass_through,
    named,
    pairs,
)
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode, walk
from flake8_forward.verdicts import replacements


class CallDefinition(NamedTuple):
    """A definition in a class body; ``effect`` is one of

    "override": Module's own ``__call__`` is never reached;
    "wrapper": it is reached, with code of the class's own around it;
    "pass": it is reached with the same arguments and nothing else happens;
    "declared": there is nothing to run (abstract, overload, raise);
    "typing": it stands under TYPE_CHECKING, so that it is not there at run time;
    "open": what is assigned may reach it.
    """

    node: ast.stmt
    name: str
    effect: str


ByStatement: TypeAlias = dict[ast.stmt, list[CallDefinition]]


def definitions(resolver: Resolver, cls: SourceClass) -> list[CallDefinition]:
    """Return the definitions of ``__call__`` and ``_call_impl`` in the body of ``cls``."""
    found = by_statement(resolver, cls)
    return [definition for some in found.values() for definition in some]


def by_statement(resolver: Resolver, cls: SourceClass) -> ByStatement:
    """Return the same definitions by the statements that make them."""
    if cls in cls.file.definitions:
        return cls.file.definitions[cls]
    cuts = resolver.cuts
    found: ByStatement = {}
    for definition in _in_block(resolver, cls, cls.node.body, False):
        found.setdefault(definition.node, []).append(definition)
    if cuts == resolver.cuts:  # no cycle of evaluations cut one short
        cls.file.definitions[cls] = found
    return found


def _in_block(
    resolver: Resolver, cls: SourceClass, body: list[ast.stmt], typing_only: bool
) -> Iterator[CallDefinition]:
    for node in body:
        if isinstance(node, FUNCTIONS):
            if node.name in CALL_NAMES:
                effect = "typing" if typing_only else _effect(resolver, cls, node)
                yield CallDefinition(node, node.name, effect)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target, value in pairs(node):
                if isinstance(target, ast.Name) and target.id in CALL_NAMES:
                    effect = replacements.effect(resolver, value, cls.scope.final, cls)
                    effect = "typing" if typing_only else effect
                    yield CallDefinition(node, target.id, effect)
        elif not isinstance(node, ast.ClassDef):
            for block, is_typing in _blocks(node):
                yield from _in_block(resolver, cls, block, typing_only or is_typing)


def _blocks(node: ast.stmt) -> Iterator[tuple[list[ast.stmt], bool]]:
    """Yield the blocks of a compound statement, and whether they never run."""
    is_typing = isinstance(node, ast.If) and named(node.test) == "TYPE_CHECKING"
    yield getattr(node, "body", []), is_typing
    yield getattr(node, "orelse", []), False
    yield getattr(node, "finalbody", []), False
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield part.body, False


def is_modules_call(resolver: Resolver, node: ast.expr, flow: Flow) -> bool:
    """Tell whether ``node`` is ``<Module class>.__call__`` with Module's own protocol."""
    if not isinstance(node, ast.Attribute) or node.attr not in REACHING_NAMES:
        return False
    owner = expressions.evaluate(resolver, node.value, flow)
    return (
        isinstance(owner, ClassObject)
        and classes.is_module(resolver, owner.cls) is True
        and not has_own_call(resolver, owner.cls)
    )


def _effect(resolver: Resolver, cls: SourceClass, node: FunctionNode) -> str:
    if is_declaration(node):
        return "declared"
    calls = [
        part
        for statement in node.body
        for part in walk(statement)
        if reaches(resolver, cls, node, part)
    ]
    if not calls:
        return "override"
    if is_pass_through(node, calls) and not _changes_mode(node):
        return "pass"
    return "wrapper"


def _changes_mode(node: FunctionNode) -> bool:
    """Tell whether a decorator of torch's puts code around the call."""
    return any(
        name.endswith(("no_grad", "enable_grad", "inference_mode", "autocast"))
        for name in decorators(node)
    )


def reaches(
    resolver: Resolver, cls: SourceClass, function: FunctionNode, node: ast.AST
) -> bool:
    """Tell whether ``node`` refers to the ``__call__`` that ``cls`` inherits."""
    if not isinstance(node, ast.Attribute) or node.attr not in REACHING_NAMES:
        return False
    owner = node.value
    if _is_super(owner):
        return True
    if isinstance(owner, ast.Name):
        if owner.id == first_parameter(function):
            return node.attr != function.name
        if owner.id in _supers(function):
            return True
    value = expressions.evaluate(resolver, owner, cls.flow)
    if isinstance(value, ClassObject) and value.cls is not cls:
        return classes.is_module(resolver, value.cls) is True
    return False


def _is_super(node: ast.AST) -> bool:
    return isinstance(node, ast.Call) and named(node.func) == "super"


def _supers(function: FunctionNode) -> set[str]:
    """Return the names that ``function`` gives to ``super()``."""
    return {
        name
        for node in walk(function)
        if isinstance(node, ast.Assign) and _is_super(node.value)
        for target, _ in pairs(node)
        if (name := named(target))
    }


def has_own_call(resolver: Resolver, cls: AnyClass) -> bool:
    """Tell whether calling an instance of ``cls`` runs other code than Module's.

    ``.forward`` may then be part of that class's own interface, as in gpytorch.
    """
    return _is_met(
        resolver,
        cls,
        lambda base: any(
            found.effect != "pass" and not _is_typing_only(found)
            for found in definitions(resolver, base)
        ),
    )


def replaces_call(resolver: Resolver, cls: AnyClass) -> bool:
    """Tell whether ``cls`` has or inherits a ``__call__`` that is not Module's.

    One that only hands its arguments on counts, too: it is there at run time.
    """
    return _is_met(
        resolver,
        cls,
        lambda base: any(
            found.name == "__call__" and found.effect != "typing"
            for found in definitions(resolver, base)
        ),
    )


def _is_met(
    resolver: Resolver, cls: AnyClass, counts: Callable[[SourceClass], bool]
) -> bool:
    """Tell whether a ``__call__`` comes before Module's in the order of the bases."""
    for base in classes.lineage(resolver, cls).classes:
        if base == MODULE:
            return False
        if isinstance(base, KnownClass):
            if base.kind in CALLED_DIFFERENTLY:
                return True
        elif counts(base):
            return True
    return False


def _is_typing_only(definition: CallDefinition) -> bool:
    """Tell whether a declaration does nothing at run time, or is overridden at once."""
    node = definition.node
    if definition.effect != "declared":
        return definition.effect == "typing"
    return not any(isinstance(child, ast.Raise) for child in walk(node))
