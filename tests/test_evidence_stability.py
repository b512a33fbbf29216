"""What is found with a project's evidence is found however its files are linted."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from evidence import Rows, checkout, marked
from harness import ISOLATED, command, command_here, flake8, flake8_here
from test_evidence_callers import CALLERS
from test_evidence_candidates import FILES as CANDIDATES
from test_evidence_rivals import AS_STATE, CONTROLLER, FOUND

NET = "from torch import nn\n\n\nclass Net(nn.Module):\n    pass\n"
PROJECTS = {
    **{f"called: {name}": {**files, "nets.py": NET} for name, files in CALLERS.items()},
    "candidates": CANDIDATES,
    "used": {"learner.py": FOUND},
    "vetoed": {"learner.py": AS_STATE, "control/basic.py": CONTROLLER},
}
del PROJECTS["called: tuple"]  # a line of it has two receivers
SELECT = (*ISOLATED, "--select=FWD")


def _files() -> dict[str, str]:
    return {
        f"{number}/{name}": text
        for number, files in enumerate(PROJECTS.values())
        for name, text in files.items()
    }


FILES = _files()
EXPECTED = marked(FILES)
NAMES = sorted(FILES)
SHUFFLED = Random(1).sample(NAMES, len(NAMES))


@pytest.fixture(scope="module")
def top(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with all of the projects."""
    folder = tmp_path_factory.mktemp("projects")
    for number, files in enumerate(PROJECTS.values()):
        checkout(folder / str(number), files)
    return folder


def rows(stdout: str, cwd: Path, top: Path) -> Rows:
    """The lines that are reported, by the files' names below ``top``."""
    found: Rows = {}
    for line in stdout.splitlines():
        name, row, _ = line.split(":", 2)
        path = (cwd / name).resolve().relative_to(top.resolve())
        found.setdefault(path.as_posix(), []).append(int(row))
    return {name: sorted(found[name]) for name in sorted(found)}


@pytest.mark.parametrize("names", [NAMES, NAMES[::-1], SHUFFLED])
@pytest.mark.parametrize("jobs", ["-j1", "-j3"])
def test_order_does_not_matter(names: list[str], jobs: str, top: Path) -> None:
    lint = command_here if jobs == "-j1" else command
    run = lint(*SELECT, jobs, *names, cwd=top)
    assert rows(run.stdout, top, top) == EXPECTED != {}


def test_files_are_linted_alone(top: Path) -> None:
    found: Rows = {}
    for name in NAMES:
        found.update(rows(flake8_here(*SELECT, name, cwd=top).stdout, top, top))
    assert found == EXPECTED


@pytest.mark.parametrize("folder", [".", "0", "2", "0/sub", ".."])
def test_working_folder_does_not_matter(folder: str, top: Path) -> None:
    cwd = top / folder
    cwd.mkdir(exist_ok=True)
    run = flake8_here(*SELECT, *(str(top / name) for name in SHUFFLED), cwd=cwd)
    assert rows(run.stdout, cwd, top) == EXPECTED


def test_flake8_in_a_sub_folder(tmp_path: Path) -> None:
    """Files outside it are evidence, too."""
    files = {"learners/learner.py": AS_STATE, "controllers/basic.py": CONTROLLER}
    folder = checkout(tmp_path, files)
    assert flake8(*SELECT, ".", cwd=folder / "learners").stdout == ""
    (folder / "controllers/basic.py").unlink()
    found = flake8(*SELECT, ".", cwd=folder / "learners").stdout
    assert " FWD101 " in found
