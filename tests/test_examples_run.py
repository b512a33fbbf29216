"""The examples run on a real torch and print what they say. No torch, no pass."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_programs import BAD, PROGRAMS, Program
from torch_programs import RunProgram


@pytest.mark.parametrize("program", PROGRAMS, ids=lambda program: program.name)
def test_prints_what_it_says(
    program: Program, run_program: RunProgram, tmp_path: Path
) -> None:
    run = run_program(program.path, tmp_path)
    assert run.returncode == 0, run.stderr
    assert program.promised_lines()
    assert run.stdout.splitlines() == program.promised_lines()


@pytest.mark.parametrize("bad", BAD, ids=lambda program: program.name)
def test_harm_shows(bad: Program) -> None:
    good = Program(bad.path.with_name("good.py"))
    labels = [label for label, _ in bad.promised_values()]
    assert labels == [label for label, _ in good.promised_values()]
    same = set(bad.promised_values()) & set(good.promised_values())
    assert [label for label, _ in same if not label.startswith("control")] == []
