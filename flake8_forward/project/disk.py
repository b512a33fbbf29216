"""Files and folders as Python sees them: modules, packages, projects, their roots."""

from __future__ import annotations

import os

PROJECT_FILES = ("pyproject.toml", "setup.cfg", "setup.py", "tox.ini", ".flake8")
"""A folder that has one of these is considered the top of a project."""

SITES = ("site-packages", "dist-packages")
"""The names of folders in which packages are installed: each is a project of its own."""

MAX_ANCESTORS = 12


def is_package_file(path: str) -> bool:
    """Tell whether ``path`` is the ``__init__`` of a package."""
    return os.path.basename(path) in ("__init__.py", "__init__.pyi")


def is_site(folder: str) -> bool:
    """Tell whether ``folder`` is one in which packages are installed."""
    return os.path.basename(folder) in SITES


def working_folder() -> str:
    """Return the working folder; the empty string if there is none any more."""
    try:
        return os.getcwd()
    except OSError:  # it was removed in the meantime
        return ""


class Disk:
    """What is known about the file system, for the lifetime of a project."""

    def __init__(self) -> None:
        self._is_file: dict[str, bool] = {}
        self._is_folder: dict[str, bool] = {}
        self._checkouts: dict[str, bool] = {}
        self._tops: dict[str, str | None] = {}
        self._roots: dict[str, tuple[str, ...]] = {}
        self._working = working_folder()

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

    def package_file(self, folder: str) -> str | None:
        """Return the ``__init__`` of ``folder``; None if it is no regular package."""
        for name in ("__init__.py", "__init__.pyi"):
            path = os.path.join(folder, name)
            if self.is_file(path):
                return path
        return None

    def packages(self, folder: str) -> list[str]:
        """Return the regular packages that ``folder`` is in, innermost first.

        None is above the top of the project. The top itself may be one: by a stray
        ``__init__``, or since that is all that is linted of a package.
        """
        return self._packages(folder, self.project_top(folder))

    def _packages(self, folder: str, top: str | None) -> list[str]:
        found: list[str] = []
        # ``my-net`` cannot be imported, whatever is in it.
        while os.path.basename(folder).isidentifier() and self.package_file(folder):
            found.append(folder)
            if folder == top:
                break
            folder = os.path.dirname(folder)
        return found

    def dotted_name(self, path: str) -> str:
        """Return the name under which ``path`` is imported.

        It counts from the folder that holds the top package.
        """
        folder = os.path.dirname(path)
        names = [os.path.basename(package) for package in self.packages(folder)]
        stem = os.path.splitext(os.path.basename(path))[0]
        if stem == "__init__" and names:
            return ".".join(reversed(names))
        return ".".join([*reversed(names), stem])

    def project_roots(self, folder: str) -> tuple[str, ...]:
        """Return the folders that files in ``folder`` may import from, nearest first.

        A script imports from its own folder, a package from the folder above its top.
        The folders up to the top of the project count too, with their ``src``: that is
        where tests and examples find the package they belong to.
        """
        if folder not in self._roots:
            first = self._first_root(folder)
            roots: list[str] = []
            for ancestor in self.up_to_project_top(first) if first else ():
                roots.append(ancestor)
                source = os.path.join(ancestor, "src")
                if self.is_folder(source) and self.is_inside(source, folder):
                    roots.append(source)
            self._roots[folder] = tuple(dict.fromkeys(roots))
        return self._roots[folder]

    def _first_root(self, folder: str) -> str | None:
        packages = self.packages(folder)
        if not packages:
            return folder
        if packages[-1] != self.project_top(folder):
            return os.path.dirname(packages[-1])
        return self._marked_top(folder)  # both: a package, and a folder of scripts

    def script_folders(self, folder: str) -> list[str]:
        """Return the packages from which files in ``folder`` may be run as scripts.

        Then, they import what lies there by its bare name; what is installed does not.
        """
        if is_site(self.project_top(folder)):
            return []
        roots = self.project_roots(folder)
        return [package for package in self.packages(folder) if package not in roots]

    def up_to_project_top(self, folder: str) -> list[str]:
        """Return ``folder`` and the folders above it, up to the top of its project.

        Of very many, those between the nearest and the top are left out.
        """
        top = self.project_top(folder)
        climbed = [folder]
        while folder != top and len(climbed) < MAX_ANCESTORS:
            folder = os.path.dirname(folder)
            climbed.append(folder)
        return climbed if folder == top else [*climbed, top]

    def is_inside(self, path: str, folder: str) -> bool:
        """Tell whether ``path`` is in the project of ``folder``, with links followed."""
        top = os.path.realpath(self.project_top(folder))
        return os.path.join(os.path.realpath(path), "").startswith(
            os.path.join(top, "")
        )

    def project_top(self, folder: str) -> str:
        """Return the top of the project that ``folder`` is in: nothing above is read.

        That is the checkout or the site-packages folder it is in; without these, the
        working folder or the nearest folder with a project file, whichever is farther
        up; without any, the whole of its package, so that nothing foreign is read.
        """
        marked = self._marked_top(folder)
        if marked is not None:
            return marked
        return [folder, *self._packages(folder, None)][-1]

    def _marked_top(self, folder: str) -> str | None:
        if folder not in self._tops:
            self._tops[folder] = self._find_top(folder)
        return self._tops[folder]

    def _find_top(self, folder: str) -> str | None:
        top, has_project_file, ancestor = None, False, ""
        while ancestor != folder:
            if self._is_checkout(folder) or is_site(folder):
                return folder
            if folder == self._working:
                top = folder
            if not has_project_file and self._has_project_file(folder):
                top, has_project_file = folder, True
            ancestor, folder = folder, os.path.dirname(folder)
        return top

    def _is_checkout(self, folder: str) -> bool:
        found = self._checkouts.get(folder)
        if found is None:
            found = os.path.exists(os.path.join(folder, ".git"))
            self._checkouts[folder] = found
        return found

    def _has_project_file(self, folder: str) -> bool:
        return any(self.is_file(os.path.join(folder, name)) for name in PROJECT_FILES)
