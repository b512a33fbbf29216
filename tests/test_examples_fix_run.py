"""The bad examples, fixed by the command, run on real torch without the problem."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_programs import BAD, Program
from harness import check, command_here
from torch_programs import RunProgram

from flake8_forward.rules import all_rules

FIXED = [
    rule.code for rule in all_rules() if "automatic" in rule.documentation().fix.lower()
]
PARTLY = ["FWD201"]
FIXABLE = [program for program in BAD if program.code in FIXED]


def test_there_is_something_to_fix() -> None:
    assert {"FWD101", "FWD102"} <= {program.code for program in FIXABLE}


@pytest.mark.parametrize("bad", FIXABLE, ids=lambda program: program.name)
def test_fixed_program_prints_what_the_good_one_does(
    bad: Program, run_program: RunProgram, tmp_path: Path
) -> None:
    """For FWD201, only a ``__call__`` that can be renamed is fixed: its lines change."""
    path = tmp_path / "program.py"
    path.write_bytes(bad.path.read_bytes())
    assert bad.code in {finding.code for finding in check(path)}
    options = ("--isolated", "--fix", "--unsafe-fixes", f"--select={bad.code}")
    is_partly = bad.code in PARTLY
    assert command_here(*options, "program.py", cwd=tmp_path).status == int(is_partly)
    assert (bad.code in {finding.code for finding in check(path)}) == is_partly
    run = run_program(path, tmp_path)
    assert run.returncode == 0, run.stderr
    lines = run.stdout.splitlines()
    good = Program(bad.path.with_name("good.py")).promised_lines()
    if is_partly:
        kept = [line != fixed for line, fixed in zip(lines, good, strict=True)]
        assert any(kept) and not all(kept)
    else:
        assert lines == good
