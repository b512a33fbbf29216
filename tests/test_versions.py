"""Versions that are not supported: one sentence each, and no traceback."""

from __future__ import annotations

import configparser
import platform
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import flake8 as flake8_package
import pytest
from example_programs import ROOT
from harness import ISOLATED, command, flake8

from flake8_forward import requirements
from flake8_forward.command import UsageError, settings

SUSPECT = "import torch\ntorch.nn.Linear(1, 1).forward(1)\n"
OLD_FLAKE8 = "flake8-forward needs flake8 6.0 or newer; found 5.0.4"
OLD_LIBCST = "flake8-forward needs libcst 1.5 or newer; found 1.4.0"


def test_oldest_are_those_of_the_metadata() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", "utf-8")
    required = config["options"]["install_requires"].split("\n")
    for name in ("flake8", "libcst"):
        oldest = ".".join(map(str, getattr(requirements, name.upper())))
        assert f"{name}>={oldest}" in required
    oldest = ".".join(map(str, requirements.PYTHON))
    assert config["options"]["python_requires"] == f">={oldest}"


@pytest.mark.parametrize("module", ["flake8_forward", "flake8_forward.command.main"])
def test_old_python(module: str) -> None:
    code = f"import sys; sys.version_info = (3, 9); import {module}"
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stdout) == (1, "")
    needs = "flake8-forward needs Python 3.10 or newer; found "
    assert run.stderr == f"{needs}{platform.python_version()}\n"


def test_old_flake8(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flake8_package, "__version_info__", (5, 0, 4))
    monkeypatch.setattr(flake8_package, "__version__", "5.0.4")
    with pytest.raises(UsageError, match=f"^{OLD_FLAKE8}$"):
        settings.parse([])


@pytest.fixture
def old_libcst(tmp_path: Path) -> dict[str, str]:
    """An environment that says, for all who ask, that libcst is an old one."""
    folder = tmp_path / "site"
    (folder / "libcst-1.4.0.dist-info").mkdir(parents=True)
    metadata = "Metadata-Version: 2.1\nName: libcst\nVersion: 1.4.0\n"
    (folder / "libcst-1.4.0.dist-info/METADATA").write_text(metadata, "utf-8")
    return {"PYTHONPATH": str(folder)}


@pytest.mark.parametrize("jobs", ["-j1", "-j2"])
def test_old_libcst(jobs: str, old_libcst: dict[str, str], tmp_path: Path) -> None:
    for name in ("one.py", "two.py"):
        (tmp_path / name).write_text(SUSPECT, "utf-8")
    names = ("one.py", "two.py")
    run = flake8(*ISOLATED, jobs, *names, cwd=tmp_path, environment=old_libcst)
    assert run.status == 1
    assert OLD_LIBCST in run.stdout + run.stderr
    assert "Traceback" not in run.stdout + run.stderr
    run = command(*ISOLATED, *names, cwd=tmp_path, environment=old_libcst)
    assert (run.status, run.stdout) == (2, "")
    assert run.stderr == f"flake8-forward: {OLD_LIBCST}\n"


def test_file_without_candidates_asks_for_nothing(
    old_libcst: dict[str, str], tmp_path: Path
) -> None:
    (tmp_path / "one.py").write_text("x = 1\n", "utf-8")
    run = flake8(*ISOLATED, "one.py", cwd=tmp_path, environment=old_libcst)
    assert (run.status, run.stdout, run.stderr) == (0, "", "")


def test_missing_libcst(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(name: str) -> str:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(requirements, "version", fail)
    with pytest.raises(UsageError, match=r"^flake8-forward needs .*; found none$"):
        settings.parse([])
