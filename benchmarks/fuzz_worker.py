"""The part of fuzz.py that runs where flake8 and the plugin are installed.

Takes one job as JSON on standard input: the kind of inputs, the files and the
seed. Prints a JSON list for each event: a start, a result, a problem.
"""

from __future__ import annotations

import faulthandler
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from typing import Any

sys.path.append(str(Path(__file__).parent.parent / "tests"))
import fuzz_checks
from fuzz_mutations import mutated
from fuzz_programs import Programmer

PATIENCE = 600
"""Seconds for a file until a process that nothing interrupts ends itself."""

REPORTED = re.compile(r"^.*:\d+:\d+: FWD\d+ ", re.MULTILINE)
FAILED = re.compile("Traceback|critical error|failed during execution")
OURS = re.compile("flake8[-_]forward")

TRIES = 200
"""Smaller versions of a failing input that are tried."""


def say(*event: Any) -> None:
    """Send an event to the parent."""
    print(json.dumps(event), flush=True)


@contextmanager
def overlay(root: Path, file: Path) -> Iterator[Path]:
    """Make a copy of the tree at `root`, of links, and yield where `file` would be in it.

    The files around it are there, too, so its imports lead to the same files.
    """
    with tempfile.TemporaryDirectory() as name:
        here, there = root, Path(name).resolve()
        for part in file.relative_to(root).parts:
            for path in here.iterdir():
                if path.name != part:
                    (there / path.name).symlink_to(path)
            here, there = here / part, there / part
            if here != file:
                there.mkdir()
        yield there


def mutants(job: dict[str, Any]) -> Iterator[None]:
    """Mutate each file of the job some times."""
    for number, (root, name) in enumerate(job["files"]):
        file = Path(name)
        data = file.read_bytes()
        fuzz_checks.forget()
        with overlay(Path(root), file) as path:
            for index in range(number == 0 and job["skip"], job["each"]):
                where = f"{job['first']} {file.relative_to(root)}"
                chance = Random(f"{job['seed']} {where} {index}")
                mutant = mutated(data, chance)
                trial(path, mutant, (number, index))
                if job["kind"] == "processes":
                    path.write_bytes(mutant)
                    in_processes(path)
            yield


def programs(job: dict[str, Any]) -> Iterator[None]:
    """Write programs; their classes come from a file beside them as well."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "__init__.py").touch()
        seeds = range(job["first"] + job["skip"], job["first"] + job["count"])
        for index, seed in enumerate(seeds, job["skip"]):
            if index % 20 == job["skip"] % 20:
                nets = Programmer(Random(f"{job['seed']} nets {seed}")).program()
                (folder / "nets.py").write_bytes(nets.encode())
                fuzz_checks.forget()
            program = Programmer(Random(f"{job['seed']} {seed}")).program()
            trial(folder / "main.py", program.encode(), (0, index))
            yield


def sources(job: dict[str, Any]) -> Iterator[None]:
    """Take files as they are."""
    for number, (_, name) in enumerate(job["files"]):
        if number == 0 and job["skip"]:
            continue  # the process died of it
        say("start", number, 0)
        if number % 50 == 0:
            fuzz_checks.forget()
        report = fuzz_checks.examine(Path(name))
        say("done", report.findings, report.parsed)
        for problem in report.problems:
            say("problem", problem, name)
        yield


def trial(path: Path, data: bytes, place: tuple[int, int]) -> None:
    """Examine an input twice; report what is wrong, with the smallest input for it."""
    say("start", *place)
    path.write_bytes(data)
    report = fuzz_checks.examine(path)
    if place[1] % 20 == 19 and not report.problems:
        found = fuzz_checks.by_plugin(path)[0] if report.parsed else []
        fuzz_checks.forget()
        if report.parsed and fuzz_checks.by_plugin(path)[0] != found:
            say("problem", "disagreement: first and second run", save(data))
    say("done", report.findings, report.parsed)
    for kind in {problem.partition(":")[0] for problem in report.problems}:
        first = next(item for item in report.problems if item.startswith(kind))
        small = data if kind == "hang" else reduced(path, data, kind)
        say("problem", first, save(small))


def in_processes(path: Path) -> None:
    """Lint a file in processes as a user starts them, with all of flake8's checks."""
    report = fuzz_checks.examine(path)
    for module in ("flake8", "flake8_forward.command.main"):
        done = subprocess.run(
            [sys.executable, "-m", module, *fuzz_checks.ARGUMENTS, "-j1", str(path)],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
            timeout=PATIENCE,
        )
        output = done.stdout + done.stderr  # flake8 says it on the former
        if FAILED.search(output):  # flake8's other checks have their limits
            if OURS.search(output):
                say(
                    "problem",
                    f"crash: {module}: {output}",
                    save(path.read_bytes()),
                )
        elif len(REPORTED.findall(done.stdout)) != report.findings:
            say("problem", f"disagreement: {module} alone", save(path.read_bytes()))


def reduced(path: Path, data: bytes, kind: str) -> bytes:
    """Return `data` without most of the lines that do not matter to the problem."""
    tries = TRIES

    def fails(lines: list[bytes]) -> bool:
        path.write_bytes(b"".join(lines))
        return any(item.startswith(kind) for item in fuzz_checks.examine(path).problems)

    lines = data.splitlines(keepends=True)
    size = max(1, len(lines) // 2)
    while tries > 0:
        start = 0
        while start < len(lines) and tries > 0:
            tries -= 1
            shorter = lines[:start] + lines[start + size :]
            if fails(shorter):
                lines = shorter
            else:
                start += size
        if size == 1:
            break
        size = max(1, size // 2)
    return b"".join(lines)


def save(data: bytes) -> str:
    """Keep a failing input; return its path."""
    folder = Path(os.environ["FUZZ_FOLDER"])
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{hashlib.sha256(data).hexdigest()[:12]}.py"
    path.write_bytes(data)
    return str(path)


KINDS: dict[str, Callable[[dict[str, Any]], Iterator[None]]] = {
    "mutations": mutants,
    "processes": mutants,
    "programs": programs,
    "sources": sources,
}


def main() -> None:
    job = json.load(sys.stdin)
    faulthandler.enable()
    faulthandler.dump_traceback_later(PATIENCE, exit=True)
    event = "failed"
    try:
        for _ in KINDS[job["kind"]](job):
            faulthandler.dump_traceback_later(PATIENCE, exit=True)
        event = "end"
    finally:
        say(event)  # nothing, if the process was killed


if __name__ == "__main__":
    main()
