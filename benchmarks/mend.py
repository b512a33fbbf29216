"""Does mending keep its word in real packages? Mend copies of them, and check.

    python benchmarks/mend.py [PACKAGE ...]       what is mended, and what went wrong
    python benchmarks/mend.py --diffs DIR         keep the differences, as files in DIR

Each package is mended twice, from the start: with `--fix`, then with
`--unsafe-fixes`. Every changed file has to parse, and to be what the difference says;
nothing new may be reported; what can be mended must be gone or refused; and mending
again must change nothing. FWD codes that are off by default are left out.
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
SUMMARY = re.compile(r"findings (?:would be )?mended: (\d+), in files: (\d+)\n")
REFUSAL = re.compile(r".+? not mended: .+")

Sources = dict[Path, bytes]


class Run(NamedTuple):
    """What one run of the command says: on both streams, and on its last line."""

    output: str
    refused: list[str]
    mended: int
    files: int


class Result(NamedTuple):
    """How many findings there were and are left, what was done, and what is wrong."""

    before: Counter[str]
    after: Counter[str]
    run: Run
    wrong: list[str]


def command(python: Path, folder: Path, *options: str) -> Run:
    """Run the command of the environment `python` in a folder; exit if it fails."""
    done = packages.flake8_forward(python, folder, "--select=FWD", *options)
    summary = SUMMARY.search(done.stderr)
    mended, files = map(int, summary.groups()) if summary else (0, 0)
    return Run(done.stdout, REFUSAL.findall(done.stderr), mended, files)


def codes(report: str) -> Counter[str]:
    """Count the codes of a report in the format json."""
    return Counter(row["code"] for row in json.loads(report))


def sources(folder: Path) -> Sources:
    """Return the content of all files in a folder by their relative paths."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in files}


def applied(diff: str, folder: Path, original: Path) -> str:
    """Copy `original` to `folder` and let git apply the difference; return its errors."""
    shutil.copytree(original, folder)
    done = subprocess.run(
        ["git", "apply", "--unsafe-paths", "--whitespace=nowarn", "-"],
        cwd=folder,
        input=diff.encode(),
        capture_output=True,
        check=False,
    )
    return done.stderr.decode(errors="replace").strip() if diff else ""


def mend(python: Path, original: Path, mode: str, scratch: Path) -> tuple[Result, str]:
    """Mend a copy of a folder; return what came of it, and the difference."""
    copy = scratch / "mended"
    shutil.copytree(original, copy)
    before = codes(command(python, copy, "--format=json").output)
    diff = command(python, copy, mode, "--diff").output
    run = command(python, copy, mode, "--format=json")
    after = codes(run.output)
    mended = sources(copy)
    wrong = [f"adds {code}" for code in after - before]
    wrong += unparsed(sources(original), mended)
    wrong += filter(None, [applied(diff, scratch / "applied", original)])
    if sources(scratch / "applied") != mended:
        wrong.append("the difference is not what was done")
    if (before - after).total() != run.mended:
        wrong.append(f"says {run.mended} mended, but {(before - after).total()} are")
    again = command(python, copy, mode)
    if again.mended or sources(copy) != mended:
        wrong.append(f"a second run mends {again.mended} more")
    if again.refused != run.refused:
        wrong.append("a second run refuses others")
    return Result(before, after, run, wrong), diff


def unparsed(before: Sources, after: Sources) -> list[str]:
    """Complain of changed files that do not parse, and of files that came or went."""
    wrong = [f"came or went: {path}" for path in before.keys() ^ after.keys()]
    for path in before.keys() & after.keys():
        if before[path] != after[path]:
            try:
                ast.parse(after[path])
            except (SyntaxError, ValueError) as error:
                wrong.append(f"{path}: {error}")
    return wrong


def check(python: Path, folder: Path, diffs: Path | None) -> bool:
    """Mend a package in each mode and print a row; tell whether all was right."""
    is_right = True
    for mode in MODES:
        with tempfile.TemporaryDirectory() as scratch:
            result, diff = mend(python, folder, mode, Path(scratch))
        before, after, run, wrong = result
        refused = len(run.refused)
        numbers = before.total(), run.mended, run.files, refused, after.total()
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
    columns = ("found", "mended", "files", "refused", "left")
    print(f"{'package':24}{'mode':>16}" + "".join(f"{name:>10}" for name in columns))
    right = [
        check(python, packages.unpacked(name, options.cache), options.diffs)
        for name in packages.chosen(options.packages)
    ]
    sys.exit(0 if all(right) else 1)


if __name__ == "__main__":
    main()
