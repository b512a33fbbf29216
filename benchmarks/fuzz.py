"""Lint inputs of all kinds with the plugin and the command; report failures.

    python benchmarks/fuzz.py                        everything: hours on one core
    python benchmarks/fuzz.py mutations --mutations 10000 --seed 2
    python benchmarks/fuzz.py library packages programs --jobs 2
    python benchmarks/fuzz.py --python .venv/bin/python   where both are installed

Checked for every input: no exception, ten seconds at most, every finding inside the
file and at the word that its message names, plugin and command in agreement, and, for
a part, the same in a second run in a fresh process. Failing inputs are minimised
and kept in the cache. Exits with 1 if there are any.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import Any, TypeAlias

import packages

Job: TypeAlias = "dict[str, Any]"
Source: TypeAlias = "tuple[str, str]"
"""The folder that a file's imports start from, and the file."""

KINDS = ("library", "packages", "programs", "mutations", "processes")
OWN = ("examples", "tests/cases")
CHUNK = {"sources": 200, "mutations": 10, "programs": 500}
LONGEST = 50_000
"""Bytes of a file that is mutated."""

EACH = 80
"""Mutations of one file: what it imports is read once for all of them."""

SUSPICIOUS = re.compile(
    rb"\.forward\b|__call__|\.grad\b|\.train\b|\.eval\b|nn\.Module\b|Parameter\b|dropout\("
)
LIBRARY = "import sysconfig; print(sysconfig.get_path('stdlib'))"
PROBLEMS = ("crash", "hang", "position", "disagreement", "message")


def library(python: Path) -> list[Source]:
    """Return the files of that Python's standard library, its tests included."""
    command = [str(python), "-c", LIBRARY]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    top = Path(done.stdout.strip())
    return [
        (str(top), str(path))
        for path in sorted(top.rglob("*.py"))
        if "site-packages" not in path.parts and path.is_file()
    ]


def package_files(cache: Path) -> list[Source]:
    """Return the files of all packages of packages.txt."""
    return _files_below(packages.unpacked(name, cache) for name in packages.pinned())


def _files_below(folders: Iterable[Path]) -> list[Source]:
    return [
        (str(top), str(path)) for top in folders for path in sorted(top.rglob("*.py"))
    ]


def suspects(sources: Iterable[Source]) -> list[Source]:
    """Return the files that are worth mutating: those with trigger words."""
    return [
        (top, name)
        for top, name in sources
        if os.path.getsize(name) <= LONGEST
        and SUSPICIOUS.search(Path(name).read_bytes())
    ]


def jobs_of(kind: str, options: argparse.Namespace, python: Path) -> list[Job]:
    """Return the jobs for a kind of input."""
    if kind == "programs":
        starts = range(0, options.programs, CHUNK[kind])
        counts = [
            (start, min(CHUNK[kind], options.programs - start)) for start in starts
        ]
        return [
            {"kind": kind, "first": start, "count": count} for start, count in counts
        ]
    if kind in ("library", "packages"):
        found = library(python) if kind == "library" else package_files(options.cache)
        return [
            {"kind": "sources", "files": part} for part in _portions(found, "sources")
        ]
    own = suspects(_files_below(packages.REPOSITORY / name for name in OWN))
    others = suspects(package_files(options.cache))
    Random(options.seed).shuffle(others)
    wanted = options.mutations if kind == "mutations" else options.processes
    each = min(EACH, wanted) if kind == "mutations" else 1
    count = -(-wanted // each) if wanted else 0
    # Our own files are full of findings: they are a third of the inputs, or what
    # the packages do not fill.
    files = others[: count - count // 3]
    files += (own * count)[: count - len(files)]
    Random(options.seed).shuffle(files)
    return [
        {"kind": kind, "files": part, "each": each, "first": number}
        for number, part in enumerate(_portions(files, "mutations"))
    ]


def _portions(files: Sequence[Source], kind: str) -> Iterator[list[Source]]:
    for start in range(0, len(files), CHUNK[kind]):
        yield [*files[start : start + CHUNK[kind]]]


def run(job: Job, python: Path, folder: Path) -> Counter[str]:
    """Do a job in a separate process; if an input kills it, continue after that one."""
    counts: Counter[str] = Counter()
    while (place := _run_once(job, python, folder, counts)) is not None:
        number, index = place
        name = job["files"][number][1] if "files" in job else job["first"]
        counts["crash"] += 1
        print(f"crash: the process died: {job['kind']} {name} {index}", flush=True)
        if "files" in job:
            job = {**job, "files": job["files"][number:]}
        job = {**job, "skip": index + 1}
    return counts


def _run_once(
    job: Job, python: Path, folder: Path, counts: Counter[str]
) -> tuple[int, int] | None:
    """Return the input, by file and number, at which the process died, if it did."""
    process = subprocess.Popen(
        [str(python), str(packages.HERE / "fuzz_worker.py")],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "FUZZ_FOLDER": str(folder)},
        text=True,
    )
    assert process.stdin is not None and process.stdout is not None
    with process, process.stdin as stdin:
        json.dump(job, stdin)
        stdin.close()
        place: tuple[int, int] | None = None
        for line in process.stdout:
            event, *details = json.loads(line)
            if event == "start":
                place = (details[0], details[1])
            elif event == "done":
                counts.update(inputs=1, findings=details[0], parsed=int(details[1]))
            elif event == "problem":
                counts[details[0].partition(":")[0]] += 1
                print(f"{details[1]}: {details[0]}", flush=True)
            elif event == "end":
                return None
            elif event == "failed":
                sys.exit("the worker itself failed")
    if place is None:
        sys.exit("the worker did not start")
    return place


def main() -> None:
    parser = packages.arguments(__doc__)
    parser.add_argument(
        "kinds", nargs="*", metavar="KIND", help=f"of {', '.join(KINDS)}"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--mutations", type=int, default=100_000, metavar="N")
    parser.add_argument("--programs", type=int, default=20_000, metavar="N")
    parser.add_argument("--processes", type=int, default=200, metavar="N")
    parser.add_argument("--jobs", type=int, default=1, metavar="N")
    parser.add_argument("--python", type=Path, help="which has flake8 and the plugin")
    options = parser.parse_args()
    kinds = options.kinds or KINDS
    if unknown := {*kinds} - {*KINDS}:
        parser.error(f"there is no kind '{min(unknown)}'; there are {', '.join(KINDS)}")
    python = options.python or packages.plugin_environment(
        options.plugin, options.cache
    )
    columns = ("inputs", "parsed", "findings", *PROBLEMS)
    total: Counter[str] = Counter()
    print(f"{'kind':12}{''.join(f'{column:>14}' for column in columns)}", flush=True)
    for kind in kinds:
        jobs = [
            {**job, "seed": options.seed, "skip": 0}
            for job in jobs_of(kind, options, python)
        ]
        with ThreadPoolExecutor(options.jobs) as pool:
            done = pool.map(lambda job: run(job, python, options.cache / "fuzz"), jobs)
            counts = sum(done, Counter())
        row = "".join(f"{counts[column]:14,}" for column in columns)
        print(f"{kind:12}{row}", flush=True)
        if not counts["inputs"]:
            sys.exit(f"{kind}: there was nothing to lint")
        total += counts
    sys.exit(1 if any(total[kind] for kind in PROBLEMS) else 0)


if __name__ == "__main__":
    main()
