"""Which files of a project mention a word: their text is searched, nothing is parsed.

What a project's files say together is asked about few objects only. Reading all files
takes a hundredth of the time that parsing them would take.
"""

from __future__ import annotations

import os
import re
from codecs import BOM_UTF8
from collections.abc import Iterator

from flake8_forward.project.class_heads import class_heads
from flake8_forward.project.hierarchy import Hierarchy
from flake8_forward.project.source import MAX_SOURCE_BYTES
from flake8_forward.syntax.memo import Memo

MAX_FILES = 20_000
"""Most files of a project that are searched; a larger one is not searched at all."""

MAX_FOLDERS = 5_000
"""The same for its folders: it may be somebody's whole home."""

KEPT_BYTES = 20_000_000
"""Most bytes of a project's files that stay in memory; others are read again."""

SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})
ENVIRONMENT = "pyvenv.cfg"
"""A folder with this file is a virtual environment, which is not the project's."""


def python_files(top: str) -> list[str] | None:
    """Return the paths of the ``.py`` files below ``top``, sorted; None if too many.

    Hidden folders, environments and symbolic links are left out.
    """
    found: list[str] = []
    work = [top]
    for folder in work:  # extended in the loop
        try:
            with os.scandir(folder) as entries:
                inside = list(entries)
        except OSError:
            continue
        if any(entry.name == ENVIRONMENT for entry in inside):
            continue
        for entry in inside:
            if entry.name.startswith(".") or entry.name in SKIPPED:
                continue
            if entry.is_dir(follow_symlinks=False):
                work.append(entry.path)
            elif entry.name.endswith(".py") and entry.is_file(follow_symlinks=False):
                found.append(entry.path)
        if len(found) > MAX_FILES or len(work) > MAX_FOLDERS:
            return None
    return sorted(found)


class Search:
    """Searches the files below one folder, the top of a project.

    A project too large for it has no files here, and is not ``is_complete``.
    """

    def __init__(self, top: str) -> None:
        found = python_files(top)
        self.is_complete = found is not None
        self._paths = found or []
        self._texts: dict[str, bytes] = {}
        self._kept = 0
        self._found: dict[str, tuple[str, ...]] = {}
        self.memo = Memo()

    def update(self, path: str, text: str) -> None:
        """Let the file at ``path`` count with ``text``, which an editor may hold."""
        new = _with_plain_ends(text.encode("utf-8", "replace"))
        if path not in self._texts and _read(path) == new:
            return
        if self._texts.get(path) != new:
            self._paths = sorted({*self._paths, path})
            self._texts[path] = new
            self._found.clear()
            self.memo.clear()

    def hierarchy(self) -> Hierarchy:
        """Return the classes of the project, as their heads say."""
        known: dict[None, Hierarchy] = self.memo.answers(Search.hierarchy)
        if None not in known:
            heads = [head for item in self.texts() for head in class_heads(*item)]
            known[None] = Hierarchy(heads)
        return known[None]

    def mentioning(self, word: str) -> tuple[str, ...]:
        """Return the files with the identifier ``word``, in code or elsewhere."""
        return self.matching(rf"(?<!\w){re.escape(word)}(?!\w)", word)

    def calling(self, method: str) -> tuple[str, ...]:
        """Return the files that call a ``method`` of this name, or hand it over.

        Calls without an argument are left out.
        """
        name = re.escape(method)
        return self.matching(rf"\.[ \t]*{name}[ \t]*(?:\(\s*[^\s)]|[,)\]}}])", method)

    def matching(self, pattern: str, part: str = "") -> tuple[str, ...]:
        """Return the files in which ``pattern`` is found; ``part`` is a part of it."""
        found = self._found.get(pattern)
        if found is None:
            wanted = re.compile(pattern.encode())
            plain = part.encode()
            found = self._found[pattern] = tuple(
                path
                for path, text in self.texts()
                if plain in text and wanted.search(text)
            )
        return found

    def texts(self) -> Iterator[tuple[str, bytes]]:
        """Yield each file's path with what is in it; nothing if it cannot be read."""
        return ((path, self.text(path)) for path in self._paths)

    def text(self, path: str) -> bytes:
        """Return what is in the file at ``path``; nothing if it cannot be read."""
        text = self._texts.get(path)
        if text is None:
            text = _read(path)
            if self._kept + len(text) <= KEPT_BYTES:
                self._kept += len(text)
                self._texts[path] = text
        return text


def _read(path: str) -> bytes:
    try:
        with open(path, "rb") as stream:
            text = stream.read(MAX_SOURCE_BYTES + 1)
    except OSError:
        return b""
    if len(text) > MAX_SOURCE_BYTES:
        return b""
    return _with_plain_ends(text.removeprefix(BOM_UTF8))


def _with_plain_ends(text: bytes) -> bytes:
    """Return ``text`` with the line ends of Unix: a lone carriage return is one, too."""
    if b"\r" not in text:
        return text
    return text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
