"""What the plugin says about a folder, and tables of how much of it is right."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple

import findings

Row = dict[str, Any]
FORWARD_CALLS = ("FWD101", "FWD102")
Position = tuple[str, int, int]


class Case(NamedTuple):
    """Something that the plugin should or should not claim, and whether it does."""

    wanted: bool
    claimed: bool
    text: str


@dataclass(frozen=True)
class Answers:
    """The plugin's answers about a folder: flake8's findings, and its receivers."""

    folder: Path
    receivers: list[Row]
    found: list[findings.Finding]

    def reported(self, codes: Iterable[str]) -> set[Position]:
        """Return the positions of the findings with one of the codes."""
        wanted = set(codes)
        return {(f.file, f.line, f.column) for f in self.found if f.code in wanted}

    @cached_property
    def forward_calls(self) -> set[Position]:
        """The positions where a call of `forward` is reported."""
        return self.reported(FORWARD_CALLS)

    @cached_property
    def verdicts(self) -> dict[Position, str]:
        """What is said about the receiver of each `forward`, and why."""
        return {
            (
                row["file"],
                row["line"],
                row["column"],
            ): f"{row['verdict']} ({row['why']})"
            for row in self.receivers
        }

    def labelled(
        self, wanted: bool, file: str, start: tuple[int, int], text: str
    ) -> Case:
        """Return the case of one `.forward` in a file, described by `text`.

        `start` is where its expression starts: ast's line and column.
        """
        words = findings.forward_words(self.folder / file).items()
        word = next(w for node, w in words if (node.lineno, node.col_offset) == start)
        place = (file, *word)
        said = self.verdicts.get(place, "absent")
        text = f"{file}:{word[0]}:{word[1]} {text}; {said}"
        return Case(wanted, place in self.forward_calls, text)


def ask(
    python: Path, what: str, folder: Path, paths: Sequence[str] = (".",)
) -> list[Row]:
    """Return what `python -m flake8_forward WHAT --json` says of paths in a folder."""
    done = subprocess.run(
        [str(python), "-m", "flake8_forward", what, "--json", *paths],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        sys.exit(f"{what} failed in {folder}:\n{done.stderr}")
    rows: list[Row] = json.loads(done.stdout)
    for row in rows:
        row["file"] = Path(row["file"]).as_posix()
    return rows


def percent(part: int, whole: int) -> str:
    """Render a share, or a dash if there is nothing to share."""
    return f"{part / whole:8.2%}" if whole else f"{'-':>8}"


def summary(cases: Sequence[Case]) -> str:
    """Render the shares of what should and should not be claimed that is."""
    wanted = [case.claimed for case in cases if case.wanted]
    others = [case.claimed for case in cases if not case.wanted]
    right, wrong = sum(wanted), sum(others)
    found = f"{right:6} of {len(wanted):6} {percent(right, len(wanted))}"
    false = f"{wrong:6} of {len(others):6} {percent(right, right + wrong)}"
    return found + false


def report(measure: str, cases: Mapping[str, Sequence[Case]], misses: bool) -> None:
    """Print a table of one measure, then what is wrong and, if asked, its misses.

    `cases` are those of each package or repository.
    """
    width = max([20, *(len(name) + 1 for name in cases)])
    everything = [case for each in cases.values() for case in each]
    print(f"\n{measure}\n{'':{width}}{'found':>16}   recall{'wrongly':>16} precision")
    for name, each in cases.items():
        if each:
            print(f"{name:{width}}{summary(each)}")
    print(f"{'all':{width}}{summary(everything)}")
    for case in everything:
        if case.claimed and not case.wanted:
            print(f"  wrong: {case.text}")
    if misses:
        for case in everything:
            if case.wanted and not case.claimed:
                print(f"  missed: {case.text}")
