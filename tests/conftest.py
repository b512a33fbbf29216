"""Fixtures for several test files: the plugin as users install it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from documents import ROOT

INSTALLED_FROM = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE")
SHIPPED = (*INSTALLED_FROM, ".pre-commit-hooks.yaml", "flake8_forward")


@pytest.fixture(scope="session")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the files of this tree that are needed to install the plugin."""
    folder = tmp_path_factory.mktemp("snapshot")
    leave_out = shutil.ignore_patterns("__pycache__")
    for name in SHIPPED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=leave_out)
        else:
            shutil.copy2(ROOT / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def constraint(
    snapshot: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, str]:
    """Environment variables for pip, so that ``flake8-forward`` is this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    wheel = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps"]
    copy = folder / "source"  # a build leaves files behind
    shutil.copytree(snapshot, copy)
    subprocess.run([*wheel, "--wheel-dir", str(folder), str(copy)], check=True)
    (built,) = folder.glob("*.whl")
    file = folder / "constraint.txt"
    file.write_text(f"flake8-forward @ {built.as_uri()}\n", "utf-8")
    return {"PIP_CONSTRAINT": str(file)}
