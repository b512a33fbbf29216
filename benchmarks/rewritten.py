"""Does the formatting of code change the findings? Rewrite packages, and lint them.

    python benchmarks/rewritten.py [PACKAGE ...]

Copies of each package are formatted by black and by ruff, in very different styles,
and rewritten in other ways: with other line endings, indentation, comments
and blank lines, with unrelated classes, and as Python's own `ast` writes it. Codes that
are off by default are included. Exits with 1 if a file has other findings than before.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import findings
import packages

sys.path.append(str(packages.HERE.parent / "tests"))
from reformatting import (
    FORMATTERS,
    LINE_ENDS,
    REWRITINGS,
    Rewriting,
    plain,
    reformat,
)

FORMATTING = ("black==26.10.1", "ruff==0.17.6")

Found: TypeAlias = "Counter[tuple[str, str, str]]"
"""File, code and message of findings; lines and columns change, and how code is quoted."""


def found(python: Path, folder: Path) -> Found:
    """Return what the command reports in a folder, noqa comments disregarded."""
    options = ("--select=FWD,FWD9", "--disable-noqa", "--format=json", "-j2", ".")
    done = packages.flake8_forward(python, folder, *options)
    reported = findings.of_json(done.stdout)
    return Counter((item.file, item.code, plain(item.text)) for item in reported)


def rewrite(folder: Path, rewriting: Rewriting) -> None:
    """Rewrite all files in a folder that can be rewritten; skip the others."""
    for path in folder.rglob("*.py"):
        try:
            text = rewriting(path.read_text("utf-8"))
            compile(text, path, "exec", dont_inherit=True)
        except (SyntaxError, ValueError):  # Python 2; tabs of two columns
            continue
        path.write_text(text, "utf-8", newline="")


def copies(folder: Path, formatter_python: Path) -> Iterator[tuple[str, Path]]:
    """Yield each way to rewrite a package, with a copy that exists until the next one."""
    for name in FORMATTERS:
        with copy_of(folder) as copy:
            whole = reformat(name, copy, str(formatter_python))
            yield name if whole else f"{name}, which refused some files", copy
    for rewriting in (*REWRITINGS, *LINE_ENDS):
        with copy_of(folder) as copy:
            rewrite(copy, rewriting)
            yield rewriting.__name__, copy


@contextmanager
def copy_of(folder: Path) -> Iterator[Path]:
    """Copy a folder for as long as it is looked at."""
    with tempfile.TemporaryDirectory() as temporary:
        yield shutil.copytree(folder, Path(temporary) / folder.name)


def examine(python: Path, formatter_python: Path, folder: Path) -> int:
    """Compare the findings in all copies of a package; return how many differ."""
    before = found(python, folder)
    print(f"{folder.name}: {before.total()} findings", flush=True)
    differences = 0
    for name, copy in copies(folder, formatter_python):
        after = found(python, copy)
        print(f"  {name}: {after.total()} findings", flush=True)
        for word, only in (("not", before - after), ("also", after - before)):
            differences += only.total()
            for finding in sorted(only.elements()):
                print(f"    {word} {': '.join(finding)}", flush=True)
    return differences


def main() -> None:
    parser = packages.arguments(__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE")
    options = parser.parse_args()
    python = packages.plugin_environment(options.plugin, options.cache)
    formatters = packages.environment("formatters", FORMATTING, options.cache)
    differences = sum(
        examine(python, formatters, packages.unpacked(name, options.cache))
        for name in packages.chosen(options.packages)
    )
    print(f"differences: {differences}")
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
