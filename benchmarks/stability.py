"""Are findings the same in every order and process? Lint packages repeatedly.

    python benchmarks/stability.py [PACKAGE ...]
    python benchmarks/stability.py timm --flake8     flake8 with the plugin as well

Each package is linted by `flake8-forward` again and again: a second time, in reversed
and in shuffled order, and by four processes; then some of its files on standard input.
Codes that are off by default are included. Exits with 1 if anything differs.
"""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

import findings
import packages

SELECT = ("--isolated", "--select=FWD,FWD9,E902,E999")
COMMAND = ("flake8_forward.command.main", *SELECT, "--format=json")
FLAKE8 = ("flake8", *SELECT, "--exit-zero", f"--format={findings.FIELDS}")


class Way(NamedTuple):
    """How the files of a package are linted."""

    name: str
    paths: Sequence[str]
    arguments: Sequence[str] = ("-j1",)
    stdin: bytes = b""
    module: Sequence[str] = COMMAND


def lint(python: Path, folder: Path, way: Way) -> Counter[findings.Finding]:
    """Return what is reported, files named as in `paths`."""
    done = subprocess.run(
        [str(python), "-m", *way.module, *way.arguments, *way.paths],
        cwd=folder,
        input=way.stdin,
        capture_output=True,
        check=False,
    )
    output, errors = done.stdout.decode(), done.stderr.decode()
    if done.returncode not in (0, 1) or "Traceback" in errors:
        sys.exit(f"{way.name}: failed in {folder}:\n{errors}")
    if way.module is FLAKE8:
        return Counter(map(findings.finding_of, output.splitlines()))
    return Counter(findings.of_json(output))


def ways(files: Sequence[str], seed: int, with_flake8: bool) -> Iterator[Way]:
    """Yield the ways to lint all of a package."""
    shuffled = Random(seed).sample(files, len(files))
    yield Way("second run", files)
    yield Way("reversed", files[::-1])
    yield Way("shuffled", shuffled)
    yield Way("four processes", files, ("-j4",))
    yield Way("shuffled, four processes", shuffled, ("-j4",))
    if with_flake8:
        yield Way("flake8", files, module=FLAKE8)
        yield Way("flake8, four processes", files, ("-j4",), module=FLAKE8)


def compare(python: Path, folder: Path, options: object) -> int:
    """Lint a package in all ways; print what differs from the first and return its count."""
    files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.py"))
    seed, with_flake8 = vars(options)["seed"], vars(options)["flake8"]
    first = lint(python, folder, Way("first run", files))
    print(f"{folder.name}: {len(files)} files, {first.total()} findings", flush=True)
    differences = 0
    for way in ways(files, seed, with_flake8):
        differences += show(way.name, first, lint(python, folder, way))
    reported = sorted({item.file for item in first})
    for name in Random(seed).sample(
        reported, min(vars(options)["stdin"], len(reported))
    ):
        stdin = (folder / name).read_bytes()
        way = Way("standard input", ["-"], ("--stdin-display-name", name), stdin)
        alone = Counter(item for item in first.elements() if item.file == name)
        differences += show(way.name, alone, lint(python, folder, way))
    return differences


def show(
    name: str, one: Counter[findings.Finding], other: Counter[findings.Finding]
) -> int:
    """Print what only one of two runs reports; return how much that is."""
    missing, more = sorted((one - other).elements()), sorted((other - one).elements())
    for finding in missing:
        print(f"  {name}: not {finding}", flush=True)
    for finding in more:
        print(f"  {name}: also {finding}", flush=True)
    return len(missing) + len(more)


def main() -> None:
    parser = packages.arguments(__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE")
    parser.add_argument("--flake8", action="store_true", help="long: all its checks")
    parser.add_argument(
        "--stdin", type=int, default=5, metavar="N", help="files of each"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--python", type=Path, help="which has flake8 and the plugin")
    options = parser.parse_args()
    python = options.python or packages.plugin_environment(
        options.plugin, options.cache
    )
    differences = sum(
        compare(python.absolute(), packages.unpacked(name, options.cache), options)
        for name in packages.chosen(options.packages)
    )
    print(f"differences: {differences}")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
