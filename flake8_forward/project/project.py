"""The files that resolution has read, shared by all files that a session lints."""

from __future__ import annotations

import ast
import os
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager

from flake8_forward.project.collection import Memory
from flake8_forward.project.disk import Disk
from flake8_forward.project.files import SourceFile
from flake8_forward.project.lazy_bodies import defer
from flake8_forward.project.locating import Locator
from flake8_forward.project.options import Options
from flake8_forward.project.search import Search
from flake8_forward.project.search_path import (
    NOTHING,
    Added,
    added,
    imported_for_effect,
    in_turn,
)
from flake8_forward.project.source import parse, read_source, weight

KEPT_SOURCE_BYTES = 400_000
"""Bytes of parsed source code kept between linted files; trees take 50 times that."""

MAX_SETTLED_BYTES = 100_000
"""A linted file above this size would stay in memory for too long."""

KEPT_ENTRY_BYTES = 500
"""The weight of any kept file besides its source code, even of unreadable ones."""

READ_SOURCE_BYTES = 1_500_000
"""Bytes of source code read for one linted file; beyond it, names stay unknown."""


def _weight(file: SourceFile | None) -> int:
    return KEPT_ENTRY_BYTES + (file.weight if file else 0)


class Project:
    """The files of a user's project, found and parsed.

    Memory is bounded: after a file is linted, the least recently used files
    are dropped until the others are within the limit.
    """

    def __init__(self, options: Options) -> None:
        self.options = options
        self.disk = Disk()
        self.locator = Locator(self.disk, options.source_roots, options.site_packages)
        self._files: OrderedDict[str, SourceFile | None] = OrderedDict()
        self._linted: SourceFile | None = None
        self._memory = Memory()
        self._read = 0
        self._readable: dict[str, bool] = {}
        self._searches: dict[str, Search] = {}

    def start(self, path: str, tree: ast.Module, text: str) -> SourceFile:
        """Return the file to be linted, as flake8 sees it: unsaved changes included.

        Until the next call, ``file`` returns it for its ``path``.
        """
        self.finish()
        self._read = 0
        self._readable.clear()
        path = os.path.abspath(path)
        name = self.disk.dotted_name(path)
        self._linted = SourceFile(path, name, text, tree, len(text))
        return self._linted

    def locate(self, name: str, file: SourceFile) -> str | None:
        """Return the file or namespace folder of module ``name``, imported by ``file``.

        None if it is not found.
        """
        found = self.locator.find(name, file.folder, self._search_path(file))
        # ``import wandb`` in ``ours/wandb.py`` means the installed one.
        return None if found == file.path and name != file.name else found

    def _search_path(self, file: SourceFile) -> Added:
        """Return what ``file`` and the modules imported for it add to ``sys.path``."""
        answers: dict[None, Added] = file.brief.answers(Project._search_path)
        if None not in answers:
            parts = [added(file, self.disk)]
            for name in imported_for_effect(file):
                path = self.locator.find(name, file.folder)
                if path and not path.startswith(self.locator.installed):
                    other = self.file(path)
                    parts.append(added(other, self.disk) if other else NOTHING)
            answers[None] = in_turn(parts)
        return answers[None]

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

    @contextmanager
    def reading_anew(self) -> Iterator[None]:
        """Let a question about the whole project read as much as a linted file may.

        Its answer must not depend on what was read before.
        """
        read, self._read = self._read, 0
        try:
            yield
        finally:
            self._read = read

    def search(self) -> Search:
        """Return the search through the project of the linted file.

        That file counts as flake8 sees it.
        """
        linted = self._linted
        assert linted is not None
        top = self.disk.project_top(linted.folder)
        if top not in self._searches:
            self._searches[top] = Search(top)
        self._searches[top].update(linted.path, linted.text)
        return self._searches[top]

    def finish(self) -> None:
        """Drop files beyond the memory limit, after a file has been linted."""
        linted, self._linted = self._linted, None
        if linted is None:
            return
        if linted.is_imported:
            self._drop(linted.path)
            self._files[linted.path] = linted  # others refer to it
        else:
            linted.forget(is_unused=True)
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
        """Drop a file, and return its weight."""
        if path not in self._files:
            return 0
        file = self._files.pop(path)
        if file is not None:
            file.forget(is_unused=False)
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
        file = SourceFile(path, self.disk.dotted_name(path), text, tree, size)
        defer(file)
        return file
