"""The real flake8 with the plugin: in a separate process, or in this one."""

from __future__ import annotations

import argparse
import io
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from example_programs import Finding
from flake8.checker import FileChecker
from flake8.main.application import Application
from flake8.options.parse_args import parse_args
from flake8.plugins.finder import Checkers

from flake8_forward import Plugin
from flake8_forward.command.main import main

ISOLATED = ("--isolated", "--disable-noqa")
COLOURS = ("FORCE_COLOR", "NO_COLOR", "CLICOLOR_FORCE", "TTY_COMPATIBLE")
for _name in COLOURS:  # of the terminal in which the tests are run
    os.environ.pop(_name, None)
REPORTED = re.compile(
    r"(?P<path>.+?):(?P<row>\d+):(?P<column>\d+): (?P<code>[A-Z]+\d+) (?P<text>.+)"
)


@dataclass(frozen=True)
class Run:
    status: int
    stdout: str
    stderr: str

    def reported(self, path: str, codes: str = "FWD") -> list[Finding]:
        """The findings in the file that flake8 calls ``path``."""
        matches = (REPORTED.fullmatch(line) for line in self.stdout.splitlines())
        return sorted(
            Finding(int(match["row"]), int(match["column"]), match["code"])
            for match in matches
            if match and match["code"].startswith(codes)
            if Path(match["path"]) == Path(path)
        )


def flake8(
    *arguments: str,
    cwd: Path,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
    timeout: int = 120,
) -> Run:
    """Run flake8 as a user does. No --select: it would enable rules that are off."""
    _alone(ISOLATED)
    return _run("flake8", arguments, cwd, stdin, environment or {}, timeout)


def command(
    *arguments: str,
    cwd: Path,
    stdin: bytes = b"",
    environment: Mapping[str, str] | None = None,
) -> Run:
    """Run the command as a user does."""
    module = "flake8_forward.command.main"
    return _run(module, arguments, cwd, stdin, environment or {}, 120)


def command_here(*arguments: str, cwd: Path) -> Run:
    """Run the command in this process, which takes a tenth of the time."""
    return _here(lambda: main(arguments), cwd)


class _Alone(Application):  # type: ignore[misc]
    """flake8 without the other plugins: most of its time is theirs."""

    plugins: Any

    def make_file_checker_manager(self, *arguments: Any) -> None:
        """Leave them out."""
        ours = _ours(self.plugins.checkers)
        self.plugins = self.plugins._replace(checkers=ours)
        super().make_file_checker_manager(*arguments)


def flake8_here(*arguments: str, cwd: Path) -> Run:
    """Run flake8 in this process, from its command line to its output."""

    def run() -> int:
        application = _Alone()
        application.run(["--jobs=1", *arguments])
        return int(application.exit_code())

    return _here(run, cwd)


def _here(run: Callable[[], int], cwd: Path) -> Run:
    before, out, err = os.getcwd(), io.BytesIO(), io.StringIO()
    text = io.TextIOWrapper(out, "utf-8", "surrogateescape", write_through=True)
    os.chdir(cwd)
    try:
        with redirect_stdout(text), redirect_stderr(err):
            status = run()
    finally:
        os.chdir(before)
    return Run(status, out.getvalue().decode("utf-8", "replace"), err.getvalue())


def _run(
    module: str,
    arguments: tuple[str, ...],
    cwd: Path,
    stdin: bytes,
    environment: Mapping[str, str],
    timeout: int,
) -> Run:
    run = subprocess.run(
        [sys.executable, "-m", module, *arguments],
        cwd=cwd,
        input=stdin,
        env={**os.environ, **environment},
        capture_output=True,
        timeout=timeout,
        check=False,
    )
    stdout, stderr = (
        out.decode("utf-8", "replace") for out in (run.stdout, run.stderr)
    )
    return Run(run.returncode, stdout, stderr)


@cache
def _alone(arguments: tuple[str, ...]) -> tuple[Checkers, argparse.Namespace]:
    """Our plugin as flake8 loads it, without the others; fail if it is missing.

    Without it there are no findings, and all tests that expect none would pass.
    """
    plugins, options = parse_args(arguments)
    return _ours(plugins.checkers), options


def _ours(checkers: Checkers) -> Checkers:
    ours = [item for item in checkers.tree if item.entry_name == "FWD"]
    assert len(ours) == 1
    return Checkers(tree=ours, logical_line=[], physical_line=[])


def check(path: Path) -> list[Finding]:
    """The findings of our plugin alone, run by flake8 in this process."""
    plugins, options = _alone(ISOLATED)
    Plugin.parse_options(options)  # other tests in this process may have set others
    checker = FileChecker(filename=str(path), plugins=plugins, options=options)
    _, results, _ = checker.run_checks()
    # flake8 adds the one to the column when it reports what it has collected.
    return sorted(Finding(row, column + 1, code) for code, row, column, *_ in results)
