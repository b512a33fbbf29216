"""The files that resolution has read, shared by all files that one process lints."""

from __future__ import annotations

import ast
import os
from collections import OrderedDict
from typing import TYPE_CHECKING

from flake8_forward.modules import locate
from flake8_forward.modules.knowledge_base import Knowledge
from flake8_forward.modules.scopes import Scope
from flake8_forward.modules.source import parse, read_source

if TYPE_CHECKING:
    from flake8_forward.modules.types import SourceClass
    from flake8_forward.options import Options

KEPT_SOURCE_BYTES = 800_000
"""Source kept parsed between linted files; a tree takes some 50 times its source."""

READ_SOURCE_BYTES = 8_000_000
"""Source read on behalf of one linted file: beyond it, names stay unknown."""

MAX_DEPTH = 80
"""Nested evaluations before an answer is given up as unknown."""

MAX_STEPS = 20_000
"""Evaluations on behalf of one question before it is given up as unknown."""


class SourceFile:
    """A parsed file."""

    def __init__(self, path: str, text: str, tree: ast.Module, name: str) -> None:
        self.path = path
        self.folder = os.path.dirname(path)
        self.text = text
        self.name = name
        self.has_walrus = ":=" in text
        self.classes: dict[int, SourceClass] = {}
        self.calls: dict[str, list[list[ast.AST]]] | None = None
        self.promises: list[tuple[str, str, str]] | None = None
        self.uses: dict[int, frozenset[str]] = {}  # as Modules, by body
        self.is_telling: bool | None = None  # whether such uses say anything
        self.scope = Scope("module", tree, self)
        self.tree = tree


class Project:
    """Everything that answers share: where files are, what they say, what is known.

    Memory is bounded: after a file is linted, the files that were not used for longest
    are dropped until what is kept is within its limit.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.knowledge = Knowledge()
        self.locator = locate.Locator(options.source_roots, options.site_packages)
        self._files: OrderedDict[str, SourceFile | None] = OrderedDict()
        self._read = 0
        self.active: set[int] = set()
        self.cuts = 0
        self.steps = 0

    def ask(self) -> None:
        """Begin a new question: it has all its steps before it."""
        self.steps = 0

    def is_spent(self) -> bool:
        """Count one step; tell whether the question has had all it is worth."""
        self.steps += 1
        if self.steps > MAX_STEPS or len(self.active) > MAX_DEPTH:
            self.cuts += 1
            return True
        return False

    def start(self, path: str, tree: ast.Module, text: str) -> SourceFile:
        """Return the file to be linted, as flake8 sees it: unsaved changes included."""
        self.finish()
        self._read = 0
        self.active.clear()
        path = os.path.abspath(path)
        file = SourceFile(path, text, tree, locate.dotted_name(path))
        # Few linted files are imported by the next one: it goes first.
        self._files[path] = file
        self._files.move_to_end(path, last=False)
        return file

    def file(self, path: str) -> SourceFile | None:
        """Return the parsed file at ``path``; None if it cannot be read or parsed."""
        if path in self._files:
            self._files.move_to_end(path)
        else:
            self._files[path] = self._load(path)
        return self._files[path]

    def finish(self) -> None:
        """Let go of what is too much to keep: a file has been linted."""
        kept = sum(len(file.text) for file in self._files.values() if file)
        while kept > KEPT_SOURCE_BYTES:
            _, file = self._files.popitem(last=False)
            kept -= len(file.text) if file else 0

    def _load(self, path: str) -> SourceFile | None:
        if self._read > READ_SOURCE_BYTES:
            return None
        text = read_source(path)
        tree = None if text is None else parse(text)
        if text is None or tree is None:
            return None
        self._read += len(text)
        return SourceFile(path, text, tree, locate.dotted_name(path))
