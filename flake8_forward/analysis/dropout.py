"""Whether functional dropout is on in eval mode: nobody asks for the mode."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_forward.analysis.body import Spot
from flake8_forward.analysis.guards import on_training, tests
from flake8_forward.analysis.settings import assigned, attribute_of_self, is_fixed
from flake8_forward.modules.evidence import callers
from flake8_forward.unparsing import unparse

if TYPE_CHECKING:
    from flake8_forward.context import Site
    from flake8_forward.gate import Chain

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


def ignores_mode(site: Site, probability: ast.expr | None) -> bool:
    """Tell whether dropout at ``site`` is on in eval mode, too, as far as seen.

    In a method of a Module that neither asks for its mode on the way there nor lets
    its callers decide, with a ``probability`` (None: torch's default) that is set up
    once and not zero.
    """
    if not _is_open(site) or _is_deliberate(site):
        return False
    if probability is not None and not _is_set(site, probability):
        return False
    return not _is_for_training(site)


def _is_open(site: Site) -> bool:
    """Tell whether neither the mode nor the caller decides that ``site`` is reached."""
    if on_training(site):
        return False
    switches = [part for test in tests(site) for part in _switches(test)]
    return all(
        is_fixed(site, switch) for switch in switches if _SWITCH.search(unparse(switch))
    )


def _is_deliberate(site: Site) -> bool:
    """Tell whether a name or docstring says that dropout stays on."""
    if site.owner is None:
        return True
    nodes = [site.owner.node, *(scope.node for scope in site.functions)]
    return any(
        _DELIBERATE.search(getattr(node, "name", ""))
        or _DOCUMENTED.search(ast.get_docstring(node) or "")
        for node in nodes
    )


def _is_set(site: Site, probability: ast.expr) -> bool:
    """Tell whether the set-up decides on ``probability``, and not for zero."""
    assert site.body is not None
    if any(_MODE.search(word) for word in site.body.words(probability)):
        return False
    if _is_zero(site, probability) or not is_fixed(site, probability):
        return False
    return not any(_needs_zero(site, test) for test in tests(site))


def _is_zero(site: Site, node: ast.expr) -> bool:
    """Tell whether ``node`` is always zero, or the rate of a layer that drops nothing."""
    if isinstance(node, ast.Constant):
        return not node.value
    if isinstance(node, ast.Call):
        arguments = [*node.args[:1], *(item.value for item in node.keywords)]
        return any(_is_zero(site, argument) for argument in arguments)
    if isinstance(node, ast.Attribute) and node.attr == "p":
        node = node.value
    attribute = attribute_of_self(site, node)
    values = assigned(site, attribute) if attribute else []
    return bool(values) and all(
        isinstance(value, (ast.Constant, ast.Call)) and _is_zero(site, value)
        for value in values
    )


def _needs_zero(site: Site, test: ast.expr) -> bool:
    """Tell whether ``test`` compares a dropout rate with zero, or may stand for that."""
    attribute = attribute_of_self(site, test)
    if attribute and not _is_rate(test):
        return any(_is_rate(value) for value in assigned(site, attribute))
    if isinstance(test, ast.Compare):
        return _is_rate(test) and not isinstance(test.ops[0], (ast.Gt, ast.NotEq))
    if isinstance(test, ast.UnaryOp):
        return _is_rate(test.operand) or _needs_zero(site, test.operand)
    if isinstance(test, ast.BoolOp):
        return any(_needs_zero(site, value) for value in test.values)
    return False


def _is_rate(node: ast.expr) -> bool:
    return "drop" in unparse(node).lower()


def _switches(test: ast.expr) -> Iterator[ast.expr]:
    """Yield what ``test`` takes for true or false as it is, and dropout rates."""
    if isinstance(test, ast.BoolOp):
        for value in test.values:
            yield from _switches(value)
    elif isinstance(test, ast.UnaryOp):
        yield from _switches(test.operand)
    elif isinstance(test, ast.Compare):
        yield from filter(_is_rate, [test.left, *test.comparators])
    elif isinstance(test, (ast.Name, ast.Attribute, ast.Subscript)):
        yield test


def _is_for_training(site: Site, calls: int = MAX_CALLS) -> bool:
    """Tell whether the method of ``site`` is called in training only, as far as seen."""
    method = site.method
    if method is None or method.name == "forward":
        return False
    found = [
        site.at(Spot(path[-1], _chain(path)))
        for path in callers(site.file, method.name)
    ]
    outside = [caller for caller in found if caller.method not in (None, method)]
    if not outside:
        return _FOR_TRAINING.search(method.name) is not None
    return all(
        not _is_open(caller) or (calls > 0 and _is_for_training(caller, calls - 1))
        for caller in outside
    )


def _chain(path: list[ast.AST]) -> Chain:
    chain: Chain = None
    for node in path[:-1]:
        chain = (node, chain)
    return chain
