"""Function bodies that are dropped from a tree, and parsed again when needed.

Of a file that others import, mostly names and classes are needed. Its tree would take
fifty times the memory of its text, and Python's garbage collector would visit all of
it each time.
"""

from __future__ import annotations

import ast
from typing import TypeAlias
from weakref import ref

from flake8_forward.project.files import SourceFile
from flake8_forward.project.source import parse
from flake8_forward.syntax.tree import functions

MIN_LINES = 4
"""Shorter bodies are kept."""


class Rest:
    """The lines of a file, from 1 and both included, that hold a dropped body.

    It refers to the text, not to the file, which refers to the tree: without cycles, a
    dropped file is free at once.
    """

    __slots__ = ("_file", "_first", "_last", "_text", "weight")

    def __init__(self, file: SourceFile, first: int, last: int) -> None:
        self._file = ref(file)
        self._text = file.text
        self._first, self._last = first, last
        share = (last - first + 1) / len(file.lines)
        self.weight = int(share * file.whole_weight)
        """The weight of this part of the file, in bytes of source code."""

    def parsed(self) -> list[ast.stmt]:
        """Return the statements, with their places in the file."""
        file = self._file()
        lines = file.lines if file is not None else self._text.split("\n")
        body = "\n".join(lines[self._first - 1 : self._last])
        # The ``if`` allows the lines to stay indented.
        tree = parse("\n" * (self._first - 2) + "if 1:\n" + body)
        outer = tree.body[0] if tree is not None else None
        if file is not None:
            file.weight += self.weight
        return outer.body if isinstance(outer, ast.If) else [ast.Pass()]


class DeferredFunction(ast.FunctionDef):
    """A function without its body, which is restored when it is accessed."""

    __slots__ = ()

    @property
    def body(self) -> list[ast.stmt]:  # type: ignore[override]
        """The statements."""
        return _complete(self, ast.FunctionDef)


class DeferredAsyncFunction(ast.AsyncFunctionDef):
    """The same for ``async def``."""

    __slots__ = ()

    @property
    def body(self) -> list[ast.stmt]:  # type: ignore[override]
        """The statements."""
        return _complete(self, ast.AsyncFunctionDef)


Deferred: TypeAlias = DeferredFunction | DeferredAsyncFunction
DEFERRED: dict[type[ast.AST], type[Deferred]] = {
    ast.FunctionDef: DeferredFunction,
    ast.AsyncFunctionDef: DeferredAsyncFunction,
}


def _complete(node: Deferred, kind: type[ast.AST]) -> list[ast.stmt]:
    """Restore ``node``, and return its body."""
    rest: Rest = vars(node).pop("rest")
    body = rest.parsed()
    vars(node)["body"] = body
    node.__class__ = kind  # type: ignore[assignment]
    return body


def defer(file: SourceFile) -> None:
    """Drop the bodies of the functions and methods in ``file``, to be parsed again."""
    for node in functions(file.tree.body, (ast.ClassDef,)):
        _drop_body(file, node)


def _drop_body(file: SourceFile, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
    start, last = node.body[0], node.end_lineno or 0
    if last - start.lineno + 1 < MIN_LINES or hasattr(start, "decorator_list"):
        return
    before = file.lines[start.lineno - 1][: start.col_offset]
    if before.strip():
        return  # a part of the function's head is on that line
    rest = Rest(file, start.lineno, last)
    file.weight -= rest.weight
    del vars(node)["body"]
    node.__class__ = DEFERRED[type(node)]
    vars(node)["rest"] = rest
