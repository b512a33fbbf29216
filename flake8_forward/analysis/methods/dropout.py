"""Whether functional dropout is on in eval mode, because no code checks the mode."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_forward.analysis.methods.guards import on_training, tests
from flake8_forward.analysis.methods.settings import (
    assigned,
    attribute_of_self,
    is_fixed,
)
from flake8_forward.inference.evidence.references import calls
from flake8_forward.lint.context import RuleContext
from flake8_forward.syntax.tree import Chain, NodePath
from flake8_forward.syntax.unparsing import unparse

MAX_CALLS = 3
"""Calls that are followed backwards from a method."""

_MODE = re.compile(r"train|eval|infer|predict|deterministic|sampl", re.IGNORECASE)
_DELIBERATE = re.compile(r"mc_?drop|monte_?carlo|bayes|uncertain", re.IGNORECASE)
_FOR_TRAINING = re.compile(r"train|loss|augment|corrupt|perturb|mixup", re.IGNORECASE)
_SWITCH = re.compile(
    r"active|aug|drop|enable|mode|nois[ey]|perturb|random|regular|stochast|switch",
    re.IGNORECASE,
)
_IN_EVAL = r"\b(?:alway|inference|eval|test[- ]time|non-?determin)"
_DOCUMENTED = re.compile(rf"drop[^.]*{_IN_EVAL}|{_IN_EVAL}[^.]*drop", re.IGNORECASE)


def ignores_mode(context: RuleContext, probability: ast.expr | None) -> bool:
    """Tell whether dropout at ``context`` is on in eval mode, too, as far as is known.

    In a method of a Module that neither asks for its mode on the way there nor lets
    its callers decide, with a ``probability`` (None: torch's default) that is set up
    once and not zero.
    """
    if not _is_open(context) or _is_deliberate(context):
        return False
    if probability is not None and not _is_set(context, probability):
        return False
    return not _is_for_training(context)


def _is_open(context: RuleContext) -> bool:
    """Tell whether neither mode nor caller decide if ``context`` is reached."""
    if on_training(context):
        return False
    switches = [part for test in tests(context) for part in _switches(test)]
    return all(
        is_fixed(context, switch)
        for switch in switches
        if _SWITCH.search(unparse(switch))
    )


def _is_deliberate(context: RuleContext) -> bool:
    """Tell whether a name or docstring says that dropout stays on."""
    if context.owner is None:
        return True
    nodes = [context.owner.node, *(scope.node for scope in context.functions)]
    return any(
        _DELIBERATE.search(getattr(node, "name", ""))
        or _DOCUMENTED.search(ast.get_docstring(node) or "")
        for node in nodes
    )


def _is_set(context: RuleContext, probability: ast.expr) -> bool:
    """Tell whether ``__init__`` sets ``probability``, and not to zero."""
    assert context.body is not None
    if any(_MODE.search(word) for word in context.body.words(probability)):
        return False
    if _is_zero(context, probability) or not is_fixed(context, probability):
        return False
    return not any(_needs_zero(context, test) for test in tests(context))


def _is_zero(context: RuleContext, node: ast.expr) -> bool:
    """Tell whether ``node`` is always zero, or the rate of a layer of rate zero."""
    if isinstance(node, ast.Constant):
        return not node.value
    if isinstance(node, ast.Call):
        arguments = [*node.args[:1], *(item.value for item in node.keywords)]
        return any(_is_zero(context, argument) for argument in arguments)
    if isinstance(node, ast.Attribute) and node.attr == "p":
        node = node.value
    attribute = attribute_of_self(context, node)
    values = assigned(context, attribute) if attribute else []
    return bool(values) and all(
        isinstance(value, (ast.Constant, ast.Call)) and _is_zero(context, value)
        for value in values
    )


def _needs_zero(context: RuleContext, test: ast.expr) -> bool:
    """Tell whether ``test`` compares a dropout rate with zero, or may do so."""
    attribute = attribute_of_self(context, test)
    if attribute and not _is_rate(test):
        return any(_is_rate(value) for value in assigned(context, attribute))
    if isinstance(test, ast.Compare):
        return _is_rate(test) and not isinstance(test.ops[0], (ast.Gt, ast.NotEq))
    if isinstance(test, ast.UnaryOp):
        return _is_rate(test.operand) or _needs_zero(context, test.operand)
    if isinstance(test, ast.BoolOp):
        return any(_needs_zero(context, value) for value in test.values)
    return False


def _is_rate(node: ast.expr) -> bool:
    return "drop" in unparse(node).lower()


def _switches(test: ast.expr) -> Iterator[ast.expr]:
    """Yield the operands of ``test`` that are truth values, and dropout rates."""
    if isinstance(test, ast.BoolOp):
        for value in test.values:
            yield from _switches(value)
    elif isinstance(test, ast.UnaryOp):
        yield from _switches(test.operand)
    elif isinstance(test, ast.Compare):
        yield from filter(_is_rate, [test.left, *test.comparators])
    elif isinstance(test, (ast.Name, ast.Attribute, ast.Subscript)):
        yield test


def _is_for_training(context: RuleContext, depth: int = MAX_CALLS) -> bool:
    """Tell whether the method of ``context`` is only called in training, if known."""
    method = context.method
    if method is None or method.name == "forward":
        return False
    found = [
        context.at(NodePath(path[-1], _chain(path)))
        for path in calls(context.file, method.name)
    ]
    outside = [caller for caller in found if caller.method not in (None, method)]
    if not outside:
        return _FOR_TRAINING.search(method.name) is not None
    return all(
        not _is_open(caller) or (depth > 0 and _is_for_training(caller, depth - 1))
        for caller in outside
    )


def _chain(path: list[ast.AST]) -> Chain:
    chain: Chain = None
    for node in path[:-1]:
        chain = (node, chain)
    return chain
