"""``flake8-forward``: lint, fix, silence, explain."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from itertools import chain

from flake8.violation import Violation

from flake8_forward.command import (
    NAME,
    UsageError,
    files,
    noqa,
    output,
    settings,
    sources,
    terminal,
)
from flake8_forward.command.configuration import FLAKE8_CODES
from flake8_forward.command.fix import Fixer
from flake8_forward.command.lint import Linter, in_parallel
from flake8_forward.command.pages import explained

CLEAN, FINDINGS, MISTAKE = 0, 1, 2

MANY_OBJECTS = 100_000
"""Allocations between garbage collections: trees are large and hold few cycles."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command with ``arguments``, by default those of the process.

    Return the exit status: 0 without findings, 1 with findings, 2 for usage errors.
    """
    gc.set_threshold(MANY_OBJECTS, *gc.get_threshold()[1:])
    if isinstance(sys.stdout, io.TextIOWrapper):  # file names may not be UTF-8
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = _run(settings.parse(sys.argv[1:] if arguments is None else arguments))
        print(end="", flush=True)
    except BrokenPipeError:  # the reader stopped early, as ``head`` does
        _leave_output()
        return FINDINGS
    except UsageError as error:
        return _say(str(error))
    except OSError as error:
        _leave_output()
        return _say(sources.reason(error))
    except KeyboardInterrupt:
        return _say("interrupted")
    return status


def _say(message: str) -> int:
    print(f"{NAME}: {message}", file=sys.stderr)
    return MISTAKE


def _leave_output() -> None:
    """Redirect standard output, so that Python's final flush does not fail again."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(options: argparse.Namespace) -> int:
    if options.explain is not None:
        print(explained(options.explain), end="")
        return CLEAN
    if options.list_rules:
        print(output.rules_list(), end="")
        return CLEAN
    paths = files.chosen(options)
    fixes = options.fix or options.unsafe_fixes or options.diff
    if files.STDIN in paths and (fixes or options.add_noqa):
        raise UsageError("standard input can be linted, but not fixed or silenced")
    if options.add_noqa and options.disable_noqa:
        raise UsageError("--add-noqa has no effect with --disable-noqa")
    if fixes:
        fixed = _fix(options, paths)
        if options.diff:
            return FINDINGS if fixed else CLEAN
    found = _lint(options, paths)
    if options.add_noqa:
        found = _silence(options, found)
    _show(options, found)
    return FINDINGS if found else CLEAN


def _lint(options: argparse.Namespace, paths: Sequence[str]) -> list[Violation]:
    results = in_parallel(Linter, options, paths)
    return [*chain.from_iterable(terminal.progress("Linting", results, len(paths)))]


def _fix(options: argparse.Namespace, paths: Sequence[str]) -> int:
    """Fix the files at ``paths``, or show how; return how many findings that fixes."""
    # Symbolic links to one file count once: two processes must not fix it at a time.
    files = [*{os.path.realpath(path): path for path in reversed(paths)}.values()][::-1]
    outcomes = in_parallel(Fixer, options, files)
    # Print after the loop: output would interfere with the progress bar.
    done = [*terminal.progress("Fixing", outcomes, len(files))]
    for outcome in done:
        if options.diff:
            print(outcome.diff, end="")
        for complaint in outcome.refused:
            print(complaint, file=sys.stderr)
    fixed = sum(outcome.fixed for outcome in done)
    changed = sum(bool(outcome.fixed) for outcome in done)
    verb = "would fix" if options.diff else "fixed"
    counts = f"{_counted(fixed, 'finding')} in {_counted(changed, 'file')}"
    print(f"{verb} {counts}", file=sys.stderr)
    return fixed


def _silence(
    options: argparse.Namespace, found: Sequence[Violation]
) -> list[Violation]:
    """Add comments that silence ``found``; return the findings that are left."""
    by_file: dict[str, list[Violation]] = {item.filename: [] for item in found}
    for item in found:
        if item.code not in FLAKE8_CODES:
            by_file[item.filename].append(item)
    for path, items in by_file.items():
        complaint = noqa.silence(path, items) if items else None
        if complaint is not None:
            print(complaint, file=sys.stderr)
    left = _lint(options, [*by_file])
    silenced = _counted(len(found) - len(left), "finding")
    print(f"silenced {silenced}", file=sys.stderr)
    return left


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _show(options: argparse.Namespace, found: Sequence[Violation]) -> None:
    if options.format == "text" and terminal.is_wanted(options.color):
        terminal.show(found, options.color)
    else:
        print(output.FORMATTERS[options.format](found), end="")
    if options.statistics:
        print(output.statistics(found), end="", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
