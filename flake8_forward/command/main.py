"""``flake8-forward``: lint, mend, silence, explain."""

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
from flake8_forward.command.pages import page
from flake8_forward.lint.triggers import TRIGGERS

CLEAN, FINDINGS, MISTAKE = 0, 1, 2

MANY_OBJECTS = 100_000
"""Between two looks for garbage: a tree has many objects, and frees them by itself."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what ``arguments`` say; return 0 if clean, 1 with findings, 2 for mistakes."""
    gc.set_threshold(MANY_OBJECTS, *gc.get_threshold()[1:])
    if isinstance(sys.stdout, io.TextIOWrapper):  # a name that is not UTF-8, say
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        status = _run(settings.parse(sys.argv[1:] if arguments is None else arguments))
        print(end="", flush=True)
    except BrokenPipeError:  # the reader has seen enough
        _leave_output()
        return FINDINGS
    except UsageError as error:
        return _say(str(error))
    except OSError as error:
        _leave_output()
        return _say(sources.reason(error))
    except KeyboardInterrupt:
        return _say("stopped")
    return status


def _say(message: str) -> int:
    print(f"{NAME}: {message}", file=sys.stderr)
    return MISTAKE


def _leave_output() -> None:
    """Let Python not try again, at its end, to write what could not be written."""
    with suppress(OSError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _run(options: argparse.Namespace) -> int:
    if options.explain is not None:
        return _explain(options.explain)
    if options.list_rules:
        print(output.rules_list(), end="")
        return CLEAN
    paths = files.chosen(options)
    fixes = options.fix or options.unsafe_fixes or options.diff
    if files.STDIN in paths and (fixes or options.add_noqa):
        raise UsageError("standard input can be linted, but not changed")
    if options.add_noqa and options.disable_noqa:
        raise UsageError("--add-noqa is of no use with --disable-noqa")
    if fixes:
        fixed = _fix(options, paths)
        if options.diff:
            return FINDINGS if fixed else CLEAN
    found = _lint(options, paths)
    if options.add_noqa:
        found = _silence(options, found)
    _show(options, found)
    return FINDINGS if found else CLEAN


def _explain(code: str) -> int:
    found = page(code)
    if found is None:
        known = ", ".join(TRIGGERS)
        raise UsageError(f"there is no rule '{code}'; there are {known}")
    print(found.read_text("utf-8"), end="")
    return CLEAN


def _lint(options: argparse.Namespace, paths: Sequence[str]) -> list[Violation]:
    results = in_parallel(Linter, options, paths)
    return [*chain.from_iterable(terminal.progress("Linting", results, len(paths)))]


def _fix(options: argparse.Namespace, paths: Sequence[str]) -> int:
    """Mend files, or show how; return how many findings that concerns."""
    # A file and the links to it are one: two processes must not mend it at a time.
    files = [*{os.path.realpath(path): path for path in reversed(paths)}.values()][::-1]
    outcomes = in_parallel(Fixer, options, files)
    # Shown in the end: a progress bar would take the output for its own.
    done = [*terminal.progress("Mending", outcomes, len(files))]
    for outcome in done:
        if options.diff:
            print(outcome.diff, end="")
        for complaint in outcome.refused:
            print(complaint, file=sys.stderr)
    fixed = sum(outcome.fixed for outcome in done)
    changed = sum(bool(outcome.fixed) for outcome in done)
    verb = "would be mended" if options.diff else "mended"
    print(f"findings {verb}: {fixed}, in files: {changed}", file=sys.stderr)
    return fixed


def _silence(
    options: argparse.Namespace, found: Sequence[Violation]
) -> list[Violation]:
    """Silence what was ``found``; return what is still reported."""
    by_file: dict[str, list[Violation]] = {item.filename: [] for item in found}
    for item in found:
        if item.code not in FLAKE8_CODES:
            by_file[item.filename].append(item)
    for path, items in by_file.items():
        complaint = noqa.silence(path, items) if items else None
        if complaint is not None:
            print(complaint, file=sys.stderr)
    left = _lint(options, [*by_file])
    print(f"findings silenced: {len(found) - len(left)}", file=sys.stderr)
    return left


def _show(options: argparse.Namespace, found: Sequence[Violation]) -> None:
    if options.format == "text" and terminal.is_wanted(options.color):
        terminal.show(found, options.color)
    else:
        print(output.FORMATTERS[options.format](found), end="")
    if options.statistics:
        print(output.statistics(found), end="", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
