"""Do fixes keep their promises in real packages? Fix copies of them, and check.

    python benchmarks/apply_fixes.py [PACKAGE ...]    what is fixed, and what went wrong
    python benchmarks/apply_fixes.py --diffs DIR      keep the diffs, as files in DIR

Two copies of each package are fixed, one with `--fix`, one with `--unsafe-fixes`. Every
changed file must parse and be what `--diff` has shown; no new findings may appear; what
can be fixed must be gone or refused; and a second run must change nothing. FWD codes
that are off by default are not included.
"""

from __future__ import annotations

import ast
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import packages

MODES = ("--fix", "--unsafe-fixes")
SUMMARY = re.compile(r"(?:fixed|would fix) (\d+) findings? in (\d+) files?\n")
REFUSAL = re.compile(r".+? not fixed: .+")

Sources = dict[Path, bytes]


class Run(NamedTuple):
    """The output of one run of the command, its refusals, and the counts of its summary."""

    output: str
    refused: list[str]
    fixed: int
    files: int


class Result(NamedTuple):
    """Findings before and after, the run between, and what is wrong with it."""

    before: Counter[str]
    after: Counter[str]
    run: Run
    wrong: list[str]


def command(python: Path, folder: Path, *options: str) -> Run:
    """Run the command of the environment `python` in a folder; exit if it fails."""
    done = packages.flake8_forward(python, folder, "--select=FWD", *options)
    summary = SUMMARY.search(done.stderr)
    fixed, files = map(int, summary.groups()) if summary else (0, 0)
    return Run(done.stdout, REFUSAL.findall(done.stderr), fixed, files)


def codes(report: str) -> Counter[str]:
    """Count the codes of a report in the format json."""
    return Counter(row["code"] for row in json.loads(report))


def sources(folder: Path) -> Sources:
    """Return the content of all files in a folder by their relative paths."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in files}


def applied(diff: str, folder: Path, original: Path) -> str:
    """Copy `original` to `folder` and let git apply the diff; return its errors."""
    shutil.copytree(original, folder)
    done = subprocess.run(
        ["git", "apply", "--unsafe-paths", "--whitespace=nowarn", "-"],
        cwd=folder,
        input=diff.encode(),
        capture_output=True,
        check=False,
    )
    return done.stderr.decode(errors="replace").strip() if diff else ""


def fix_copy(
    python: Path, original: Path, mode: str, scratch: Path
) -> tuple[Result, str]:
    """Fix a copy of a folder; return the result and the diff."""
    copy = scratch / "fixed"
    shutil.copytree(original, copy)
    before = codes(command(python, copy, "--format=json").output)
    diff = command(python, copy, mode, "--diff").output
    run = command(python, copy, mode, "--format=json")
    after = codes(run.output)
    fixed = sources(copy)
    wrong = [f"adds {code}" for code in after - before]
    wrong += unparsed(sources(original), fixed)
    wrong += filter(None, [applied(diff, scratch / "applied", original)])
    if sources(scratch / "applied") != fixed:
        wrong.append("the diff is not what was done")
    if (before - after).total() != run.fixed:
        wrong.append(f"says {run.fixed} fixed, but {(before - after).total()} are")
    again = command(python, copy, mode)
    if again.fixed or sources(copy) != fixed:
        wrong.append(f"a second run fixes {again.fixed} more")
    if again.refused != run.refused:
        wrong.append("a second run refuses others")
    return Result(before, after, run, wrong), diff


def unparsed(before: Sources, after: Sources) -> list[str]:
    """Return complaints about changed files that do not parse, and new or missing files."""
    wrong = [f"came or went: {path}" for path in before.keys() ^ after.keys()]
    for path in before.keys() & after.keys():
        if before[path] != after[path]:
            try:
                ast.parse(after[path])
            except (SyntaxError, ValueError) as error:
                wrong.append(f"{path}: {error}")
    return wrong


def check(python: Path, folder: Path, diffs: Path | None) -> bool:
    """Fix a package in each mode and print a row; tell whether all went well."""
    is_right = True
    for mode in MODES:
        with tempfile.TemporaryDirectory() as scratch:
            result, diff = fix_copy(python, folder, mode, Path(scratch))
        before, after, run, wrong = result
        refused = len(run.refused)
        numbers = before.total(), run.fixed, run.files, refused, after.total()
        row = "".join(f"{number:10}" for number in numbers)
        print(f"{folder.name:24}{mode:>16}{row}", flush=True)
        print("".join(f"  {line}\n" for line in (*run.refused, *wrong)), end="")
        if diffs is not None:
            diffs.mkdir(parents=True, exist_ok=True)
            (diffs / f"{folder.name}{mode}.diff").write_text(diff, "utf-8", newline="")
        is_right = is_right and not wrong
    return is_right


def main() -> None:
    parser = packages.arguments(__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE")
    parser.add_argument("--diffs", type=Path, metavar="DIR", help="where to keep them")
    options = parser.parse_args()
    python = packages.plugin_environment(options.plugin, options.cache)
    columns = ("found", "fixed", "files", "refused", "left")
    print(f"{'package':24}{'mode':>16}" + "".join(f"{name:>10}" for name in columns))
    right = [
        check(python, packages.unpacked(name, options.cache), options.diffs)
        for name in packages.chosen(options.packages)
    ]
    sys.exit(0 if all(right) else 1)


if __name__ == "__main__":
    main()
