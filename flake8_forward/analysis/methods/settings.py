"""Settings of a Module: values that neither its mode nor its callers change."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

from flake8_forward.inference import mro
from flake8_forward.inference.values import SourceClass
from flake8_forward.lint.context import RuleContext
from flake8_forward.syntax.body import Body
from flake8_forward.syntax.index import TreeIndex
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.tree import FUNCTIONS, children, walk
from flake8_forward.verdicts.inheritance import relatives

MAX_HOPS = 3
"""Assignments that are followed backwards from a local name."""

_BINDING = (ast.AnnAssign, ast.AugAssign, ast.NamedExpr, ast.For, ast.comprehension)
_SET_UP = re.compile(r"__init__|__post_init__|_?(init|setup|build)\w*")


def attribute_of_self(context: RuleContext, node: ast.expr) -> str:
    """Return the name of the Module's attribute ``node``; empty if it is not one."""
    is_own = (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == context.self_name
    )
    return node.attr if is_own and isinstance(node, ast.Attribute) else ""


def assigned(context: RuleContext, name: str) -> list[ast.expr]:
    """Return what ``__init__``, in the class or a base, assigns to ``self.<name>``.

    Nothing if the attribute is also assigned in other methods in their files.
    """
    if context.owner is None:
        return []
    values: list[ast.expr] = []
    line = mro.lineage(context.resolver, context.owner).classes
    own = [cls for cls in line if isinstance(cls, SourceClass)]
    for cls in own:
        if _changes_in(cls.file.index(), name, own):
            return []
        values += _set_up(cls.file.index(cls.node)).get(name, [])
    return values


@memoized
def _set_up(cls: TreeIndex) -> dict[str, list[ast.expr]]:
    """Return what ``cls`` assigns to its names, and its methods to attributes."""
    found: dict[str, list[ast.expr]] = defaultdict(list)
    for statement in getattr(cls.root, "body", ()):
        is_function = isinstance(statement, FUNCTIONS)
        field = "attr" if is_function else "id"
        for node in walk(statement) if is_function else [statement]:
            names = {getattr(target, field, "") for target in _targets(node)}
            for name in names - {""}:
                found[name] += _values(node)
    return {**found}


def _changes_in(index: TreeIndex, name: str, line: list[SourceClass]) -> bool:
    """Tell whether a file changes the attribute after ``__init__``.

    For ``self``, only classes related to those in ``line`` count.
    """
    if name not in _changes(index) or not line:
        return name in _changes(index)
    return not _owners(index)[name].isdisjoint({None, *relatives(line, index)})


@memoized
def _owners(index: TreeIndex) -> dict[str, set[str | None]]:
    """Return, by attribute, on whose self it is changed, None for other objects."""
    changes = _changes(index).items()
    return {name: {*map(index.owner, nodes)} for name, nodes in changes}


@memoized
def _changes(index: TreeIndex) -> dict[str, list[ast.AST]]:
    """Return, by name, assignments of attributes after ``__init__``, and properties."""
    found: dict[str, list[ast.AST]] = defaultdict(list)
    for node in walk(index.root):
        if not isinstance(node, FUNCTIONS) or _SET_UP.fullmatch(node.name):
            continue
        if node.decorator_list:
            found[node.name].append(node)
        for part in walk(node):
            if isinstance(part, ast.Attribute) and not isinstance(part.ctx, ast.Load):
                found[part.attr].append(part)
    return found


def _targets(node: ast.AST) -> list[ast.expr]:
    """Return what the assignment, loop or walrus ``node`` binds; empty if none."""
    if isinstance(node, ast.Assign):
        return node.targets
    return [node.target] if isinstance(node, _BINDING) else []


def _values(node: ast.AST) -> Iterator[ast.expr]:
    """Yield what the assignment, loop or walrus ``node`` takes its values from."""
    name = "iter" if isinstance(node, (ast.For, ast.comprehension)) else "value"
    value = getattr(node, name)
    if isinstance(value, ast.expr):
        yield value


def is_fixed(context: RuleContext, node: ast.expr, hops: int = MAX_HOPS) -> bool:
    """Tell whether only ``__init__`` decides the value of ``node`` at ``context``."""
    attribute = attribute_of_self(context, node)
    if attribute:
        return bool(assigned(context, attribute))
    if isinstance(node, ast.Name):
        return node.id != context.self_name and _is_fixed_name(context, node, hops)
    if isinstance(node, ast.Attribute) and _changes_in(
        context.file.index(), node.attr, []
    ):
        return False
    return all(
        is_fixed(context, child, hops)
        for child in children(node)
        if isinstance(child, ast.expr)
    )


def _is_fixed_name(context: RuleContext, node: ast.Name, hops: int) -> bool:
    if context.body is None or any(
        isinstance(part, ast.Lambda) for part in context.ancestry
    ):
        return False
    if context.body.is_given(node.id):
        return False  # callers decide
    values = bound_values(context, node.id)
    if not values:  # a global, or a variable of the function around the class
        return not context.inner_functions
    return hops > 0 and all(is_fixed(context, value, hops - 1) for value in values)


def bound_values(context: RuleContext, name: str) -> list[ast.expr]:
    """Return the expressions that give the local ``name`` at ``context`` its value."""
    assert context.body is not None
    return _bound(context.body).get(name, [])


@memoized
def _bound(body: Body) -> dict[str, list[ast.expr]]:
    """Return the expressions that the names in ``body`` take their values from."""
    found: dict[str, list[ast.expr]] = defaultdict(list)
    for node in (
        node_path.node for node_path in body.node_paths(ast.Assign, *_BINDING)
    ):
        parts = (part for target in _targets(node) for part in walk(target))
        for name in {part.id for part in parts if isinstance(part, ast.Name)}:
            found[name] += _values(node)
    return {**found}
