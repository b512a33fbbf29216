"""FWD204: forward is a coroutine function or a generator."""

from __future__ import annotations

import ast
import re

from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.shapes import decorators, is_declaration, is_transparent
from flake8_forward.syntax.unparsing import unparse

_OF_CLASSES = re.compile(r"dataclass|final|register")
"""Decorators of classes, by a part of their names, that do not change methods."""

_PROMISED = ("AsyncGenerator", "AsyncIterator", "Generator", "Iterable", "Iterator")


class LazyForward(WordRule):
    """``forward`` that is ``async`` or yields: a call computes nothing yet.

    ``torch.nn.Module.__call__`` returns whatever ``forward`` returns, so callers, hooks
    and later layers get a coroutine or a generator instead of a tensor. The body runs
    later: a generator runs under the grad mode and autocast of the code that iterates
    over it, not those of the call.

    Exempt: an ``async`` ``forward`` that awaits something; a generator that is
    annotated as one (``-> Iterator[Tensor]``); decorators other than those for the grad
    mode; classes with decorators that may run ``forward`` in their own way; stubs.

    Fix: return the result, or a list of several results. To stream, use a method with
    another name.

    Source: https://docs.pytorch.org/docs/stable/notes/modules.html#module-hooks
    """

    code = "FWD204"
    definitions = frozenset({"forward"})

    def check(self, context: RuleContext) -> str | None:
        """Return the message for a Module's forward that returns a lazy object."""
        node = context.candidate.node
        made = _made(context, node)
        if made is None or _is_declared(node):
            return None
        cls = context.defining_class
        if cls is None or not context.is_module(cls):
            return None
        if not all(_OF_CLASSES.search(name) for name in decorators(cls.node)):
            return None
        return (
            f"'forward' of the Module {cls.name} returns {made}: callers and hooks "
            "get that instead of the result; return the result"
        )


def _made(context: RuleContext, node: ast.AST) -> str | None:
    """Return what calling the function returns if it does not run the body."""
    is_async = isinstance(node, ast.AsyncFunctionDef)
    if not is_async and "yield" not in context.text:
        return None
    body = context.body
    assert body is not None
    if body.node_paths(ast.Yield, ast.YieldFrom):
        if _is_promised(node):
            return None
        return "an asynchronous generator" if is_async else "a generator"
    if not is_async:
        return None
    awaits = body.node_paths(ast.Await, ast.AsyncFor, ast.AsyncWith)
    comprehends = any(part.is_async for part in body.nodes(ast.comprehension))
    return None if awaits or comprehends else "a coroutine"


def _is_promised(node: ast.AST) -> bool:
    """Tell whether the annotation of the result says that it is lazy."""
    returns = getattr(node, "returns", None)
    return returns is not None and any(name in unparse(returns) for name in _PROMISED)


def _is_declared(node: ast.AST) -> bool:
    """Tell whether there is nothing to run, or a decorator that may run it otherwise."""

    assert isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef))
    return is_declaration(node) or not is_transparent(node)
