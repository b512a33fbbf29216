"""Do the command and the plugin report the same in real packages?

    python benchmarks/parity.py [PACKAGE ...]     counts by package, and differences

Each package is linted by flake8 with the plugin and by `flake8-forward`, in processes
that see only its source code; codes that are off by default are included.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import findings
import packages

# What both report of files that cannot be read or parsed.
FLAKE8_CODES = ("E902", "E999")
SELECT = ("FWD9", *FLAKE8_CODES)


class Comparison(NamedTuple):
    """The findings that only one of the two reports, and the number of common ones."""

    both: int
    plugin: list[findings.Finding]
    command: list[findings.Finding]


def lint(python: Path, folder: Path) -> list[findings.Finding]:
    """Run the command of the environment `python` in `folder`, return what it reports."""
    select = f"--select=FWD,{','.join(SELECT)}"
    done = packages.flake8_forward(python, folder, "--format=json", select)
    return sorted(findings.of_json(done.stdout))


def compare(python: Path, folder: Path) -> Comparison:
    """Lint a folder in both ways; a finding reported twice counts twice."""
    plugin = Counter(findings.lint(python, folder, extend_select=",".join(SELECT)))
    command = Counter(lint(python, folder))
    only_plugin = sorted((plugin - command).elements())
    only_command = sorted((command - plugin).elements())
    return Comparison((plugin & command).total(), only_plugin, only_command)


def main() -> None:
    parser = packages.arguments(__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE")
    options = parser.parse_args()
    python = packages.plugin_environment(options.plugin, options.cache)
    differences = 0
    print(f"{'package':24}{'both':>10}{'plugin':>10}{'command':>10}")
    for name in packages.chosen(options.packages):
        found = compare(python, packages.unpacked(name, options.cache))
        only = len(found.plugin), len(found.command)
        print(f"{name:24}{found.both:10}{only[0]:10}{only[1]:10}", flush=True)
        for finding in found.plugin:
            print(f"  only the plugin: {finding}")
        for finding in found.command:
            print(f"  only the command: {finding}")
        differences += sum(only)
    sys.exit(1 if differences else 0)


if __name__ == "__main__":
    main()
