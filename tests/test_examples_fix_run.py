"""The bad examples, mended by the command, run on a real torch without the harm."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from example_programs import BAD, Program
from harness import check, command

from flake8_forward.rule import Rule, all_rules

FIXED = [rule.code for rule in all_rules() if type(rule).fix is not Rule.fix]
FIXABLE = [program for program in BAD if program.code in FIXED]


def test_there_is_something_to_mend() -> None:
    assert {"FWD101", "FWD102"} <= {program.code for program in FIXABLE}


@pytest.mark.parametrize("bad", FIXABLE, ids=lambda program: program.name)
def test_mended_program_prints_what_the_good_one_does(
    bad: Program, tmp_path: Path
) -> None:
    path = tmp_path / "program.py"
    path.write_bytes(bad.path.read_bytes())
    assert bad.code in {finding.code for finding in check(path)}
    options = ("--isolated", "--fix", "--unsafe-fixes", f"--select={bad.code}")
    assert command(*options, "program.py", cwd=tmp_path).status == 0
    assert bad.code not in {finding.code for finding in check(path)}
    run = subprocess.run(
        [sys.executable, str(path)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    good = Program(bad.path.with_name("good.py"))
    assert run.stdout.splitlines() == good.promised_lines()
