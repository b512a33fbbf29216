"""Changes of ``sys.path`` in a file, as far as its text tells what is added.

Only statements at module level count, in their order. Nothing is run: paths are taken
from literals, from ``__file__`` and from the functions of ``os.path`` and ``pathlib``.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Iterator
from typing import NamedTuple

from flake8_forward.project.disk import Disk
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.shapes import first_parameter, is_name, key_of, named, pairs
from flake8_forward.syntax.tree import FUNCTIONS, children, own_nodes
from flake8_forward.syntax.unparsing import string

SEARCH_PATH = "sys.path"

MAX_FOLDERS = 24
"""Folders that one file may add: each name that is not found is looked for in all."""

MAX_IMPORTS = 24
"""Imports in one file that are looked at."""

MAX_DEPTH = 24
"""Operations in one path."""

MAX_LENGTH = 4000
"""Characters of a path: names that are joined with themselves grow fast."""

_UNCHANGED = ("abspath", "absolute", "as_posix", "fspath", "realpath", "resolve", "str")
_JOINED = ("Path", "PurePath", "join", "joinpath", "normpath")
_HERE = ("cwd", "getcwd")


class Added(NamedTuple):
    """The folders that a file puts before and after all others, in order."""

    first: tuple[str, ...] = ()
    last: tuple[str, ...] = ()


NOTHING = Added()


def added(file: SourceFile, disk: Disk) -> Added:
    """Return the folders that ``file`` adds to ``sys.path``: none outside its project.

    A relative path counts from the working folder, which is not known: it may be any
    folder from that of the file up to the top of the project.
    """
    if SEARCH_PATH not in file.text:
        return NOTHING
    answers: dict[None, Added] = file.memo.answers(added)
    if None not in answers:
        answers[None] = _read(file, disk)
    return answers[None]


def _read(file: SourceFile, disk: Disk) -> Added:
    starts = disk.up_to_project_top(file.folder)
    parts: list[Added] = []
    for path, is_first in _Reader(file.path).additions(file.tree):
        places = (os.path.normpath(os.path.join(start, path)) for start in starts)
        folders = tuple(
            place
            for place in places
            if disk.is_folder(place) and disk.is_inside(place, file.folder)
        )
        parts.append(Added(folders, ()) if is_first else Added((), folders))
    return in_turn(parts)


def in_turn(parts: list[Added]) -> Added:
    """Return what ``parts`` add one after the other."""
    first = dict.fromkeys(path for part in reversed(parts) for path in part.first)
    last = dict.fromkeys(path for part in parts for path in part.last)
    return Added(tuple(first)[:MAX_FOLDERS], tuple(last)[:MAX_FOLDERS])


def imported_for_effect(file: SourceFile) -> list[str]:
    """Return the modules that ``file`` imports without a use, as ``_init_paths``."""
    names = [
        alias.name
        for node in file.tree.body
        if isinstance(node, ast.Import)
        for alias in node.names
        if alias.name.isidentifier() and alias.name not in sys.stdlib_module_names
    ]
    return [name for name in names[:MAX_IMPORTS] if file.text.count(name) == 1]


class _Reader:
    """Knows the paths that names stand for, statement by statement."""

    def __init__(self, path: str) -> None:
        self._paths: dict[str, str | None] = {"__file__": path}
        self._adders: dict[str, bool] = {}

    def additions(self, tree: ast.Module) -> Iterator[tuple[str, bool]]:
        """Yield each path that is added, and whether it comes before all others."""
        for node in _in_order(tree):
            if isinstance(node, FUNCTIONS):
                self._define(node)
            elif isinstance(node, ast.Assign | ast.AnnAssign):
                for target, value in pairs(node):
                    if isinstance(target, ast.Name):
                        self._paths[target.id] = self._path(value)
            for value, is_first in self._added_by(node):
                path = self._path(value)
                if path is not None:
                    yield path, is_first

    def _define(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        """Remember a function that adds its parameter, as ``_init_paths`` have it."""
        parameter = first_parameter(node)
        for inner in own_nodes(node):
            for value, is_first in self._added_by(inner):
                if is_name(value, parameter):
                    self._adders[node.name] = is_first

    def _added_by(self, node: ast.AST) -> Iterator[tuple[ast.expr, bool]]:
        if isinstance(node, ast.AugAssign) and key_of(node.target) == SEARCH_PATH:
            for value in getattr(node.value, "elts", ()):
                yield value, False
        if not isinstance(node, ast.Call) or not node.args:
            return
        called = key_of(node.func) or ""
        if called == f"{SEARCH_PATH}.append":
            yield node.args[0], False
        elif called == f"{SEARCH_PATH}.insert":
            yield node.args[-1], True
        elif called == f"{SEARCH_PATH}.extend":
            for value in getattr(node.args[0], "elts", ()):
                yield value, False
        elif called in self._adders:
            yield node.args[0], self._adders[called]

    def _path(self, node: ast.expr, depth: int = 0) -> str | None:
        """Return the path that ``node`` evaluates to, None if that cannot be told."""
        if depth > MAX_DEPTH:
            return None
        deeper = depth + 1
        if isinstance(node, ast.Name):
            return self._paths.get(node.id)
        if isinstance(node, ast.Call):
            return self._called(node, deeper)
        if isinstance(node, ast.BinOp):
            parts = [self._path(node.left, deeper), self._path(node.right, deeper)]
            return _joined(parts, "" if isinstance(node.op, ast.Add) else os.sep)
        if isinstance(node, ast.Attribute):
            if node.attr == "parent":
                return _above(self._path(node.value, deeper), 1)
            return os.pardir if node.attr == "pardir" else None
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute):
            level = getattr(node.slice, "value", None)
            if node.value.attr == "parents" and isinstance(level, int):
                return _above(self._path(node.value.value, deeper), level + 1)
        return string(node)

    def _called(self, call: ast.Call, depth: int) -> str | None:
        name = named(call.func)
        paths = [self._path(value, depth) for value in call.args]
        if isinstance(call.func, ast.Attribute):
            owner = self._path(call.func.value, depth)
            if owner is not None and name == "join":
                return None  # of a string
            paths = [owner, *paths] if owner is not None else paths
        if name in _HERE:
            return ""
        if name in _UNCHANGED and paths:
            return paths[0]
        if name == "dirname" and paths:
            return _above(paths[0], 1)
        return _joined(paths, os.sep) if name in _JOINED else None


def _in_order(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield the nodes that run when the module does, in their order."""
    work: list[ast.AST] = [tree]
    while work:
        node = work.pop()
        yield node
        if not isinstance(node, (*FUNCTIONS, ast.ClassDef, ast.Lambda)):
            work += reversed(children(node))


def _joined(paths: list[str | None], separator: str) -> str | None:
    known = [path for path in paths if path is not None]
    if len(known) < len(paths) or sum(map(len, known)) > MAX_LENGTH:
        return None
    return os.path.join("", *known) if separator else "".join(known)


def _above(path: str | None, levels: int) -> str | None:
    """Return the folder that many ``levels`` above ``path``."""
    if path is None or not 0 < levels <= MAX_DEPTH:
        return None
    return os.path.normpath(os.path.join(path, *[os.pardir] * levels))
