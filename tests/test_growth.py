"""The work that a file takes grows with its size, counted in calls of functions.

Calls, unlike seconds, are the same each time: a look at the whole file, class or
function for each word in it shows in files of a few hundred lines.
"""

from __future__ import annotations

import cProfile
from pathlib import Path

import pytest
from growth_shapes import SHAPES
from harness import command_here
from projects import write

LINEAR = 2.1
"""How much more work 6 more of something may take than 3: twice, and a little."""


def work(files: dict[str, str], folder: Path) -> int:
    """Return how many functions are called to lint and to fix ``files``."""
    folder.mkdir(exist_ok=True)
    write(folder, files)
    profile = cProfile.Profile()
    options = ("--isolated", "--jobs=1", "--select=FWD,FWD9", "--fix", "--unsafe-fixes")
    run = profile.runcall(command_here, *options, cwd=folder)
    assert "Traceback" not in run.stderr
    return sum(entry.callcount for entry in profile.getstats())


@pytest.mark.parametrize("shape", SHAPES)
def test_work_is_linear(shape: str, tmp_path: Path) -> None:
    make, first = SHAPES[shape]
    step = max(1, first // 400)
    work(make(step), tmp_path / "first")  # imports what it needs
    least, once, twice = (
        work(make(count * step), tmp_path / f"{count}") for count in (1, 4, 7)
    )
    assert twice - least <= LINEAR * (once - least)
