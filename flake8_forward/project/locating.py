"""From dotted module names to files: in the project, then in installed source."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from flake8_forward.knowledge.packages import is_bundled
from flake8_forward.project import editable
from flake8_forward.project.disk import Disk, working_folder
from flake8_forward.project.search_path import NOTHING, Added


class Locator:
    """Finds the source of modules by name: in the project, then in installed code."""

    def __init__(
        self, disk: Disk, roots: tuple[str, ...] = (), site: tuple[str, ...] = ()
    ) -> None:
        self._disk = disk
        self.roots = roots
        # ``python -m`` adds the working folder, which is no installed source.
        paths = {os.path.abspath(entry): None for entry in sys.path if entry}
        paths.pop(working_folder(), None)
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
        self._found: dict[tuple[str, str, Added], str | None] = {}

    def find(self, name: str, folder: str, added: Added = NOTHING) -> str | None:
        """Return the file or namespace folder of ``name``, imported in ``folder``.

        ``added`` is what the importing file adds to Python's search path.
        """
        key = (name, folder, added)
        if key not in self._found:
            self._found[key] = self._search(name.split("."), folder, added)
        return self._found[key]

    def may_read(self, path: str, folder: str) -> bool:
        """Tell whether files in ``folder`` may import source code at ``path``.

        Links of installed packages are followed wherever they lead; those of a project,
        which may be untrusted, only to other places in it.
        """
        if path.startswith(self._trusted):
            return True
        if folder and self._disk.is_inside(path, folder):
            return True
        inside = tuple(os.path.join(os.path.realpath(root), "") for root in self.roots)
        return os.path.realpath(path).startswith(inside)

    def _search(self, parts: list[str], folder: str, added: Added) -> str | None:
        namespace = None
        for path in self._places(parts, folder, added):
            if path is None:
                continue
            if not self._disk.is_folder(path):
                return path
            # A plain folder is only a namespace package if no real module exists.
            namespace = namespace or path
        return namespace

    def _places(
        self, parts: list[str], folder: str, added: Added
    ) -> Iterator[str | None]:
        """Yield what each folder that imports are resolved in has, as Python would."""
        disk = self._disk
        for root in (*added.first, *disk.project_roots(folder)):
            yield disk.descend(root, parts)
        top = disk.project_top(folder)
        if os.path.basename(top) == parts[0] and disk.package_file(top):
            yield disk.descend(os.path.dirname(top), parts)  # in ``top``, that is
        for root in (*self.roots, *self.installed):
            yield disk.descend(root, parts)
        if is_bundled(parts[0]):
            return  # where the project runs, it is installed: that comes first
        for root in added.last:
            yield disk.descend(root, parts)
        scripts = disk.script_folders(folder)
        own = [disk.package_file(package) for package in scripts]
        for root in scripts:
            path = disk.descend(root, parts)
            # ``import wandb`` in ``ours/wandb/log.py`` means the installed one.
            yield None if len(parts) == 1 and path in own else path
