"""``__call__`` and ``_call_impl`` of classes: what definitions and assignments do."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from flake8_forward.flow.states import Flow
from flake8_forward.inference import classes, mro
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import (
    MODULE,
    AnyClass,
    ClassObject,
    Function,
    KnownClass,
    SourceClass,
)
from flake8_forward.knowledge.packages import CALLED_DIFFERENTLY
from flake8_forward.knowledge.vocabulary import CALL_NAMES, REACHING_NAMES
from flake8_forward.syntax.shapes import (
    blocks,
    decorators,
    first_parameter,
    is_declaration,
    is_pass_through,
    is_super,
    pairs,
    super_names,
)
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode, walk
from flake8_forward.verdicts.foreign import is_foreign

Effect: TypeAlias = Literal["override", "wrapper", "pass", "declared", "typing", "open"]
"""What a definition of ``__call__`` does:

"override": Module's own ``__call__`` is never reached;
"wrapper": it is reached, with code of the class's own around it;
"pass": it is reached with the same arguments and nothing else happens;
"declared": there is nothing to run (abstract, overload, raise);
"typing": it stands under TYPE_CHECKING, so that it is not there at run time;
"open": what is assigned may reach it.
"""


class CallDefinition(NamedTuple):
    """A definition of ``name`` in a class body, and what it does."""

    node: ast.stmt
    name: str
    effect: Effect


ByStatement: TypeAlias = dict[ast.stmt, list[CallDefinition]]


def definitions(resolver: Resolver, cls: SourceClass) -> list[CallDefinition]:
    """Return the definitions of ``__call__`` and ``_call_impl`` in ``cls`` itself."""
    found = by_statement(resolver, cls)
    return [definition for some in found.values() for definition in some]


def by_statement(resolver: Resolver, cls: SourceClass) -> ByStatement:
    """Return the same definitions by the statements that make them."""
    known: dict[SourceClass, ByStatement] = cls.file.brief.answers(by_statement)
    if cls in known:
        return known[cls]
    found, is_complete = resolver.answer(
        lambda: [*_in_block(resolver, cls, cls.node.body, False)]
    )
    by_node: ByStatement = {}
    for definition in found:
        by_node.setdefault(definition.node, []).append(definition)
    if is_complete:
        known[cls] = by_node
    return by_node


def _in_block(
    resolver: Resolver, cls: SourceClass, body: list[ast.stmt], typing_only: bool
) -> Iterator[CallDefinition]:
    effect: Effect
    for node in body:
        if isinstance(node, FUNCTIONS):
            if node.name in CALL_NAMES:
                effect = "typing" if typing_only else _effect(resolver, cls, node)
                yield CallDefinition(node, node.name, effect)
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            for target, value in pairs(node):
                if isinstance(target, ast.Name) and target.id in CALL_NAMES:
                    effect = assigned_effect(resolver, value, cls.scope.final, cls)
                    effect = "typing" if typing_only else effect
                    yield CallDefinition(node, target.id, effect)
        elif not isinstance(node, ast.ClassDef):
            for block, is_typing in blocks(node):
                yield from _in_block(resolver, cls, block, typing_only or is_typing)


def is_modules_call(resolver: Resolver, node: ast.expr, flow: Flow) -> bool:
    """Tell whether ``node`` is ``<class>.__call__`` and is Module's own at ``flow``."""
    if not isinstance(node, ast.Attribute) or node.attr not in REACHING_NAMES:
        return False
    owner = resolver.evaluate(node.value, flow)
    return (
        isinstance(owner, ClassObject)
        and classes.is_module(resolver, owner.cls) is True
        and not has_own_call(resolver, owner.cls)
    )


def _effect(resolver: Resolver, cls: SourceClass, node: FunctionNode) -> Effect:
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


def assigned_effect(
    resolver: Resolver, value: ast.expr, flow: Flow, cls: SourceClass | None = None
) -> Effect:
    """Return the effect, as a ``CallDefinition`` has it, of assigning ``value``.

    It is done at ``flow``, in the body of ``cls`` or from outside.
    """
    if is_modules_call(resolver, value, flow):
        return "pass"
    if any(
        isinstance(part, ast.expr) and is_modules_call(resolver, part, flow)
        for part in walk(value)
    ):
        return "wrapper"
    function = resolver.evaluate(value, flow)
    if isinstance(function, Function) and cls is not None:
        for part in walk(function.node):
            if reaches(resolver, cls, function.node, part):
                return "wrapper"
    return "override" if is_foreign(resolver, value, flow) else "open"


def reaches(
    resolver: Resolver, cls: SourceClass, function: FunctionNode, node: ast.AST
) -> bool:
    """Tell whether ``node`` refers to the ``__call__`` that ``cls`` inherits."""
    if not isinstance(node, ast.Attribute) or node.attr not in REACHING_NAMES:
        return False
    owner = node.value
    if is_super(owner):
        return True
    if isinstance(owner, ast.Name):
        if owner.id == first_parameter(function):
            return node.attr != function.name
        if owner.id in super_names(function):
            return True
    value = resolver.evaluate(owner, cls.flow)
    if isinstance(value, ClassObject) and value.cls is not cls:
        return classes.is_module(resolver, value.cls) is True
    return False


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
    for base in mro.lineage(resolver, cls).classes:
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
