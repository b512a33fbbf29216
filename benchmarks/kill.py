"""Kill `--fix` and `--add-noqa` at random moments and look at what is left.

    python benchmarks/kill.py                        1,000 kills, from a fixed seed
    python benchmarks/kill.py --kills 50 --seed 7 --files 30

Each run fixes (or silences) a fresh tree of files with findings and is sent SIGKILL
after a random part of the time that an undisturbed run takes, together with its workers
if there are any. Then every file must be intact: as before, or as the undisturbed run
leaves it. Temporary files may be left behind; they must be hidden, and linting must skip
them. Now and then, the run is repeated without a kill: it must complete the changes.
Exits with 1 if anything is lost.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

from flake8_forward.command.main import main

MODES = ("--fix", "--add-noqa")
BAD = "from torch import nn\n\nnet = nn.Linear(1, 1)\n" + "net.forward(1)\n" * 3


def tree(count: int) -> dict[str, bytes]:
    """Return a tree of files: different sizes, line ends and encodings."""
    files = {}
    for number in range(count):
        text = f"# file {number} \N{LATIN SMALL LETTER E WITH ACUTE}\n" + BAD * (
            1 + number % 3
        )
        data = text.replace("\n", "\r\n" if number % 3 == 0 else "\n").encode()
        files[f"p{number % 4}/m{number}.py"] = data
    return files


def write(folder: Path, files: dict[str, bytes]) -> None:
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)


def start(folder: Path, mode: str, jobs: int) -> int:
    """Start the command in a copy of this process, which has imported it already."""
    process = os.fork()
    if process:
        return process
    os.setsid()
    os.chdir(folder)
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os._exit(main(["--isolated", mode, f"--jobs={jobs}"]))


def finished(files: dict[str, bytes], mode: str) -> tuple[dict[str, bytes], float]:
    """Return what an undisturbed run makes of the files, and the seconds it takes."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, files)
        begun = time.perf_counter()
        os.waitpid(start(folder, mode, 1), 0)
        taken = time.perf_counter() - begun
        return {path: (folder / path).read_bytes() for path in files}, taken


def kill(folder: Path, mode: str, jobs: int, after: float) -> bool:
    """Kill a run and its workers after some seconds; tell whether it was in time."""
    process = start(folder, mode, jobs)
    time.sleep(after)
    with suppress(ProcessLookupError):
        os.killpg(process, signal.SIGKILL)
    return os.waitpid(process, 0)[1] == signal.SIGKILL


def state(folder: Path, old: dict[str, bytes], new: dict[str, bytes]) -> Counter[str]:
    """Count the files that are old, new or lost, and what else there is."""
    found: Counter[str] = Counter()
    for path, before in old.items():
        data = (folder / path).read_bytes() if (folder / path).exists() else None
        kind = "old" if data == before else "new" if data == new[path] else "lost"
        found[kind] += 1
    for left in folder.rglob("*"):
        if left.is_file() and left.relative_to(folder).as_posix() not in old:
            is_hidden = left.name.startswith(".") and left.suffix == ".tmp"
            found["temporary" if is_hidden else "lost"] += 1
    return found


def trial(
    old: dict[str, bytes],
    new: dict[str, bytes],
    mode: str,
    jobs: int,
    after: float,
    ends: bool,
) -> Counter[str]:
    """Kill one run over a fresh tree; count what is left of it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write(folder, old)
        was_killed = kill(folder, mode, jobs, after)
        found = state(folder, old, new)
        found["killed"] = int(was_killed)
        found["in between"] = int(bool(found["old"] and found["new"]))
        if ends:
            os.waitpid(start(folder, mode, 1), 0)
            found["lost"] += len(old) - state(folder, old, new)["new"]
    return found


def measure() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--kills", type=int, default=1000, help="(default: 1000)")
    parser.add_argument("--files", type=int, default=36, help="(default: 36)")
    parser.add_argument("--seed", type=int, default=0, help="(default: 0)")
    options = parser.parse_args()
    moments = random.Random(options.seed)
    old = tree(options.files)
    ends = {mode: finished(old, mode) for mode in MODES}
    total: Counter[str] = Counter()
    while total["killed"] < options.kills:
        mode, jobs = MODES[total["runs"] % 2], 1 + total["runs"] // 2 % 2
        new, taken = ends[mode]
        after = taken * moments.random()
        total += trial(old, new, mode, jobs, after, ends=total["runs"] % 10 == 0)
        total["runs"] += 1
    for name in ("runs", "killed", "in between", "old", "new", "temporary", "lost"):
        print(f"{name:12}{total[name]:8}")
    return int(bool(total["lost"]))


if __name__ == "__main__":
    sys.exit(measure())
