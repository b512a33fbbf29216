"""The command's own functions, for tests that need them more often than processes."""

from __future__ import annotations

from pathlib import Path

from flake8_forward.command import settings
from flake8_forward.command.fix import Fixer, Outcome


def mend(path: Path, *options: str) -> Outcome:
    """Mend a file in this process, with the options of the command."""
    return Fixer(settings.parse(["--isolated", "--fix", *options]))(str(path))


def mended(folder: Path, data: bytes, *options: str) -> bytes:
    """Return what mending makes of a file with this content; twice changes nothing."""
    path = folder / "main.py"
    path.write_bytes(data)
    first = mend(path, *options)
    result = path.read_bytes()
    assert (result != data) == bool(first.fixed)
    again = mend(path, *options)
    assert (again.fixed, again.diff, again.refused) == (0, "", first.refused)
    assert path.read_bytes() == result
    return result
