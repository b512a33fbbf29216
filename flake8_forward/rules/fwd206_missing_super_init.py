"""FWD206: __init__ does not call that of torch.nn.Module, or calls it too late."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeGuard

from flake8_forward.concrete.report import Report
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import NONE, Function, SourceClass
from flake8_forward.knowledge.vocabulary import ALL_REGISTERED, ALL_REGISTRATIONS
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import Rule
from flake8_forward.syntax.shapes import first_parameter, is_name, pairs
from flake8_forward.syntax.tree import walk
from flake8_forward.syntax.unparsing import unparse
from flake8_forward.verdicts import call_definitions, inheritance


class MissingSuperInit(Rule):
    """``__init__`` of a Module that never calls Module's, or calls it too late.

    ``torch.nn.Module.__init__`` creates the tables of parameters, buffers, submodules
    and hooks. Without it, assigning a layer raises AttributeError, and so do the first
    call of an instance, ``parameters()`` and ``to()``. Before it, plain values may be
    assigned; layers, parameters and buffers may not.

    Exempt: classes that may be initialised in another way (a metaclass, a decorator,
    ``__new__``, ``__setattr__``, ``__dict__``, a method that calls an ``__init__``, a
    function that ``self`` is passed to); classes with a base that cannot be found; an
    ``__init__`` that assigns no attribute; classes that define their own ``__call__``.
    A missing call is reported only in direct subclasses of Module: a class in between
    may be a mixin.

    Fix: make ``super().__init__()`` the first statement.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html
    """

    code = "FWD206"
    definitions = frozenset({"__init__"})

    def findings(self, context: RuleContext) -> Iterator[Report]:
        """Yield the ``__init__``, or the assignment in it that comes too early."""
        init = _own_init(context)
        me = first_parameter(init) if init else None
        if init is None or me is None:
            return
        early, is_run = _before_super(init, me)
        if not _may_fail(early, me, is_run):
            return
        cls = context.defining_class
        if cls is None or not context.is_module(cls):
            return

        if not inheritance.is_made_plainly(context.resolver, cls):
            return
        if is_run:
            if (place := _too_early(context, early, me)) is not None:
                message = (
                    f"'{unparse(place)}' comes before 'super().__init__()' in the Module "
                    f"{cls.name}, which raises AttributeError; call that first"
                )
                yield Report(place, message)
        elif _is_alone(context, cls):
            message = (
                f"'__init__' of the Module {cls.name} never calls that of "
                "torch.nn.Module, so calling the Module raises AttributeError; "
                "start it with 'super().__init__()'"
            )
            yield Report(init, message)


def _is_alone(context: RuleContext, cls: SourceClass) -> bool:
    """Tell whether no other class of the project may run Module's ``__init__``.

    A mixin leaves that to the classes that it is mixed into, or to its base's sibling.
    """
    return (
        inheritance.source_classes(context.resolver, cls) == [cls]
        and f"{cls.name}.__init__" not in context.file.text
        and not call_definitions.has_own_call(context.resolver, cls)
    )


def _own_init(context: RuleContext) -> ast.FunctionDef | None:
    """Return the ``__init__`` defined here, if it is the only one of its class."""
    assert context.candidate.chain is not None
    node, owner = context.candidate.node, context.candidate.chain[0]
    if not isinstance(owner, ast.ClassDef) or not owner.bases:
        return None
    if not isinstance(node, ast.FunctionDef) or node.decorator_list:
        return None
    others = [item for item in owner.body if getattr(item, "name", "") == "__init__"]
    return node if others == [node] else None


def _before_super(init: ast.FunctionDef, me: str) -> tuple[list[ast.stmt], bool]:
    """Return the statements before Module's ``__init__`` may run, and if any runs it."""
    for index, statement in enumerate(init.body):
        if not _only_keeps(statement, me) and _may_make(statement, me):
            return init.body[:index], True
    return init.body, False


def _only_keeps(node: ast.stmt, me: str) -> bool:
    """Tell whether ``statement`` is the most common one, ``self.x = x``."""
    if not isinstance(node, ast.Assign) or len(node.targets) > 1:
        return False
    target, value = node.targets[0], node.value
    if not isinstance(target, ast.Attribute) or target.attr.startswith("__"):
        return False
    return isinstance(target.value, ast.Name) and (
        isinstance(value, ast.Constant)
        or (isinstance(value, ast.Name) and value.id not in (me, "locals", "super"))
    )


def _may_make(statement: ast.stmt, me: str) -> bool:
    """Tell whether ``statement`` may give the object ``me`` the state of a Module.

    It may if it mentions ``super`` or special attributes, or if it passes the object
    on; ``super()`` and ``super().__init__`` alone do nothing.
    """
    if isinstance(statement, ast.Expr) and (
        isinstance(statement.value, ast.Attribute) or _is_super(statement.value)
    ):
        return False
    owners: set[int] = set()
    names: list[ast.Name] = []
    for node in walk(statement):
        if isinstance(node, ast.Attribute):
            if node.attr.startswith("__") and node.attr.endswith("__"):
                return True
            owners.add(id(node.value))
        elif isinstance(node, ast.Name):
            names.append(node)
    return any(
        node.id in ("locals", "super") or (node.id == me and id(node) not in owners)
        for node in names
    )


def _is_super(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and unparse(node.func) == "super"


def _may_fail(early: list[ast.stmt], me: str, is_run: bool) -> bool:
    """Tell whether ``early`` assigns attributes: any, or what may be a layer."""
    parts = [part for statement in early for part in walk(statement)]
    if is_run and not any(isinstance(part, ast.Call) for part in parts):
        return False
    declared = {
        id(part.target)
        for part in parts
        if isinstance(part, ast.AnnAssign) and part.value is None
    }
    return any(
        isinstance(part, ast.Attribute)
        and _is_own(part, me)
        and (isinstance(part.ctx, ast.Store) or part.attr in ALL_REGISTRATIONS)
        and id(part) not in declared
        for part in parts
    )


def _is_own(node: ast.Attribute, me: str) -> bool:
    return is_name(node.value, me)


def _too_early(
    context: RuleContext, early: list[ast.stmt], me: str
) -> ast.Attribute | None:
    """Return the first place in ``early`` that registers something with the Module.

    ``context`` is the place of the ``__init__`` that ``early`` is the beginning of.
    """
    body = context.body
    assert body is not None
    inside = {id(node) for statement in early for node in walk(statement)}
    found: list[ast.Attribute] = []
    for node_path in body.node_paths(ast.Assign, ast.AnnAssign, ast.Call):
        node = node_path.node
        if id(node) not in inside:
            continue
        if isinstance(node, ast.Call):
            if _is_registration(node.func, context.at(node_path), me):
                found.append(node.func)
            continue
        assert isinstance(node, (ast.Assign, ast.AnnAssign))
        found += [
            target
            for target, value in pairs(node)
            if isinstance(target, ast.Attribute) and _is_own(target, me)
            if _is_registered(context.at(node_path), value)
        ]
    return min(found, key=lambda node: (node.lineno, node.col_offset), default=None)


def _is_registration(
    function: ast.expr, context: RuleContext, me: str
) -> TypeGuard[ast.Attribute]:
    """Tell whether ``function`` is Module's own method that registers something."""
    return (
        isinstance(function, ast.Attribute)
        and _is_own(function, me)
        and function.attr in ALL_REGISTRATIONS
        and not isinstance(context.evaluate(function), Function)
    )


def _is_registered(context: RuleContext, value: ast.expr) -> bool:
    """Tell whether ``value`` is a new Module, parameter or buffer, never None."""
    if isinstance(value, ast.IfExp):
        return _is_registered(context, value.body) and _is_registered(
            context, value.orelse
        )
    if isinstance(value, ast.Name) and context.body:
        made = context.body.only_values(value.id)
        return bool(made) and all(
            isinstance(item, ast.Call) and _is_registered(context, item)
            for item in made
        )
    if not isinstance(value, ast.Call):
        return False
    if context.library_name(value.func) in ALL_REGISTERED:
        return True
    return NONE not in alternatives(context.evaluate(value)) and (
        context.receiver(value).state == "module"
    )
