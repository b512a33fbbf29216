"""What must hold for every input: linted by flake8 with the plugin, and by the command.

Both run in this process, so that many inputs are feasible. Imports flake8 and the
plugin: run it where they are installed.
"""

from __future__ import annotations

import argparse
import ast
import re
import signal
import traceback
import unicodedata
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from flake8.checker import FileChecker
from flake8.options.parse_args import parse_args
from flake8.plugins.finder import Checkers

from flake8_forward.command import settings
from flake8_forward.command.lint import Linter
from flake8_forward.plugin import Plugin

ARGUMENTS = ("--isolated", "--disable-noqa", "--select=FWD,FWD9,E902,E999")
SECONDS = 10
LONGEST = 500

QUOTE_END = re.compile(r"(?<!^)'(?=$|[ ;,:])")
AT_PLACE = re.compile(r"\w+|(?:[bfru]*(['\"]{3}|['\"])\w*\1[ \t]*)+", re.IGNORECASE)
STRING = re.compile(r"[bfru]*(['\"]{3}|['\"])(\w*)\1", re.IGNORECASE)
LAST_NAME = re.compile(r"(\w+)\W*\Z")
NAMED_LATER = ("FWD403", "FWD404")
"""They quote first what the layer or parameter is assigned to, then the word."""


class Finding(NamedTuple):
    """A finding as it is printed: line and column from 1."""

    line: int
    column: int
    code: str
    text: str


class Report(NamedTuple):
    """The result for one input; each of `problems` begins with its kind."""

    findings: int
    parsed: bool
    problems: list[str]


class HangError(BaseException):
    """The input took too long. Not an Exception, so that nothing catches it."""


@contextmanager
def alarm(seconds: int) -> Iterator[None]:
    """Raise HangError after some seconds of this process's CPU time."""

    def ring(*_: object) -> None:
        raise HangError

    before = signal.signal(signal.SIGPROF, ring)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


@cache
def _plugin() -> tuple[Checkers, argparse.Namespace]:
    plugins, options = parse_args(ARGUMENTS)
    ours = [item for item in plugins.checkers.tree if item.entry_name == "FWD"]
    assert len(ours) == 1
    return Checkers(tree=ours, logical_line=[], physical_line=[]), options


@cache
def _command() -> Linter:
    return Linter(settings.parse(ARGUMENTS))


def forget() -> None:
    """Drop the files that were read: those beside the next input may differ."""
    Plugin.parse_options(_plugin()[1])


class _AstChecker(FileChecker):  # type: ignore[misc]
    """flake8's own, without the tokens that only others need: they take long."""

    def report(
        self, error_code: str | None, line_number: int, column: int, text: str
    ) -> str:
        """Keep a finding; where its ``noqa`` would be does not matter."""
        if error_code is None:
            error_code, text = text.split(" ", 1)
        self.results.append((error_code, line_number, column, text, None))
        return error_code

    def process_tokens(self) -> None:
        """Leave the tokens alone."""


def by_plugin(path: Path) -> tuple[list[Finding], list[str], bool]:
    """Return the findings of flake8, the lines that it saw, and whether it parsed them."""
    plugins, options = _plugin()
    checker = _AstChecker(filename=str(path), plugins=plugins, options=options)
    results: list[tuple[Any, ...]] = checker.run_checks()[1]
    found = [Finding(row, col + 1, code, text) for code, row, col, text, _ in results]
    ours = sorted(item for item in found if item.code.startswith("FWD"))
    lines = checker.processor.lines if checker.processor else []
    return ours, lines, all(item.code.startswith("FWD") for item in found)


def by_command(path: Path) -> list[Finding]:
    """Return the findings of the command."""
    found = [
        Finding(item.line_number, item.column_number, item.code, item.text)
        for item in _command()(str(path))
    ]
    return sorted(item for item in found if item.code.startswith("FWD"))


def examine(path: Path) -> Report:
    """Lint a file in both ways and check all findings and messages."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        problems: list[str] = []
        plugin = _guarded(by_plugin, path, problems)
        command = _guarded(by_command, path, problems)
    if plugin is None:  # flake8 itself fails, or there is a problem
        return Report(0, False, problems)
    found, lines, parsed = plugin
    problems += (wrong for item in found if (wrong := misplaced(item, lines)))
    problems += (f"message: {item}" for item in found if not is_legible(item.text))
    if command is not None and command != found:
        only = {*found} ^ {*command} or "some more than once"
        problems.append(f"disagreement: plugin and command: {only}")
    return Report(len(found), parsed, problems)


def _guarded(lint: Any, path: Path, problems: list[str]) -> Any:
    with _Guard(lint.__name__, problems), alarm(SECONDS):
        return lint(path)
    return None


class _Guard:
    """Records exceptions that passed through our code; flake8's own are ignored."""

    def __init__(self, name: str, problems: list[str]) -> None:
        self._name = name
        self._problems = problems

    def __enter__(self) -> None:
        """Begin."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        """Record ``error`` if it passed through our code."""
        if isinstance(error, HangError):
            self._problems.append(f"hang: {self._name} takes over {SECONDS} s")
        elif is_ours(error):
            last = "".join(traceback.format_exception(error)[-3:])
            self._problems.append(f"crash: {self._name}: {last}")
        return isinstance(error, (Exception, HangError))


def is_ours(error: BaseException | None) -> bool:
    """Tell whether an exception passed through the plugin's code."""
    while error is not None:
        for frame, _ in traceback.walk_tb(error.__traceback__):
            if frame.f_globals.get("__name__", "").startswith("flake8_forward"):
                return True
        error = error.__cause__ or error.__context__
    return False


def misplaced(finding: Finding, lines: Sequence[str]) -> str | None:
    """Return what is wrong with the place of a finding: it must be the word it names."""
    if not 1 <= finding.line <= len(lines):
        return f"position: no such line: {finding}"
    line = lines[finding.line - 1]
    if not 1 <= finding.column <= len(line):
        return f"position: no such column: {finding}"
    word = word_at(finding, lines)
    if word and word in named(finding):
        return None
    return f"position: at {word!r}: {finding} in {line.strip()[:200]!r}"


def is_legible(text: str) -> bool:
    """Tell whether a message is one line that can be read."""
    return len(text) <= LONGEST and text.isprintable()


def word_at(finding: Finding, lines: Sequence[str]) -> str:
    """Return the name, or what is in the string, at the place of a finding."""
    line = lines[finding.line - 1]
    match = AT_PLACE.match(unicodedata.normalize("NFKC", line[finding.column - 1 :]))
    word = match.group() if match else ""
    strings = [string[1] for string in STRING.findall(word)]
    return "".join(strings) if strings else word


def named(finding: Finding) -> set[str]:
    """Return the names that a message may be about: mostly the first that it quotes."""
    if finding.code in NAMED_LATER:
        return {*re.findall(r"\w+", finding.text)}
    text = unicodedata.normalize("NFKC", finding.text).removeprefix("'")
    quotations = [text[: match.start()] for match in QUOTE_END.finditer(text)]
    # Code may hold quotes itself: what is quoted is the most that can be parsed.
    whole = next(filter(_is_code, reversed(quotations)), None)
    return {last_name(code) for code in ([whole] if whole else quotations)}


def _is_code(text: str) -> bool:
    try:
        ast.parse(text)
    except (SyntaxError, ValueError):
        return False
    return True


def last_name(code: str) -> str:
    """Return the last name of `code`, before the arguments of a call."""
    if code.endswith((")", "]")):
        depth = 0
        for place in range(len(code) - 1, -1, -1):
            depth += (code[place] in ")]}") - (code[place] in "([{")
            if depth == 0:
                code = code[:place]
                break
    match = LAST_NAME.search(code)
    return match[1] if match else ""
