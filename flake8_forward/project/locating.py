"""From dotted module names to files: source roots, packages, installed source."""

from __future__ import annotations

import os
import sys

from flake8_forward.project import editable

PROJECT_FILES = ("pyproject.toml", "setup.cfg", "setup.py", "tox.ini", ".flake8")
"""A folder that has one of these is considered the top of a project."""

MAX_ANCESTORS = 12


def is_package_file(path: str) -> bool:
    """Tell whether ``path`` is the ``__init__`` of a package."""
    return os.path.basename(path) in ("__init__.py", "__init__.pyi")


def _working_folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # it was removed in the meantime
        return ""


class Disk:
    """What is known about the file system, for the lifetime of a project."""

    def __init__(self) -> None:
        self._is_file: dict[str, bool] = {}
        self._is_folder: dict[str, bool] = {}
        self._tops: dict[str, str] = {}
        self._roots: dict[str, tuple[str, ...]] = {}

    def is_file(self, path: str) -> bool:
        """Tell whether ``path`` is a regular file."""
        found = self._is_file.get(path)
        if found is None:
            found = self._is_file[path] = os.path.isfile(path)
        return found

    def is_folder(self, path: str) -> bool:
        """Tell whether ``path`` is a folder."""
        found = self._is_folder.get(path)
        if found is None:
            found = self._is_folder[path] = os.path.isdir(path)
        return found

    def module_file(self, folder: str, name: str) -> str | None:
        """Return the file of module ``name`` in ``folder``: its source, else a stub."""
        base = os.path.join(folder, name)
        for path in (
            os.path.join(base, "__init__.py"),
            base + ".py",
            os.path.join(base, "__init__.pyi"),
            base + ".pyi",
        ):
            if self.is_file(path):
                return path
        return None

    def descend(self, root: str, parts: list[str]) -> str | None:
        """Return the file, or the bare folder, that ``parts`` name below ``root``."""
        if not all(map(str.isidentifier, parts)):
            return None  # a string in the code, such as "/etc/passwd"
        folder = root
        for index, part in enumerate(parts):
            path = self.module_file(folder, part)
            if index == len(parts) - 1 and path:
                return path
            folder = os.path.join(folder, part)
            if not self.is_folder(folder):
                return None
        return folder

    def package_top(self, folder: str) -> str:
        """Return ``folder``, or the first above it, that is no regular package."""
        if folder not in self._tops:
            self._tops[folder] = self._find_top(folder)
        return self._tops[folder]

    def _find_top(self, folder: str) -> str:
        while self.module_file(os.path.dirname(folder), os.path.basename(folder)) in (
            os.path.join(folder, "__init__.py"),
            os.path.join(folder, "__init__.pyi"),
        ):
            parent = os.path.dirname(folder)
            if parent == folder:
                break
            folder = parent
        return folder

    def dotted_name(self, path: str) -> str:
        """Return the name under which ``path`` is imported.

        It counts from the folder that holds the top package.
        """
        top = self.package_top(os.path.dirname(path))
        stem = os.path.splitext(os.path.relpath(path, top))[0]
        parts = stem.split(os.sep)
        if parts[-1] == "__init__" and len(parts) > 1:
            parts.pop()
        return ".".join(part for part in parts if part != os.pardir)

    def project_roots(self, folder: str) -> tuple[str, ...]:
        """Return the folders that files in ``folder`` may import from, nearest first.

        A script imports from its own folder, a package from the folder above its top.
        The folders up to the top of the project count too, with their ``src``: that is
        where tests and examples find the package they belong to.
        """
        if folder not in self._roots:
            top = self.package_top(folder)
            roots = [top]
            for ancestor in self.up_to_project_top(top):
                roots += [ancestor, os.path.join(ancestor, "src")]
            found = dict.fromkeys(root for root in roots if self.is_folder(root))
            self._roots[folder] = tuple(found)
        return self._roots[folder]

    def up_to_project_top(self, folder: str) -> list[str]:
        """Return ``folder`` and the folders above it, up to the top of its project.

        The top is the working folder or a checkout; without these, the nearest folder
        with a project file; without that, ``folder`` itself, so that nothing foreign is
        ever read.
        """
        climbed: list[str] = []
        marked = 1
        working = _working_folder()
        while len(climbed) < MAX_ANCESTORS:
            climbed.append(folder)
            if folder == working or os.path.exists(os.path.join(folder, ".git")):
                return climbed
            if marked == 1 and any(
                self.is_file(os.path.join(folder, marker)) for marker in PROJECT_FILES
            ):
                marked = len(climbed)
            parent = os.path.dirname(folder)
            if parent == folder:
                break
            folder = parent
        return climbed[:marked]


class Locator:
    """Finds the source of modules by name: in the project, then in installed code."""

    def __init__(
        self, disk: Disk, roots: tuple[str, ...] = (), site: tuple[str, ...] = ()
    ) -> None:
        self._disk = disk
        self.roots = roots
        # ``python -m`` adds the working folder, which is no installed source.
        paths = {os.path.abspath(entry): None for entry in sys.path if entry}
        paths.pop(_working_folder(), None)
        given = (*site, *paths)
        folders = [entry for entry in given if disk.is_folder(entry)]
        linked = [
            root
            for folder in folders
            if os.path.basename(folder) == "site-packages" or folder in site
            for root in editable.roots(folder)
        ]
        self.installed = tuple(dict.fromkeys([*folders, *linked]))
        self._trusted = tuple(os.path.join(root, "") for root in self.installed)
        self._found: dict[tuple[str, str], str | None] = {}

    def find(self, name: str, folder: str) -> str | None:
        """Return the file or namespace folder of ``name``, imported in ``folder``."""
        key = (name, folder)
        if key not in self._found:
            self._found[key] = self._search(name, folder)
        return self._found[key]

    def may_read(self, path: str, folder: str) -> bool:
        """Tell whether files in ``folder`` may import source code at ``path``.

        Links of installed packages are followed wherever they lead; those of a project,
        which may be untrusted, only to other places in it.
        """
        if path.startswith(self._trusted):
            return True
        roots = (*self._disk.project_roots(folder), *self.roots)
        inside = tuple(os.path.join(os.path.realpath(root), "") for root in roots)
        return os.path.realpath(path).startswith(inside)

    def _search(self, name: str, folder: str) -> str | None:
        parts = name.split(".")
        namespace = None
        roots = (*self._disk.project_roots(folder), *self.roots, *self.installed)
        for root in dict.fromkeys(roots):
            path = self._disk.descend(root, parts)
            if path is None:
                continue
            if not self._disk.is_folder(path):
                return path
            # A plain folder is only a namespace package if no real module exists.
            namespace = namespace or path
        return namespace
