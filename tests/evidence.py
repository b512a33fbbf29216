"""Small projects whose files tell something of each other's objects.

A line that is to be reported ends in ``# found``.
"""

from __future__ import annotations

from pathlib import Path

from harness import check
from projects import write

MARK = "  # found"

NET = """\
from torch import nn


class Net(nn.Module):
    def forward(self, x):
        return x
"""
"""A Module, for others to use."""

Rows = dict[str, list[int]]
"""The lines of each file, from 1."""


def checkout(folder: Path, files: dict[str, str]) -> Path:
    """Write a project: nothing above ``folder`` belongs to it."""
    (folder / ".git").mkdir(parents=True)
    write(folder, files)
    return folder


def marked(files: dict[str, str]) -> Rows:
    """The lines that end in the mark."""
    rows = {
        name: [
            number
            for number, line in enumerate(text.splitlines(), 1)
            if line.endswith(MARK)
        ]
        for name, text in files.items()
    }
    return {name: found for name, found in rows.items() if found}


def reported(folder: Path) -> Rows:
    """The lines of each file below ``folder`` in which our plugin finds something."""
    found = {
        path.relative_to(folder).as_posix(): [item.row for item in check(path)]
        for path in sorted(folder.rglob("*.py"))
    }
    return {name: rows for name, rows in found.items() if rows}


def agrees(folder: Path, files: dict[str, str]) -> bool:
    """Tell whether exactly the marked lines of a project are reported."""
    return reported(checkout(folder, files)) == marked(files)
