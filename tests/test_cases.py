"""Real files, linted only: findings equal marks, on every line and on no other."""

from __future__ import annotations

from pathlib import Path

import pytest
from case_projects import PLACES, copy_to
from example_programs import Finding, Program
from harness import ISOLATED, Run, flake8

from flake8_forward.lint.gate import OFF_BY_DEFAULT
from flake8_forward.rules import all_rules

FOLDER = Path(__file__).parent / "cases"
CASES = [Program(path) for path in sorted(FOLDER.rglob("*.py"))]
MARKS = {case: case.marks() for case in CASES}
TOPICS = sorted(folder.name for folder in FOLDER.iterdir() if folder.is_dir())
OFF = [topic.upper() for topic in TOPICS if topic.startswith("fwd9")]
CODES = [rule.code for rule in all_rules() if not rule.code.startswith(OFF_BY_DEFAULT)]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    extra = f"--extend-select={','.join(OFF)}"
    root = copy_to(tmp_path_factory.mktemp("cases"))
    run = flake8(*ISOLATED, extra, "tests/cases", cwd=root)
    assert run.stderr == ""
    assert " E9" not in run.stdout
    return run


def reported(case: Program, run: Run) -> list[Finding]:
    return run.reported(str(PLACES[case.path]))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.path.stem)
def test_findings_equal_marks(case: Program, run: Run) -> None:
    assert reported(case, run) == MARKS[case]


@pytest.mark.parametrize("topic", TOPICS)
def test_topic_has_findings(topic: str, run: Run) -> None:
    """Lines without findings mean something only beside lines with findings."""
    cases = [case for case in CASES if topic in case.path.parts]
    assert any(reported(case, run) for case in cases)


@pytest.mark.parametrize("code", CODES)
def test_code_has_cases(code: str, run: Run) -> None:
    marks = [mark for marks in MARKS.values() for mark in marks if mark.code == code]
    assert len(marks) > 10
    assert f" {code} '" in run.stdout
