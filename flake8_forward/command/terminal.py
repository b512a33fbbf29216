"""Output on a terminal: colors, the line of code with a marker, a progress bar."""

from __future__ import annotations

import linecache
from collections.abc import Iterable, Sequence
from typing import TypeVar

from flake8.violation import Violation
from rich.cells import cell_len
from rich.console import Console
from rich.progress import track
from rich.text import Text

Item = TypeVar("Item")

MIN_FILES = 50
"""With fewer files, linting ends before a progress bar could be read."""

TAB = 4


def is_wanted(color: str) -> bool:
    """Tell whether to print in color; ``color`` is the value of the option."""
    return color == "always" or (color == "auto" and Console().is_terminal)


def show(found: Sequence[Violation], color: str) -> None:
    """Print each of ``found`` with its line of code; ``color`` as in the option."""
    console = Console(
        force_terminal=True if color == "always" else None,
        soft_wrap=True,
        highlight=False,
    )
    for item in found:
        place = f"{item.filename}:{item.line_number}:{item.column_number}"
        console.print(
            Text(_printable(place), "bold"),
            Text(item.code, "bold red"),
            Text(_printable(item.text)),
        )
        line = linecache.getline(item.filename, item.line_number).rstrip()
        if line:
            number = f"{item.line_number:>5} | "
            lead = number + _printable(line[: item.column_number - 1])
            console.print(Text.assemble((number, "dim"), _printable(line)))
            console.print(Text.assemble(" " * cell_len(lead), ("^", "bold red")))


def _printable(text: str) -> str:
    """Return ``text`` with control characters, which affect the terminal, replaced."""
    expanded = text.expandtabs(TAB)
    return "".join(
        mark if mark.isprintable() else "\N{REPLACEMENT CHARACTER}" for mark in expanded
    )


def progress(title: str, items: Iterable[Item], count: int) -> Iterable[Item]:
    """Return the ``count`` items, showing a progress bar on standard error."""
    console = Console(stderr=True)
    if count < MIN_FILES or not console.is_terminal:
        return items
    return track(items, title, total=count, console=console, transient=True)
