"""Fixtures for several test files: the plugin as users install it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from checkout import ROOT
from torch_programs import RunProgram, running

INSTALLED_FROM = ("setup.cfg", "pyproject.toml", "README.md", "LICENSE")
SLOW = frozenset(
    [
        "test_adopt",
        "test_attacks",
        "test_bad_input",
        "test_command",
        "test_command_terminal",
        "test_examples_fix_run",
        "test_examples_run",
        "test_fix",
        "test_fix_disturbed",
        "test_fix_files",
        "test_fix_rules",
        "test_fuzz",
        "test_growth",
        "test_lying_projects",
        "test_metamorphic",
        "test_stability",
        "test_survey",
        "test_tools_ci",
        "test_tools_editors",
        "test_tools_hooks",
        "test_tools_notebooks",
        "test_versions",
        "test_vocabulary_run",
    ]
)
"""Files of tests that ``-m "not slow"`` leaves out."""

ANY_PYTHON = frozenset(
    [
        "test_attacks",
        "test_command_terminal",
        "test_fix_disturbed",
        "test_growth",
        "test_metamorphic",
        "test_stability",
        "test_tools_ci",
        "test_tools_editors",
        "test_tools_hooks",
        "test_tools_notebooks",
    ]
)
"""Slow files that hardly depend on the version: CI runs them with one Python."""

SHIPPED = (*INSTALLED_FROM, ".pre-commit-hooks.yaml", "flake8_forward")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, and what need not run with each Python."""
    for item in items:
        if item.path.stem in SLOW:
            item.add_marker(pytest.mark.slow)
        if item.path.stem in ANY_PYTHON:
            item.add_marker(pytest.mark.any_python)


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
def run_program() -> Iterator[RunProgram]:
    """What runs programs on a real torch."""
    with running() as run:
        yield run


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
