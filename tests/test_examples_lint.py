"""What flake8 reports on the examples is what their marks say. Needs no torch."""

from __future__ import annotations

import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import pytest
from example_programs import (
    BAD,
    FOLDERS,
    GOOD,
    PROGRAMS,
    ROOT,
    RULE_FOLDER,
    Finding,
    Program,
)

FLAKE8 = (sys.executable, "-m", "flake8")
REPORTED = re.compile(r"(?P<path>[^:]+):(?P<row>\d+):(?P<column>\d+): (?P<code>\w+) .+")

Findings = Mapping[Path, list[Finding]]


def flake8(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*FLAKE8, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="session")
def findings() -> Findings:
    """Our findings in all examples, by file; other plugins' findings are left out."""
    # flake8 wraps the list of its plugins, if need be at the hyphen of a name.
    plugins = flake8("--version").stdout.replace("\n", "").replace("_", "-")
    assert "flake8-forward:" in plugins
    # No --select: it would switch every rule on, and a rule that is off by mistake
    # would go unnoticed.
    off = {program.code for program in PROGRAMS if program.code.startswith("FWD9")}
    extra = [f"--extend-select={','.join(sorted(off))}"] if off else []
    run = flake8("--isolated", "--disable-noqa", *extra, "examples")
    assert run.returncode in (0, 1), run.stderr
    by_file = defaultdict(list)
    for line in run.stdout.splitlines():
        report = REPORTED.fullmatch(line)
        assert report, run.stdout
        if report["code"].startswith("FWD"):
            found = Finding(int(report["row"]), int(report["column"]), report["code"])
            by_file[(ROOT / report["path"]).resolve()].append(found)
    return by_file


def test_examples_exist() -> None:
    assert BAD
    assert GOOD


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_findings_equal_marks(program: Program, findings: Findings) -> None:
    assert sorted(findings.get(program.path.resolve(), [])) == program.marks()


@pytest.mark.parametrize("program", BAD, ids=lambda program: program.name)
def test_bad_program_is_marked(program: Program) -> None:
    assert program.code in {mark.code for mark in program.marks()}


@pytest.mark.parametrize("program", GOOD, ids=lambda program: program.name)
def test_good_program_is_unmarked(program: Program) -> None:
    assert program.marks() == []


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_rule_has_both_programs(folder: Path) -> None:
    names = {path.name for path in folder.glob("*.py")}
    expected = {"bad.py", "good.py"} if RULE_FOLDER.fullmatch(folder.name) else names
    assert names == expected
    assert "good.py" in names
