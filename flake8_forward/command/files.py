"""Which files to lint: those that flake8 would, except what git ignores."""

from __future__ import annotations

import argparse
import os
import re
from collections.abc import Iterator
from functools import partial

from flake8 import utils
from pathspec import GitIgnoreSpec
from pathspec.pattern import RegexPattern

from flake8_forward.command import UsageError

STDIN = "-"

MAX_IGNORE_SIZE = 1_000_000
"""Most characters of a ``.gitignore`` that are read."""

FOLDER_END = "ps_d"
"""How pathspec calls the group of a pattern that is the end of a folder's name."""


def chosen(options: argparse.Namespace) -> list[str]:
    """Return the paths of the files that ``options`` ask for, each once, in order.

    A file that is named is taken whatever its name; folders give their ``.py`` files.
    Raise UsageError for a path that does not exist.
    """
    patterns = [*options.exclude, *(options.extend_exclude or [])]
    is_excluded = partial(_matches, patterns=patterns)
    found: dict[str, None] = {}
    for path in options.filenames or ["."]:
        if path == STDIN:
            name = options.stdin_display_name
            if name == "stdin" or not is_excluded(name):
                found[path] = None
        elif not os.path.lexists(path):
            raise UsageError(f"there is no file or folder '{path}'")
        elif not os.path.isdir(path):
            if not is_excluded(path):
                found[path] = None
        elif not is_excluded(path):
            found |= dict.fromkeys(_below(path, patterns))
    return list(found)


def _matches(path: str, patterns: list[str]) -> bool:
    matched: bool = utils.matches_filename(
        path, patterns=patterns, log_message="%(path)s %(whether)s", logger=_Quiet()
    )
    return matched


class _Quiet:
    """Takes the place of flake8's logger."""

    def debug(self, *_: object) -> None:
        """Log nothing."""


def _below(top: str, patterns: list[str]) -> Iterator[str]:
    """Yield the ``.py`` files below ``top``."""
    ignored = Ignored(top)

    def is_wanted(path: str, end: str = "") -> bool:
        return not (_matches(path, patterns) or ignored.covers(path, end))

    for folder, folders, files in os.walk(top):
        ignored.enter(folder)
        folders[:] = [
            name
            for name in sorted(folders)
            if is_wanted(os.path.join(folder, name), os.sep)
        ]
        for name in sorted(files):
            path = os.path.join(folder, name)
            if name.endswith(".py") and is_wanted(path) and not _is_endless(path):
                yield path


def _is_endless(path: str) -> bool:
    """Tell whether ``path`` is a pipe or device, which reading might block on."""
    return os.path.exists(path) and not os.path.isfile(path)


class Ignored:
    """The rules of a checkout's ``.gitignore`` files for the paths below ``top``.

    If they say that ``top`` itself is ignored, only those below it count: somebody
    wants it to be linted nevertheless.
    """

    def __init__(self, top: str) -> None:
        self._patterns: dict[str, list[RegexPattern]] = {}
        folders = _to_checkout(os.path.abspath(top))
        for folder in folders:
            self.enter(folder)
        if any(self.covers(folder, os.sep) for folder in folders[1:]):
            self._patterns.clear()

    def enter(self, folder: str) -> None:
        """Read the ``.gitignore`` of a folder, before asking about paths below it."""
        path = os.path.join(folder, ".gitignore")
        if os.path.islink(path) or not os.path.isfile(path):
            return  # git does not follow links either
        try:
            with open(path, encoding="utf-8", errors="surrogateescape") as file:
                lines = file.read(MAX_IGNORE_SIZE).split("\n")
        except OSError:
            return
        patterns = [pattern for line in lines for pattern in _patterns(line)]
        self._patterns[os.path.abspath(folder)] = patterns[::-1]  # the last one wins

    def covers(self, path: str, end: str = "") -> bool:
        """Tell whether git ignores ``path``; ``end`` is a separator for a folder.

        The folders around it are not ignored: nobody would ask.
        """
        path = os.path.abspath(path)
        folder = os.path.dirname(path)
        while self._patterns:
            below = os.path.relpath(path, folder) + end
            for pattern in self._patterns.get(folder, ()):
                if _matches_itself(pattern, below):
                    return bool(pattern.include)
            folder, name = os.path.split(folder)
            if not name:
                break
        return False


def _patterns(line: str) -> list[RegexPattern]:
    """Return the pattern in ``line``, if any; like git, skip invalid ones.

    For git ``lib/**`` is all that is in the folder; pathspec means the folder, too.
    """
    line = re.sub(r"/\*\*\s*$", "/**/*", line)
    try:
        found = GitIgnoreSpec.from_lines([line]).patterns
    except (ValueError, re.error):
        return []
    return [item for item in found if isinstance(item, RegexPattern)]


def _matches_itself(pattern: RegexPattern, path: str) -> bool:
    """Tell whether ``path`` matches, and not only a folder around it.

    A pattern of pathspec's matches both; where the folder ends is a group of its own.
    """
    match = pattern.regex.match(path) if pattern.regex else None
    if match is None or FOLDER_END not in match.re.groupindex:
        return match is not None
    return match.start(FOLDER_END) in (-1, len(path) - 1)


def _to_checkout(folder: str) -> list[str]:
    """Return the folders from the top of the checkout around ``folder`` down to it."""
    folders = [folder]
    while not os.path.exists(os.path.join(folders[-1], ".git")):
        above = os.path.dirname(folders[-1])
        if above == folders[-1]:
            return []
        folders.append(above)
    return folders[::-1]
