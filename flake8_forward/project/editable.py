"""Editable installs: the source folders that a site-packages folder refers to."""

from __future__ import annotations

import ast
import glob
import os
from collections.abc import Iterator

from flake8_forward.project.source import parse, read_source
from flake8_forward.syntax.unparsing import string

MAX_PTH_BYTES = 100_000


def roots(site: str) -> list[str]:
    """Return the folders that editable installs in ``site`` add to the import path.

    Two forms exist: paths in ``.pth`` files, and setuptools' finder modules, whose
    MAPPING of packages to folders is read, not run.
    """
    found = [*_from_pth(site), *_from_finders(site)]
    return [folder for folder in dict.fromkeys(found) if os.path.isdir(folder)]


def _from_pth(site: str) -> Iterator[str]:
    for path in sorted(glob.glob(os.path.join(glob.escape(site), "*.pth"))):
        if not os.path.isfile(path):
            continue  # a pipe, a device
        try:
            with open(path, encoding="utf-8", errors="replace") as stream:
                lines = stream.read(MAX_PTH_BYTES).splitlines()
        except OSError:
            continue
        for line in lines:
            # Lines that start with import are code for Python's start-up.
            if line.strip() and not line.startswith(("#", "import ", "import\t")):
                yield os.path.abspath(os.path.join(site, line.strip()))


def _from_finders(site: str) -> Iterator[str]:
    pattern = os.path.join(glob.escape(site), "__editable__*_finder.py")
    for path in sorted(glob.glob(pattern)):
        text = read_source(path)
        tree = parse(text) if text is not None else None
        for node in tree.body if tree is not None else ():
            value = getattr(node, "value", None)
            if "MAPPING" in _targets(node) and isinstance(value, ast.Dict):
                yield from _mapped(value)


def _targets(node: ast.stmt) -> list[str]:
    targets = getattr(node, "targets", None) or [getattr(node, "target", None)]
    return [target.id for target in targets if isinstance(target, ast.Name)]


def _mapped(mapping: ast.Dict) -> Iterator[str]:
    for key, value in zip(mapping.keys, mapping.values, strict=True):
        name, path = string(key), string(value)
        if name is not None and path is not None:
            folder = os.path.splitext(path)[0]
            for _ in name.split("."):
                folder = os.path.dirname(folder)
            yield folder
