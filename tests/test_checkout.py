"""Tests and documents refuse a package that is not the one of this checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from checkout import ROOT
from projects import write

COMMANDS = {
    "tests": ("-m", "pytest", "-n0", "--collect-only", "tests/test_checkout.py"),
    "documents": ("tests/documents.py", "--write"),
}


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
def test_package_from_elsewhere_is_refused(
    command: tuple[str, ...], tmp_path: Path
) -> None:
    """The other package is first where tests start processes, as an installed one is."""
    write(tmp_path, {"flake8_forward/__init__.py": ""})
    before = (ROOT / "README.md").read_bytes()
    run = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    other = tmp_path / "flake8_forward" / "__init__.py"
    refusal = f"flake8_forward is imported from {other}, not from this checkout"
    assert (run.returncode, run.stdout) == (1, "")
    assert run.stderr == f"{refusal}: install it with `pip install -e .`\n"
    assert (ROOT / "README.md").read_bytes() == before
