"""What a function does with an object that it has just created."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_forward.analysis.methods import guards
from flake8_forward.knowledge.vocabulary import MOVES, PARAMETERS
from flake8_forward.lint.context import RuleContext
from flake8_forward.syntax.body import Body
from flake8_forward.syntax.shapes import key_of
from flake8_forward.syntax.tree import NodePath


def parent(node_path: NodePath) -> ast.AST | None:
    """Return the parent of the node at the end of ``node_path``."""
    return node_path.chain[0] if node_path.chain else None


def moved(node_path: NodePath) -> NodePath:
    """Return the node path of the expression that converts the value at ``node_path``."""
    while node_path.chain is not None and node_path.chain[1] is not None:
        attribute, (call, rest) = node_path.chain[0], node_path.chain[1]
        if (
            not isinstance(attribute, ast.Attribute)
            or attribute.attr not in MOVES
            or not isinstance(call, ast.Call)
            or call.func is not attribute
        ):
            break
        node_path = NodePath(call, rest)
    return node_path


def stored_as(node_path: NodePath) -> str | None:
    """Return the key of the target if the value at ``node_path`` is assigned to one."""
    node = parent(node_path)
    if isinstance(node, ast.Assign) and node.value is node_path.node:
        return key_of(node.targets[0]) if len(node.targets) == 1 else None
    if (
        isinstance(node, (ast.AnnAssign, ast.NamedExpr))
        and node.value is node_path.node
    ):
        return key_of(node.target)
    return None


def reads(body: Body, key: str) -> Iterator[NodePath]:
    """Yield where the body reads the name or attribute chain ``key``."""
    for node_path in body.read(key.rpartition(".")[2]):
        if key_of(node_path.node) == key:
            yield node_path


def is_conditional(context: RuleContext) -> bool:
    """Tell whether ``context`` may be skipped: it is in a branch or after an exit.

    What is assigned there may be created once, when first needed. Checks of the
    input, which raise, do not count.
    """
    if any(isinstance(node, (ast.Try, ast.ExceptHandler)) for node in context.ancestry):
        return True
    assert context.body is not None
    checks: list[ast.expr] = [node.test for node in context.body.nodes(ast.Assert)]
    checks += [
        node.test
        for node in context.body.nodes(ast.If)
        if isinstance(node.body[-1], ast.Raise) and not node.orelse
    ]
    return any(test not in checks for test in guards.tests(context))


def made_by(context: RuleContext) -> ast.Call | None:
    """Return the call of torch's Parameter that the word at ``context`` names."""
    call, node = context.ancestry[-2], context.candidate.node
    if not isinstance(call, ast.Call) or call.func is not node:
        return None
    assert isinstance(node, ast.expr)
    return call if context.library_name(node) in PARAMETERS else None
