"""The files that resolution has read, shared by all files that one process lints."""

from __future__ import annotations

import ast
import os
import re
from collections import OrderedDict, defaultdict
from functools import cached_property
from typing import TYPE_CHECKING

from flake8_forward.flow.scopes import Scope
from flake8_forward.inference.knowledge import Knowledge
from flake8_forward.project import locating
from flake8_forward.project.collection import Memory
from flake8_forward.project.lazy_bodies import defer
from flake8_forward.project.source import parse, read_source, weight
from flake8_forward.syntax.tree import FunctionNode, functions

if TYPE_CHECKING:
    from flake8_forward.flow.states import Origin
    from flake8_forward.inference.values import External, Namespace, SourceClass, Type
    from flake8_forward.project.options import Options
    from flake8_forward.verdicts.call_definitions import ByStatement

KEPT_SOURCE_BYTES = 400_000
"""Source kept parsed between linted files; a tree takes some 50 times its source."""

MAX_SETTLED_BYTES = 100_000
"""A linted file above this size, whose tree is still there, would stay for too long."""

KEPT_ENTRY_BYTES = 500
"""What a kept file counts for beside its source, also one that cannot be read."""

READ_SOURCE_BYTES = 1_500_000
"""Source read on behalf of one linted file: beyond it, names stay unknown."""

MAX_DEPTH = 80
"""Nested evaluations before an answer is given up as unknown."""

MAX_STEPS = 20_000
"""Evaluations on behalf of one question before it is given up as unknown."""

MAX_FILE_STEPS = 300_000
"""Evaluations on behalf of one linted file: a few seconds."""

LAST_STEPS = 100
"""Evaluations on behalf of a question when those of the file are used up."""


_WORD = re.compile(r"\w+")


class SourceFile:
    """A parsed file."""

    def __init__(self, path: str, text: str, tree: ast.Module, weight: int = 0) -> None:
        self.path = path
        self.whole_weight = self.weight = weight
        self.folder = os.path.dirname(path)
        self.text = text
        self.name = locating.dotted_name(path)
        self.is_imported = False
        self.has_walrus = ":=" in text
        self.classes: dict[int, SourceClass] = {}
        self.calls: dict[str, list[list[ast.AST]]] | None = None
        self.promises: list[tuple[str, str, str]] | None = None
        self.uses: dict[int, frozenset[str]] = {}  # as Modules, by body
        self.is_telling: bool | None = None  # whether such uses say anything
        self.in_methods: dict[tuple[Scope, str, str], list[Origin]] = {}  # see members
        self.definitions: dict[SourceClass, ByStatement] = {}  # see protocol
        self._methods: dict[int, dict[str, list[FunctionNode]]] = {}  # by class, word
        self.stars: list[Namespace | External] | None = None
        self.starred: dict[str, Type | None] = {}
        self.public: frozenset[str] | None = None
        self.scope = Scope("module", tree, self)
        self.tree = tree

    def forget(self) -> None:
        """Let go of the tree and what was found out: both refer to themselves.

        Python would find that only later, when much of it has come together.
        """
        self.release()
        for cls in self.classes.values():
            cls.lineage = None
        self.classes.clear()
        self.scope.forget()
        del self.scope

    def release(self) -> None:
        """Let go of what is quickly found again."""
        vars(self).pop("lines", None)
        self._methods.clear()
        self.in_methods.clear()
        self.definitions.clear()

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their ends."""
        return self.text.split("\n")

    def around(self, node: ast.AST) -> str:
        """Return the lines on which ``node`` stands: of a definition, all of it."""
        start, end = getattr(node, "lineno", 1), getattr(node, "end_lineno", None)
        return "\n".join(self.lines[start - 1 : end])

    def methods(self, cls: ast.ClassDef, word: str) -> list[FunctionNode]:
        """Return the functions in ``cls`` whose text has the identifier ``word``."""
        if id(cls) not in self._methods:
            found: dict[str, list[FunctionNode]] = defaultdict(list)
            for node in functions(cls.body):
                for each in set(_WORD.findall(self.around(node))):
                    found[each].append(node)
            self._methods[id(cls)] = found
        return self._methods[id(cls)].get(word, [])


def _weight(file: SourceFile | None) -> int:
    return KEPT_ENTRY_BYTES + (file.weight if file else 0)


class Project:
    """Everything that answers share: where files are, what they say, what is known.

    Memory is bounded: after a file is linted, the files that were not used for longest
    are dropped until what is kept is within its limit.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.knowledge = Knowledge()
        self.locator = locating.Locator(options.source_roots, options.site_packages)
        self._files: OrderedDict[str, SourceFile | None] = OrderedDict()
        self._linted: SourceFile | None = None
        self._memory = Memory()
        self._read = 0
        self._readable: dict[str, bool] = {}
        self.active: set[int] = set()
        self.cuts = 0
        self.steps = 0
        self.file_steps = 0

    def ask(self) -> None:
        """Begin a new question, with all its steps before it, or the last few."""
        self.file_steps += self.steps
        is_rich = self.file_steps < MAX_FILE_STEPS
        self.steps = 0 if is_rich else MAX_STEPS - LAST_STEPS

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
        self.steps = self.file_steps = 0
        self.active.clear()
        self._readable.clear()
        self._linted = SourceFile(os.path.abspath(path), text, tree, len(text))
        return self._linted

    def file(self, path: str) -> SourceFile | None:
        """Return the parsed file at ``path``; None if it cannot be read or parsed."""
        linted = self._linted
        if path not in self._readable:
            folder = linted.folder if linted is not None else ""
            self._readable[path] = self.locator.may_read(path, folder)
        if not self._readable[path]:
            return None
        if linted is not None and path == linted.path:
            linted.is_imported = True
            return linted
        if path in self._files:
            self._files.move_to_end(path)
        elif self._read > READ_SOURCE_BYTES:
            return None
        else:
            self._files[path] = self._load(path)
        return self._files[path]

    def finish(self) -> None:
        """Let go of what is too much to keep: a file has been linted."""
        linted, self._linted = self._linted, None
        if linted is None:
            return
        if linted.is_imported:
            self._drop(linted.path)
            self._files[linted.path] = linted  # others refer to it
        else:
            linted.forget()
        kept = 0
        for file in self._files.values():
            kept += _weight(file)
            if file is not None:
                file.release()
        while kept > KEPT_SOURCE_BYTES:
            kept -= self._drop(next(iter(self._files)))
        if linted.weight <= MAX_SETTLED_BYTES:
            self._memory.settle(kept)

    def _drop(self, path: str) -> int:
        """Drop a file, and return what it counted for."""
        if path not in self._files:
            return 0
        file = self._files.pop(path)
        self._memory.drop(_weight(file))
        return _weight(file)

    def _load(self, path: str) -> SourceFile | None:
        text = read_source(path)
        if text is None or (size := weight(text)) > READ_SOURCE_BYTES:
            return None
        self._read += size
        tree = parse(text)
        if tree is None:
            return None
        file = SourceFile(path, text, tree, size)
        defer(file)
        return file
