"""Linting without flake8's other checks: the same findings, for less work."""

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
"""Fewer files are linted in this process: starting others takes longer."""

MAX_CHUNK = 32
"""Neighbouring files for one process: they share what it has read."""

_NO_PLUGINS = Checkers(tree=[], logical_line=[], physical_line=[])


class Linter:
    """Lints files one by one, as flake8 would with our plugin alone."""

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
        """Return what is to be reported of a file, or of ``lines`` in its stead."""
        checker = _FileChecker(path, self._options, lines)
        name, results, _ = checker.run_checks()
        results.sort(key=lambda result: (result[1], result[2], result[0]))
        for code, row, column, text, line in results:
            self._guide.handle_error(code, name, row, column, text, line)
        return self._collector.take()


class Collector:
    """Stands where flake8 has a formatter: keeps what is to be reported."""

    def __init__(self) -> None:
        self._found: list[Violation] = []

    def handle(self, error: Violation) -> None:
        """Keep a violation."""
        self._found.append(error)

    def take(self) -> list[Violation]:
        """Return what was kept, and forget it."""
        found, self._found = self._found, []
        return found


class _FileChecker(FileChecker):  # type: ignore[misc]
    """flake8's own, with our plugin alone, and without tokens that only others need.

    What flake8 itself stumbles over is reported like a file that cannot be read.
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
        except LookupError as error:  # a codec that is not one for text
            self.report("E902", 0, 0, f"{type(error).__name__}: {error}")
            return None

    def run_ast_checks(self) -> None:
        """Parse the file and report what our plugin finds."""
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
        """Leave the tokens alone."""


_worker: Callable[[str], Any] | None = None


def _start(
    make: Callable[[argparse.Namespace], Any], options: argparse.Namespace
) -> None:
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # the parent says that it was stopped
    _worker = make(options)


def _work(paths: Sequence[str]) -> list[Any]:
    assert _worker is not None
    return [_worker(path) for path in paths]


def in_parallel(
    make: Callable[[argparse.Namespace], Callable[[str], Result]],
    options: argparse.Namespace,
    paths: Sequence[str],
) -> Iterator[Result]:
    """Return what the worker that ``make`` makes says of each path, in their order."""
    jobs = min(options.jobs, len(paths) // MIN_PARALLEL)
    if jobs < 2 or STDIN in paths:
        return map(make(options), paths)
    chunk = max(1, min(MAX_CHUNK, len(paths) // (jobs * 4)))
    pool = ProcessPoolExecutor(jobs, initializer=_start, initargs=(make, options))
    # Started right here: a process must not be forked beside a progress bar's thread.
    starts = range(0, len(paths), chunk)
    return _all_of(pool, [pool.submit(_work, paths[at : at + chunk]) for at in starts])


def _all_of(
    pool: ProcessPoolExecutor, futures: list[Future[list[Any]]]
) -> Iterator[Any]:
    """Yield the results of all ``futures``, each let go of before the next.

    Not by ``pool.map``: interrupted, it cancels futures while the pool's thread, whose
    processes are interrupted as well, says of the same ones that they are broken.
    """
    futures.reverse()
    try:
        while futures:
            yield from futures.pop().result()
    except BrokenProcessPool:
        raise UsageError("a process was killed, perhaps for its memory") from None
    finally:
        pool.shutdown(cancel_futures=True)
