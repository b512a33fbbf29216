"""What a layer carries: weights, running statistics, behaviour that eval() switches.

Known of torch's layers by name and arguments, of the project's own Modules by what
their ``__init__`` plainly assigns. Whatever is not proven is left out.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_forward.analysis.layers.escapes import Holder
from flake8_forward.analysis.layers.torch_layers import (
    NO_TRAITS,
    WEIGHTS,
    Traits,
    calls_in,
    is_torchs,
    made,
    of_torch,
)
from flake8_forward.analysis.layers.weights import changed, words_of
from flake8_forward.flow.bindings import listed, reaching
from flake8_forward.flow.states import Flow
from flake8_forward.inference import classes, mro
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import (
    AnyClass,
    ClassObject,
    External,
    Function,
    KnownClass,
    Partial,
    SourceClass,
    Type,
)
from flake8_forward.knowledge.vocabulary import (
    CONTAINERS,
    KEPT_BY,
    RETURN_ARGUMENT,
    WEIGHTED,
)
from flake8_forward.lint.context import RuleContext
from flake8_forward.syntax.shapes import first_parameter, named
from flake8_forward.syntax.tree import FunctionNode

_KEEPING = KEPT_BY | {"exec", "setattr"}

_UNCHANGING = frozenset({"classmethod", "staticmethod"})

MAX_DEPTH = 4
"""Classes and functions that are followed from a call to its result."""


def made_at(context: RuleContext, node: ast.expr) -> Traits:
    """Return the proven traits of the layer that ``node`` creates at ``context``."""
    with context.resolver.budget.question():
        return traits(context.resolver, node, context.flow)


def traits(
    resolver: Resolver, node: ast.expr, flow: Flow, depth: int = MAX_DEPTH
) -> Traits:
    """Return the proven traits of the layer that ``node`` creates at ``flow``."""
    if depth == 0 or resolver.budget.is_exhausted():
        return NO_TRAITS
    if isinstance(node, ast.Name):
        return _of_name(resolver, node.id, flow, depth)
    call = made(node)
    if call is None:
        return NO_TRAITS
    callee = resolver.evaluate(call.func, flow)
    found = [
        _of_callee(resolver, alternative, call, flow, depth)
        for alternative in alternatives(callee)
    ]
    return frozenset.intersection(*found)


def _of_name(resolver: Resolver, name: str, flow: Flow, depth: int) -> Traits:
    """Return the traits that all assignments to a local name have in common."""
    found = [
        traits(resolver, origin.node, origin.flow, depth - 1)
        if origin.kind == "value"
        else NO_TRAITS
        for origin in reaching(flow, name)[0]
    ]
    return frozenset.intersection(*found) if found else NO_TRAITS


def _of_callee(
    resolver: Resolver, callee: Type, call: ast.Call, flow: Flow, depth: int
) -> Traits:
    """Return the traits of the result of ``call``, which calls ``callee``."""
    if isinstance(callee, ClassObject):
        if isinstance(callee.cls, SourceClass):
            return _of_class(resolver, callee.cls, depth)
        if callee.cls.name.rpartition(".")[2] in CONTAINERS and is_torchs(callee.cls):
            return _of_items(resolver, call, flow, depth)
        return of_torch(callee.cls, call)
    if isinstance(callee, Partial) and isinstance(callee.target, ClassObject):
        return _of_bare_class(resolver, callee.target.cls, depth)
    if isinstance(callee, Function):
        return _of_function(resolver, callee, depth)
    if isinstance(callee, External) and callee.dotted.startswith(RETURN_ARGUMENT):
        return (
            traits(resolver, call.args[0], flow, depth - 1) if call.args else NO_TRAITS
        )
    return NO_TRAITS


def _of_items(resolver: Resolver, call: ast.Call, flow: Flow, depth: int) -> Traits:
    """Return all traits of the items of a Sequential, ModuleList or ModuleDict."""
    found = NO_TRAITS
    for item in calls_in(call.args):
        found |= traits(resolver, item, flow, depth - 1)
    for argument in call.args:
        if isinstance(argument, ast.Starred):
            for node, at in listed(argument.value, flow):
                for item in calls_in([node]):
                    found |= traits(resolver, item, at, depth - 1)
    return found


def _of_bare_class(resolver: Resolver, cls: AnyClass, depth: int) -> Traits:
    """Return the traits of ``cls`` that do not depend on its arguments."""
    if isinstance(cls, SourceClass):
        return _of_class(resolver, cls, depth)
    is_weighted = is_torchs(cls) and cls.dotted.rpartition(".")[2] in WEIGHTED
    return WEIGHTS if is_weighted else NO_TRAITS


def _of_function(resolver: Resolver, function: Function, depth: int) -> Traits:
    """Return the traits that all results of a project's function have in common.

    They are the same for all its calls, of which a list may have thousands.
    """
    node = function.node
    if not keeps_result(node):
        return NO_TRAITS
    known: dict[tuple[ast.AST, int], Traits]
    known = function.scope.file.brief.answers(_of_function)
    if (node, depth) in known:
        return known[node, depth]
    found, is_complete = resolver.answer(lambda: _of_results(resolver, function, depth))
    if is_complete:
        known[node, depth] = found
    return found


def _of_results(resolver: Resolver, function: Function, depth: int) -> Traits:
    node = function.node
    scope = function.scope.child(node, function.flow)
    returns = scope.graph.returns
    found = [
        traits(resolver, value, flow, depth - 1) if value is not None else NO_TRAITS
        for value, flow in returns
    ]
    words = words_of(node)
    if (
        not found
        or words & _KEEPING
        or _keeps(function, [value for value, _ in returns])
    ):
        return NO_TRAITS
    return frozenset.intersection(*found) | changed(node, words)


def keeps_result(function: FunctionNode) -> bool:
    """Tell whether the decorators of ``function`` leave its result unchanged."""
    return _UNCHANGING.issuperset(named(item) for item in function.decorator_list)


def _keeps(function: Function, returned: list[ast.expr | None]) -> bool:
    """Tell whether ``function`` may also store its result somewhere else."""
    names = {value for value in returned if isinstance(value, ast.Name)}
    index = function.scope.file.index(function.node)
    holder = Holder(index, frozenset(names), are_tensors=False)
    return any(holder.name_escapes(function.node, name.id) for name in names)


def _of_class(resolver: Resolver, cls: SourceClass, depth: int) -> Traits:
    """Return the traits of what ``__init__``, and those it calls, always assign."""
    if classes.is_module(resolver, cls) is not True:
        return NO_TRAITS
    found = NO_TRAITS
    for base in mro.lineage(resolver, cls).classes:
        if isinstance(base, KnownClass):
            found |= _of_bare_class(resolver, base, depth)
            continue
        init = next((n for n in base.scope.methods if n.name == "__init__"), None)
        if init is None:
            continue
        words = words_of(init)
        found |= changed(init, words)
        scope = base.scope.child(init, base.scope.before(init))
        for statement, value in _assigned(init):
            found |= traits(resolver, value, scope.before(statement), depth - 1)
        if "super" not in words and "__init__" not in words:
            break
    return found


def _assigned(init: FunctionNode) -> Iterator[tuple[ast.stmt, ast.expr]]:
    """Yield what ``init`` assigns to attributes of self whatever its arguments."""
    instance = first_parameter(init)
    for node in init.body:
        if isinstance(node, (ast.Assign, ast.AnnAssign)) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            if isinstance(target, ast.Attribute) and named(target.value) == instance:
                yield node, node.value
