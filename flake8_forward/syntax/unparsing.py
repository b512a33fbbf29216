"""From ``ast`` nodes to code, even where ``ast.unparse`` fails, and back."""

from __future__ import annotations

import ast
import warnings
from copy import deepcopy

MAX_SOURCE = 60
"""Characters of code that a message quotes."""


def unparse(node: ast.AST) -> str:
    """Return the code of ``node``, with ``...`` for what cannot be written."""
    try:
        return ast.unparse(node)
    except ValueError:
        return ast.unparse(_Simplifier().visit(deepcopy(node)))


def expression(text: str) -> ast.expr | None:
    """Return the tree of an expression's code, None if this Python cannot parse it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text, mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def without_lines(code: str) -> str:
    """Return an expression's ``code``; rewritten by Python if it has several lines."""
    tree = expression(f"({code})") if "\n" in code else None
    return code if tree is None else unparse(tree)


def shortened(code: str) -> str:
    """Return ``code`` as a message quotes it: on one line, and not too long."""
    text = " ".join(code.split())
    if len(text) <= MAX_SOURCE:
        return text
    half = (MAX_SOURCE - 3) // 2
    return f"{text[:half]}...{text[-half:]}"


def string(node: ast.AST | None) -> str | None:
    """Return the value of ``node`` if it is a string literal, None otherwise."""
    value = node.value if isinstance(node, ast.Constant) else None
    return value if isinstance(value, str) else None


class _Simplifier(ast.NodeTransformer):
    """Leaves out integers with too many digits, and f-strings for their quotes."""

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        """Replace an integer that Python does not turn into text."""
        try:
            repr(node.value)
        except ValueError:
            return ast.Constant(...)
        return node

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.Constant:
        """Replace an f-string: it may hold more kinds of quotes than there are."""
        return ast.Constant(...)
