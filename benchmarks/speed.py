"""Compare the wall-clock time of flake8 and the command for a whole package.

    python benchmarks/speed.py                       transformers, on two cores
    python benchmarks/speed.py --package timm --jobs 4 --rounds 5

flake8 runs its own checks alone, with default options; `flake8-forward` does what this
plugin does. The rounds alternate, so that a slow phase of the machine does not affect
only one of them; the medians of wall-clock and CPU time are compared.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

import packages
from latency import Save

FLAKE8 = ("flake8", "--exit-zero")
COMMAND = ("flake8_forward.command.main",)


def lint(python: Path, module: tuple[str, ...], jobs: int, folder: Path) -> Save:
    """Lint a folder in `jobs` processes, return what it took them all."""
    start = perf_counter()
    process = subprocess.Popen(
        [str(python), "-m", *module, "--isolated", f"-j{jobs}", "."],
        cwd=folder,
        stdout=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    clock = perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit(f"exit {process.returncode}: {module[0]} in {folder}")
    return Save(clock, usage.ru_utime + usage.ru_stime)


def main() -> None:
    parser = packages.arguments(__doc__)
    parser.add_argument("--package", default="transformers", metavar="PACKAGE")
    parser.add_argument("--jobs", type=int, default=2, help="(default: 2)")
    parser.add_argument("--rounds", type=int, default=3, help="(default: 3)")
    options = parser.parse_args()
    runs = {
        "flake8": (
            packages.environment("bare", [packages.FLAKE8], options.cache),
            FLAKE8,
        ),
        "flake8-forward": (
            packages.plugin_environment(options.plugin, options.cache),
            COMMAND,
        ),
    }
    (name,) = packages.chosen([options.package])
    folder = packages.unpacked(name, options.cache)
    taken: dict[str, list[Save]] = {label: [] for label in runs}
    print(f"{name} {packages.pinned()[name]}, {options.jobs} processes")
    print(f"{'':16}{'clock s':>9}{'CPU s':>9}")
    for _ in range(options.rounds):
        for label, (python, module) in runs.items():
            one = lint(python, module, options.jobs, folder)
            taken[label].append(one)
            print(f"{label:16}{one.clock:9.1f}{one.cpu:9.1f}", flush=True)
    bare, ours = (
        Save(*(median(each) for each in zip(*taken[label], strict=True)))
        for label in runs
    )
    clock, cpu = ours.clock / bare.clock, ours.cpu / bare.cpu
    print(f"{'ratio of medians':16}{clock:9.2f}{cpu:9.2f}")


if __name__ == "__main__":
    main()
