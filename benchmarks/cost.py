"""Compare the CPU time of flake8 alone, with this plugin, and with TorchFix.

    python benchmarks/cost.py                        whole transformers: slow
    python benchmarks/cost.py --package timm --rounds 5
    python benchmarks/cost.py --files 'transformers/models/b*/*.py' --limit 50
    python benchmarks/cost.py --one-line             start-up: nothing but imports
    python benchmarks/cost.py --one-line 'import torch'
    python benchmarks/cost.py --repos DIR            twenty research repositories: slow

The time is user + system of the whole process and its children, of `flake8 -j1`
with default options, and the three differ only in the plugin. The rounds take
turns (bare, ours, TorchFix, bare, ...), so that a slow phase of the machine does
not affect only one of them; the medians are compared.

A round over repositories, which leaves out TorchFix, lints each in a process of its
own, started in its folder, and adds them up. DIR holds a git directory
DIR/<owner>+<name>/repo for each.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple

import packages
import repositories

TORCHFIX = "torchfix==0.7.0"
BARE, OURS, THEIRS = "flake8", "flake8 + flake8-forward", "flake8 + TorchFix"
# Each plugin reports a line of this: one that does not run would cost nothing.
PROBE = """\
import torch

torch.load("weights")
torch.nn.Linear(1, 1).forward(torch.ones(1))
"""
SIGNS = {BARE: (), OURS: ("FWD101",), THEIRS: ("TOR102",)}
REPOSITORIES = 20


class Cost(NamedTuple):
    """CPU seconds and peak resident megabytes of one process, or of several in turn."""

    seconds: float
    megabytes: float


def environments(plugin: str, cache: Path, torchfix: bool = True) -> dict[str, Path]:
    """Return the pythons of the environments by label, if asked that of TorchFix."""
    pythons = {
        BARE: packages.environment("bare", [packages.FLAKE8], cache),
        OURS: packages.plugin_environment(plugin, cache),
    }
    if torchfix:
        theirs = [packages.FLAKE8, TORCHFIX]
        pythons[THEIRS] = packages.environment("torchfix", theirs, cache)
    return pythons


def flake8(python: Path, *more: str) -> list[str]:
    """Return the command line that is measured, with `more` arguments."""
    return [str(python), "-m", "flake8", "-j1", "--isolated", "--exit-zero", *more]


def measure(command: Sequence[str], folder: Path) -> Cost:
    """Run the command in `folder`, discard its output, and return its cost."""
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"exit {process.returncode}: {' '.join(command[:8])} ...")
    # Linux counts kilobytes, macOS bytes.
    unit = 1024 if sys.platform != "darwin" else 1024 * 1024
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit)


def check_awake(pythons: dict[str, Path]) -> None:
    """Exit unless exactly the expected plugins report the probe."""
    codes = {code for signs in SIGNS.values() for code in signs}
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "probe.py").write_text(PROBE, encoding="utf-8")
        for label, python in pythons.items():
            done = subprocess.run(
                flake8(python, "probe.py"),
                cwd=folder,
                capture_output=True,
                text=True,
                check=True,
            )
            seen = {code for code in codes if f" {code} " in done.stdout}
            if seen != set(SIGNS[label]):
                sys.exit(f"{label}: reports {sorted(seen)}\n{done.stdout}")


def rounds(
    pythons: dict[str, Path],
    arguments: Sequence[str],
    folders: Sequence[Path],
    count: int,
) -> dict[str, list[Cost]]:
    """Measure each environment `count` times in turns; return the costs by label.

    A round lints each folder, the environments in turns again, and adds up the costs.
    """
    costs: dict[str, list[Cost]] = {label: [] for label in pythons}
    for number in range(count):
        parts: dict[str, list[Cost]] = {label: [] for label in pythons}
        for folder in folders:
            for label, python in pythons.items():
                parts[label].append(measure(flake8(python, *arguments), folder))
        for label, each in parts.items():
            costs[label].append(together(each))
        if sys.stderr.isatty():
            print(f"round {number + 1} of {count}", end="\r", file=sys.stderr)
    return costs


def together(costs: Sequence[Cost]) -> Cost:
    """Return the cost of processes that ran one after the other."""
    return Cost(sum(c.seconds for c in costs), max(c.megabytes for c in costs))


def report(costs: dict[str, list[Cost]]) -> str:
    """Render medians, ratios to bare flake8, spread, and the peak of memory."""
    seconds = {label: [c.seconds for c in each] for label, each in costs.items()}
    bare = median(seconds[BARE])
    added = {label: median(seconds[label]) - bare for label in seconds}
    lines = [f"{'':26}{'median s':>10}{'min':>9}{'max':>9}{'ratio':>8}{'added s':>9}"]
    lines[0] += f"{'peak MB':>9}"
    for label, each in seconds.items():
        peak = max(cost.megabytes for cost in costs[label])
        lines.append(
            f"{label:26}{median(each):10.3f}{min(each):9.3f}{max(each):9.3f}"
            f"{median(each) / bare:8.3f}{added[label]:9.3f}{peak:9.0f}"
        )
    # Against noise of its own size, an added cost of about zero has no ratio.
    if THEIRS in added and added[OURS] > 0:
        lines.append(f"TorchFix adds {added[THEIRS] / added[OURS]:.2f} times as much")
    return "\n".join(lines)


def start_up(pythons: dict[str, Path], source: str, count: int) -> None:
    """Measure a file that holds one line of source and print the report."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "one_line.py").write_text(f"{source}\n", encoding="utf-8")
        costs = rounds(pythons, ["one_line.py"], [Path(folder)], count)
    print(f"{source!r}, {count} rounds\n{report(costs)}")


def files_of(folder: Path, pattern: str | None, limit: int | None) -> list[str]:
    """Return what to lint in `folder`: all of it, or the first files of a pattern."""
    if pattern is None and limit is None:
        return ["."]
    found = sorted(folder.glob(pattern or "**/*.py"))[:limit]
    return [path.relative_to(folder).as_posix() for path in found]


def research(pythons: dict[str, Path], mirrors: Path, cache: Path, count: int) -> None:
    """Measure the first research repositories together and print the report."""
    folders = []
    for known in repositories.research()[:REPOSITORIES]:
        commit = known["repo"], known["commit"]
        if folder := repositories.unpacked(*commit, mirrors, cache):
            folders.append(folder)
    if not folders:
        sys.exit("no repository is available")
    costs = rounds(pythons, ["."], folders, count)
    print(f"{len(folders)} research repositories, {count} rounds\n{report(costs)}")


def main() -> None:
    parser = packages.arguments(__doc__)
    parser.add_argument("--package", default="transformers", help="one of packages.txt")
    parser.add_argument("--files", metavar="GLOB", help="only these files of it")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N files")
    parser.add_argument("--rounds", type=int, help="(default: 3, start-up: 40)")
    parser.add_argument("--one-line", nargs="?", const="x = 1", metavar="SOURCE")
    repositories.add_option(parser)
    options = parser.parse_args()
    pythons = environments(options.plugin, options.cache, not options.repos)
    # Also a warm-up: writes byte code and fills the disk cache.
    check_awake(pythons)
    if options.one_line:
        start_up(pythons, options.one_line, options.rounds or 40)
        return
    if options.repos:
        research(pythons, options.repos, options.cache, options.rounds or 3)
        return
    (name,) = packages.chosen([options.package])
    folder = packages.unpacked(name, options.cache)
    paths = files_of(folder, options.files, options.limit)
    costs = rounds(pythons, paths, [folder], options.rounds or 3)
    what = "whole" if paths == ["."] else f"{len(paths)} files"
    print(f"{name} {packages.pinned()[name]}, {what}\n{report(costs)}")


if __name__ == "__main__":
    main()
