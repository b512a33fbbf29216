"""Compare the time after a save in an editor: flake8 alone and with this plugin.

    python benchmarks/latency.py                      about 2,000 lines, five files
    python benchmarks/latency.py --lines 500 --files 9 --rounds 40

On a save, an editor starts flake8 and passes it the buffer on
standard input under the path of the file. The files are those modeling files of
transformers whose length is nearest to the requested one. The disk is warm: each
file is linted once before the clock runs. The rounds take turns (bare, ours, bare,
...), so that a slow phase of the machine does not affect only one; the medians
of wall-clock and CPU time are compared.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import cost
import packages

PACKAGE = "transformers"
MODELS = "transformers/models/*/modeling_*.py"


class Save(NamedTuple):
    """Wall-clock and CPU seconds of one process."""

    clock: float
    cpu: float


def nearest(folder: Path, lines: int, count: int) -> dict[str, int]:
    """Return the lengths of `count` files by path, of those nearest to `lines`."""
    lengths = {
        path.relative_to(folder).as_posix(): path.read_bytes().count(b"\n")
        for path in sorted(folder.glob(MODELS))
    }
    paths = sorted(lengths, key=lambda path: abs(lengths[path] - lines))[:count]
    return {path: lengths[path] for path in paths}


def save(python: Path, folder: Path, path: str) -> Save:
    """Lint the file `path` of `folder` as an editor does, and return the seconds."""
    command = cost.flake8(python, "--stdin-display-name", path, "-")
    with (folder / path).open("rb") as buffer:
        start = perf_counter()
        process = subprocess.Popen(
            command, cwd=folder, stdin=buffer, stdout=subprocess.DEVNULL
        )
        _, status, usage = os.wait4(process.pid, 0)
        clock = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"exit {process.returncode}: {path}")
    return Save(clock, usage.ru_utime + usage.ru_stime)


def saves(
    pythons: dict[str, Path], folder: Path, path: str, rounds: int
) -> dict[str, Save]:
    """Save the file `rounds` times with each python in turns; return the medians."""
    taken: dict[str, list[Save]] = {label: [] for label in pythons}
    for number in range(rounds + 1):
        for label, python in pythons.items():
            one = save(python, folder, path)
            if number:  # the first round warms the disk's cache
                taken[label].append(one)
    return {
        label: Save(median(one.clock for one in each), median(one.cpu for one in each))
        for label, each in taken.items()
    }


def main() -> None:
    parser = packages.arguments(__doc__)
    parser.add_argument("--lines", type=int, default=2000, help="(default: 2000)")
    parser.add_argument("--files", type=int, default=5, help="(default: 5)")
    parser.add_argument("--rounds", type=int, default=15, help="(default: 15)")
    options = parser.parse_args()
    pythons = {
        cost.BARE: packages.environment("bare", [packages.FLAKE8], options.cache),
        cost.OURS: packages.plugin_environment(options.plugin, options.cache),
    }
    cost.check_awake(pythons)
    folder = packages.unpacked(PACKAGE, options.cache)
    print(f"{PACKAGE} {packages.pinned()[PACKAGE]}, {options.rounds} rounds each")
    print(f"{'':40}{'lines':>6}{'bare s':>8}{'added s':>9}{'share':>7}{'of CPU':>8}")
    shares: list[Save] = []
    for path, length in nearest(folder, options.lines, options.files).items():
        medians = saves(pythons, folder, path, options.rounds)
        bare, ours = medians[cost.BARE], medians[cost.OURS]
        share = Save(ours.clock / bare.clock - 1, ours.cpu / bare.cpu - 1)
        shares.append(share)
        print(
            f"{Path(path).name:40}{length:6}{bare.clock:8.3f}"
            f"{ours.clock - bare.clock:9.3f}{share.clock:7.0%}{share.cpu:8.0%}",
            flush=True,
        )
    clock, cpu = (median(each) for each in zip(*shares, strict=True))
    print(f"{'median':40}{'':23}{clock:7.0%}{cpu:8.0%}")


if __name__ == "__main__":
    main()
