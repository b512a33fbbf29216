"""Linting with this plugin only: the same findings as in flake8, in less time."""

from __future__ import annotations

import argparse
import signal
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from flake8.checker import FileChecker
from flake8.plugins.finder import Checkers
from flake8.processor import FileProcessor
from flake8.style_guide import StyleGuideManager
from flake8.violation import Violation

from flake8_forward.command import UsageError
from flake8_forward.command.files import STDIN
from flake8_forward.lint.gate import Gate
from flake8_forward.options import enabled_codes
from flake8_forward.plugin import Plugin

Result = TypeVar("Result")

MIN_PARALLEL = 16
"""With fewer files for each, starting another process takes longer than it saves."""

MAX_CHUNK = 32
"""Most files in a row for one process: neighbours share the files they import."""

_NO_PLUGINS = Checkers(tree=[], logical_line=[], physical_line=[])


class Linter:
    """Lints files one by one, as flake8 would with this plugin only."""

    def __init__(self, options: argparse.Namespace) -> None:
        """Take what ``settings.parse`` returned."""
        Plugin.parse_options(options)
        self.gate = Gate(enabled_codes(options))
        self._options = options
        self._collector = Collector()
        self._guide = StyleGuideManager(options, self._collector)

    def __call__(
        self, path: str, lines: Sequence[str] | None = None
    ) -> list[Violation]:
        """Return the findings in the file at ``path``, or in ``lines`` if given."""
        checker = _FileChecker(path, self._options, lines)
        name, results, _ = checker.run_checks()
        results.sort(key=lambda result: (result[1], result[2], result[0]))
        for code, row, column, text, line in results:
            self._guide.handle_error(code, name, row, column, text, line)
        return self._collector.take()


class Collector:
    """Takes the place of flake8's formatter: collects the violations."""

    def __init__(self) -> None:
        self._found: list[Violation] = []

    def handle(self, error: Violation) -> None:
        """Keep a violation."""
        self._found.append(error)

    def take(self) -> list[Violation]:
        """Return the violations since the last call."""
        found, self._found = self._found, []
        return found


class _FileChecker(FileChecker):  # type: ignore[misc]
    """flake8's own, with this plugin only, and without tokens, which only others need.

    Files on which flake8 itself fails are reported as files that cannot be read.
    """

    def __init__(
        self,
        path: str,
        options: argparse.Namespace,
        lines: Sequence[str] | None,
    ) -> None:
        self._lines = lines
        super().__init__(filename=path, plugins=_NO_PLUGINS, options=options)

    def _make_processor(self) -> FileProcessor | None:
        try:
            if self._lines is None:
                return super()._make_processor()
            return FileProcessor(self.filename, self.options, [*self._lines])
        except LookupError as error:  # a codec that does not decode to text
            self.report("E902", 0, 0, f"{type(error).__name__}: {error}")
            return None

    def run_ast_checks(self) -> None:
        """Parse the file and report the plugin's findings."""
        assert self.processor is not None
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                tree = self.processor.build_ast()
        except (ValueError, RecursionError, MemoryError) as error:
            self.report("E902", 1, 0, f"{type(error).__name__}: {error}")
            return
        plugin = Plugin(tree, self.processor.filename, self.processor.lines)
        for line, column, text, _ in plugin.run():
            self.report(None, line, column, text)

    def process_tokens(self) -> None:
        """Do nothing: the plugin does not use tokens."""


_worker: Callable[[str], Any] | None = None


def _start(
    make: Callable[[argparse.Namespace], Any], options: argparse.Namespace
) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the parent reports the interruption
    _worker = make(options)


def _work(paths: Sequence[str]) -> list[Any]:
    assert _worker is not None
    return [_worker(path) for path in paths]


def in_parallel(
    make: Callable[[argparse.Namespace], Callable[[str], Result]],
    options: argparse.Namespace,
    paths: Sequence[str],
) -> Iterator[Result]:
    """Return the results of a worker for ``paths``, in the same order.

    ``make`` creates the worker from ``options`` in each process. Raise UsageError if a
    process is killed.
    """
    jobs = min(options.jobs, len(paths) // MIN_PARALLEL)
    if jobs < 2 or STDIN in paths:
        return map(make(options), paths)
    chunk = max(1, min(MAX_CHUNK, len(paths) // (jobs * 4)))
    pool = ProcessPoolExecutor(jobs, initializer=_start, initargs=(make, options))
    # Start here: processes must not be forked once a progress bar's thread runs.
    starts = range(0, len(paths), chunk)
    return _all_of(pool, [pool.submit(_work, paths[at : at + chunk]) for at in starts])


def _all_of(
    pool: ProcessPoolExecutor, futures: list[Future[list[Any]]]
) -> Iterator[Any]:
    """Yield the results of ``futures`` in order, releasing each one.

    This is not ``pool.map``, which on an interrupt cancels futures that the pool's
    thread, whose processes are interrupted as well, marks as broken at the same time.
    """
    futures.reverse()
    try:
        while futures:
            yield from futures.pop().result()
    except BrokenProcessPool:
        raise UsageError("a process was killed, perhaps for lack of memory") from None
    finally:
        pool.shutdown(cancel_futures=True)
