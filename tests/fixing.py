"""The command's own functions, for tests for which processes would be too slow."""

from __future__ import annotations

from pathlib import Path

from flake8_forward.command import settings
from flake8_forward.command.fix import Fixer, Outcome


def fix_file(path: Path, *options: str) -> Outcome:
    """Fix the file at ``path`` in this process, with ``options`` of the command."""
    return Fixer(settings.parse(["--isolated", "--fix", *options]))(str(path))


def fixed(folder: Path, data: bytes, *options: str) -> bytes:
    """Return the content ``data`` of a file after fixing; again changes nothing."""
    path = folder / "main.py"
    path.write_bytes(data)
    first = fix_file(path, *options)
    result = path.read_bytes()
    assert (result != data) == bool(first.fixed)
    again = fix_file(path, *options)
    assert (again.fixed, again.diff, again.refused) == (0, "", first.refused)
    assert path.read_bytes() == result
    return result
