"""Lint unpacked packages with flake8 and the plugin; count or show the findings.

    python benchmarks/findings.py [PACKAGE ...]      counts by package and code
    python benchmarks/findings.py --list             every finding
    python benchmarks/findings.py --show 20 --seed 1 random ones, with their source

Each package is linted in a separate process that sees only its source code.
"""

from __future__ import annotations

import ast
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

import packages

FIELDS = "%(path)s\t%(row)d\t%(col)d\t%(code)s\t%(text)s"
CONTEXT = 3


class Finding(NamedTuple):
    """One line of flake8: a path relative to the linted folder, 1-based position."""

    file: str
    line: int
    column: int
    code: str
    text: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}"
        return f"{place}: {self.code} {self.text}"


def lint(
    python: Path, folder: Path, paths: Sequence[str] = (".",), extend_select: str = ""
) -> list[Finding]:
    """Run flake8 of the environment `python` in `folder`, return the FWD findings.

    Off-by-default codes are included, and so are those that start with a prefix in
    `extend_select`, a comma-separated list.
    """
    select = ",".join(filter(None, ("FWD", extend_select)))
    flake8 = [str(python), "-m", "flake8", "-j1", "--isolated", "--exit-zero"]
    done = subprocess.run(
        [*flake8, f"--select={select}", f"--format={FIELDS}", *paths],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        sys.exit(f"flake8 failed in {folder}:\n{done.stdout[-2000:]}{done.stderr}")
    return sorted(map(finding_of, done.stdout.splitlines()))


def finding_of(line: str) -> Finding:
    """Parse a line that flake8 printed in the format FIELDS."""
    file, row, column, code, text = line.split("\t", 4)
    return Finding(Path(file).as_posix(), int(row), int(column), code, text)


def of_json(report: str) -> list[Finding]:
    """Parse what the command printed in the format json."""
    keys = ("row", "column", "code", "message")
    return [
        Finding(Path(row["file"]).as_posix(), *(row[key] for key in keys))
        for row in json.loads(report)
    ]


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a file, always the same one."""
    return ast.parse(path.read_bytes())


@cache
def forward_words(path: Path) -> dict[ast.Attribute, tuple[int, int]]:
    """Return each `.forward` of a file's tree with its word's line and column.

    The column is 1-based and counts characters, as flake8 does; ast counts bytes.
    """
    lines = path.read_bytes().splitlines()
    words = {}
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.Attribute) and node.attr == "forward":
            row, end = node.end_lineno or 0, node.end_col_offset or 0
            before = lines[row - 1][: end - len(node.attr)]
            words[node] = (row, len(before.decode(errors="replace")) + 1)
    return words


def table(counts: dict[str, Counter[str]]) -> str:
    """Render counts of codes by package, with a total at the bottom."""
    total: Counter[str] = sum(counts.values(), Counter())
    codes = sorted(total)
    lines = [f"{'package':24}" + "".join(f"{code:>8}" for code in (*codes, "all"))]
    for name, row in (*counts.items(), ("total", total)):
        numbers = (*(row[code] for code in codes), row.total())
        lines.append(f"{name:24}" + "".join(f"{number:8}" for number in numbers))
    return "\n".join(lines)


def excerpt(finding: Finding, folder: Path) -> str:
    """Return the finding with the source lines around it, its own marked by `>`."""
    source = (folder / finding.file).read_text(encoding="utf-8", errors="replace")
    lines = source.splitlines()
    first = max(0, finding.line - 1 - CONTEXT)
    shown = [str(finding)]
    for number, line in enumerate(lines[first : finding.line + CONTEXT], first + 1):
        shown.append(f"{'>' if number == finding.line else ' '}{number:6} {line}")
    return "\n".join(shown)


def show(
    found: dict[str, list[Finding]], folders: dict[str, Path], pick: int, seed: int
) -> None:
    """Print `pick` random findings over all packages, with source."""
    everything = [(name, finding) for name in found for finding in found[name]]
    some = random.Random(seed).sample(everything, min(pick, len(everything)))
    for name, finding in some:
        print(f"\n[{name}] {excerpt(finding, folders[name])}")


def collect(
    names: Iterable[str], python: Path, cache: Path, extend_select: str
) -> tuple[dict[str, list[Finding]], dict[str, Path]]:
    """Lint the named packages; return their findings and their folders by name."""
    folders = {name: packages.unpacked(name, cache) for name in names}
    found = {
        name: lint(python, folder, extend_select=extend_select)
        for name, folder in folders.items()
    }
    return found, folders


def main() -> None:
    parser = packages.arguments(__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE")
    parser.add_argument("--list", action="store_true", help="print every finding")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="with source")
    parser.add_argument("--seed", type=int, default=0, help="which N (default: 0)")
    parser.add_argument("--extend-select", default="", help="further codes, as flake8")
    options = parser.parse_args()
    names = packages.chosen(options.packages)
    python = packages.plugin_environment(options.plugin, options.cache)
    found, folders = collect(names, python, options.cache, options.extend_select)
    if options.list:
        for name, findings in found.items():
            print("\n".join(f"[{name}] {finding}" for finding in findings))
    print(table({name: Counter(f.code for f in found[name]) for name in found}))
    show(found, folders, options.show, options.seed)


if __name__ == "__main__":
    main()
