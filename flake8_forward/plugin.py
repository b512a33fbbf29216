"""flake8's entry point: takes options and files, yields findings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, ClassVar

from flake8_forward.lint.gate import OFF_BY_DEFAULT, Gate
from flake8_forward.lint.triggers import TRIGGERS
from flake8_forward.options import add_options, enabled_codes, parse
from flake8_forward.project.options import Options
from flake8_forward.requirements import check_flake8

if TYPE_CHECKING:
    import argparse

    from flake8.options.manager import OptionManager

    from flake8_forward.session import Session

Report = tuple[int, int, str, type[Any]]


class Plugin:
    """The plugin; flake8 creates one object for each file."""

    name = "flake8-forward"
    version = version("flake8-forward")

    _options: ClassVar[Options] = Options()
    _gate: ClassVar[Gate | None] = None
    _session: ClassVar[Session | None] = None

    def __init__(self, tree: ast.Module, filename: str, lines: list[str]) -> None:
        self._tree = tree
        self._filename = filename
        self._lines = lines

    @staticmethod
    def add_options(manager: OptionManager) -> None:
        """Register the plugin's options and the codes that are off by default."""
        check_flake8()
        manager.extend_default_ignore([OFF_BY_DEFAULT])
        add_options(manager)

    @classmethod
    def parse_options(cls, namespace: argparse.Namespace) -> None:
        """Store the options that flake8 read; raise ExecutionError if invalid."""
        cls._options = parse(namespace)
        cls._gate = Gate(enabled_codes(namespace))
        cls._session = None

    def run(self) -> Iterator[Report]:
        """Yield the findings of this file; columns count from 0, as flake8 expects."""
        gate = type(self)._gate or Gate(TRIGGERS)
        text = "".join(self._lines)
        candidates = gate.candidates(text, self._tree)
        if not candidates:
            return
        session = self._shared_session()
        for finding in session.findings(self._filename, self._tree, text, candidates):
            message = f"{finding.code} {finding.message}"
            yield finding.line, finding.column, message, type(self)

    @classmethod
    def _shared_session(cls) -> Session:
        # Most files never get here: the resolver and the rules are imported only now.
        from flake8_forward.session import Session

        if cls._session is None:
            cls._session = Session(cls._options)
        return cls._session
