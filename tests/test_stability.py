"""Findings in a file are the same in every order and process."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from case_projects import PLACES, copy_to
from example_programs import FOLDERS, ROOT, Finding
from harness import ISOLATED, Run, command, command_here, flake8, flake8_here

SELECT = (*ISOLATED, "--select=FWD,FWD9")
CASES = ROOT / "tests/cases"
TAKEN = (*FOLDERS[:8], CASES / "fwd101", CASES / "fwd201", CASES / "silent")
FILES = sorted(
    str(place)
    for path, place in PLACES.items()
    if any(path.is_relative_to(folder) for folder in TAKEN)
)
SHUFFLED = Random(1).sample(FILES, len(FILES))

WAYS: dict[str, tuple[Callable[..., Run], Sequence[str], str]] = {
    "again": (command_here, FILES, "-j1"),
    "reversed": (command_here, FILES[::-1], "-j1"),
    "shuffled": (command_here, SHUFFLED, "-j1"),
    "four processes": (command, FILES, "-j4"),
    "four processes, shuffled": (command, SHUFFLED, "-j4"),
    "flake8": (flake8_here, FILES, "-j1"),
    "flake8, four processes, shuffled": (flake8, SHUFFLED, "-j4"),
}


def reported(run: Run, names: Sequence[str]) -> dict[str, list[Finding]]:
    assert "Traceback" not in run.stderr
    return {name: run.reported(name) for name in sorted(names)}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_to(tmp_path_factory.mktemp("cases"))


@pytest.fixture(scope="module")
def expected(root: Path) -> dict[str, list[Finding]]:
    expected = reported(command(*SELECT, "-j1", *FILES, cwd=root), FILES)
    assert sum(map(len, expected.values())) > 100
    return expected


@pytest.mark.parametrize(("lint", "names", "jobs"), WAYS.values(), ids=WAYS)
def test_order_and_processes_do_not_matter(
    lint: Callable[..., Run],
    names: Sequence[str],
    jobs: str,
    root: Path,
    expected: dict[str, list[Finding]],
) -> None:
    run = lint(*SELECT, jobs, *names, cwd=root)
    assert reported(run, names) == expected


@pytest.mark.parametrize("lint", [command, flake8])
def test_standard_input(
    lint: Callable[..., Run], root: Path, expected: dict[str, list[Finding]]
) -> None:
    names = [name for name in SHUFFLED if expected[name]][:3]
    for name in names:
        arguments = (*SELECT, "--stdin-display-name", name, "-")
        run = lint(*arguments, cwd=root, stdin=(root / name).read_bytes())
        assert run.reported(name) == expected[name]
