"""Fixes applied to files: bytes outside a fix stay, and every fix is verified."""

from __future__ import annotations

import argparse
import ast
import difflib
import io
import logging
import os
import warnings
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import compress
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from flake8_forward.command import sources
from flake8_forward.command.configuration import FLAKE8_CODES
from flake8_forward.command.lint import Linter
from flake8_forward.command.sources import Edit, Source
from flake8_forward.concrete.rewriting import Fix
from flake8_forward.lint.engine import LOG, Finding
from flake8_forward.options import parse as parse_options
from flake8_forward.session import Session

if TYPE_CHECKING:
    from flake8_forward.concrete.fixes import Rewriter

Proposal: TypeAlias = tuple[Finding, Fix]
"""A finding and its fix."""


class Outcome(NamedTuple):
    """The result for one file: its diff, the number of fixed findings, complaints."""

    diff: str
    fixed: int
    refused: tuple[str, ...]


class Fixer:
    """Fixes the findings that the user selected, file by file."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Take what ``settings.parse`` returned."""
        self._linter = Linter(options)
        self._session = Session(parse_options(options))
        self._unsafe = bool(options.unsafe_fixes)
        self._writes = not options.diff

    def __call__(self, path: str) -> Outcome:
        """Fix the file at ``path``, or compute the diff; report errors as complaints."""
        try:
            with _quiet():
                before = sources.read(path)
                after, fixed, left = self._fixed(path, before)
            if fixed and self._writes:
                sources.replace(path, before, after)
        except (*sources.UNREADABLE, RecursionError, MemoryError) as error:
            return self._unfixed(path, error)
        return Outcome(_diff(path, before, after), fixed, tuple(left))

    def _unfixed(self, path: str, error: Exception) -> Outcome:
        """Return ``error`` as a complaint if the file at ``path`` has findings."""
        with _quiet():
            has_findings = bool(self._reported(path))
        complaint = f"{path}: not fixed: {sources.reason(error)}"
        return Outcome("", 0, (complaint,) if has_findings else ())

    def _fixed(self, path: str, source: Source) -> tuple[Source, int, list[str]]:
        """Return the fixed source, the number of fixed findings, and complaints.

        What a fix brings to light waits for the next round. Each leaves fewer findings.
        """
        fixed = 0
        while True:
            state = self._state(path, source)
            kept = self._proven(path, state) if state.wanted else []
            if not kept:
                complaints = [_complaint(path, finding) for finding, _ in state.wanted]
                return source, fixed, complaints
            source = state.after(kept)
            fixed += len(kept)

    def _state(self, path: str, source: Source) -> _State:
        """Return what there is to fix in ``source``."""
        reported = self._reported(path, source)
        if not reported:
            return _State(source, None, [], [])
        tree, findings = self._check(path, source)
        wanted = [
            (found, found.fix)
            for found in findings
            if found.fix is not None
            and (found.fix.is_safe or self._unsafe)
            and (found.code, found.line, found.column + 1) in reported
        ]
        if not wanted:
            return _State(source, None, findings, [])
        # libcst is slow to import: not before there is something to fix.
        from flake8_forward.concrete.fixes import Rewriter

        rewriter = Rewriter(tree, source.plain)
        possible = rewriter.possible([fix for _, fix in wanted])
        return _State(source, rewriter, findings, [*compress(wanted, possible)])

    def _reported(
        self, path: str, source: Source | None = None
    ) -> set[tuple[str, int, int]]:
        """Return code, line and column of the findings in ``source``, or in the file."""
        lines = source and io.StringIO(source.plain).readlines()
        return {
            (item.code, item.line_number, item.column_number)
            for item in self._linter(path, lines)
            if item.code not in FLAKE8_CODES
        }

    def _check(self, path: str, source: Source) -> tuple[ast.Module, list[Finding]]:
        """Return the tree of ``source`` and all findings in it.

        Raise SyntaxError if it does not parse.
        """
        text = source.plain
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        candidates = self._linter.gate.candidates(text, tree)
        found = self._session.findings(path, tree, text, candidates, with_fixes=True)
        return tree, [*found]

    def _proven(self, path: str, state: _State) -> list[Proposal]:
        """Return the proposals that work: the file parses and their findings are gone."""
        before = Counter(found.code for found in state.findings)

        def hold(proposals: list[Proposal]) -> bool:
            try:
                _, findings = self._check(path, state.after(proposals))
            except (SyntaxError, ValueError, RecursionError, MemoryError):
                return False
            left = Counter(found.code for found in findings)
            gone = Counter(found.code for found, _ in proposals)
            return left <= before - gone

        def added(kept: list[Proposal], proposals: list[Proposal]) -> list[Proposal]:
            if hold([*kept, *proposals]):
                return [*kept, *proposals]
            if len(proposals) == 1:
                return kept
            half = len(proposals) // 2
            return added(added(kept, proposals[:half]), proposals[half:])

        return added([], state.wanted)


class _State(NamedTuple):
    """A state of a file: all findings in it, and which of them to fix, and how."""

    source: Source
    rewriter: Rewriter | None
    findings: list[Finding]
    wanted: list[Proposal]

    def after(self, proposals: list[Proposal]) -> Source:
        """Return the source with ``proposals`` made."""
        assert self.rewriter is not None
        made = self.rewriter.replacements([fix for _, fix in proposals])
        return self.source.replaced(Edit(*each) for each in made)


def _complaint(path: str, finding: Finding) -> str:
    place = f"{path}:{finding.line}:{finding.column + 1}"
    why = "the result would not parse, or would still be reported"
    return f"{place}: {finding.code} not fixed: {why}"


@contextmanager
def _quiet() -> Iterator[None]:
    """Suppress the engine's warnings: linting the file afterwards shows them once."""
    level = LOG.level
    LOG.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        LOG.setLevel(level)


def _diff(path: str, before: Source, after: Source) -> str:
    """Return the unified diff from ``before`` to ``after`` of the file at ``path``."""
    name = path.removeprefix(f".{os.sep}")
    lines = difflib.unified_diff(
        _lines(before), _lines(after), f"a/{name}", f"b/{name}"
    )
    no_end = "\n\\ No newline at end of file\n"
    return "".join(line if line.endswith("\n") else line + no_end for line in lines)


def _lines(source: Source) -> list[str]:
    """Return the lines as programs that read diffs split them: not at ``\\r``."""
    text = source.encoded().decode(source.encoding)
    return io.StringIO(text, newline="\n").readlines()
