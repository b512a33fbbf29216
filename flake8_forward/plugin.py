"""The flake8 side: parameters in, findings out."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, ClassVar

from flake8_forward.lint.gate import Gate
from flake8_forward.lint.rule import OFF_BY_DEFAULT
from flake8_forward.options import add_options, enabled, parse
from flake8_forward.project.options import Options
from flake8_forward.requirements import check_flake8, check_libcst
from flake8_forward.rules import all_rules

if TYPE_CHECKING:
    import argparse

    from flake8.options.manager import OptionManager

    from flake8_forward.project.project import Project

Report = tuple[int, int, str, type[Any]]


class Plugin:
    """flake8's entry point: one object per file."""

    name = "flake8-forward"
    version = version("flake8-forward")

    _options: ClassVar[Options] = Options()
    _gate: ClassVar[Gate | None] = None
    _project: ClassVar[Project | None] = None

    def __init__(self, tree: ast.Module, filename: str, lines: list[str]) -> None:
        self._tree = tree
        self._filename = filename
        self._lines = lines

    @staticmethod
    def add_options(manager: OptionManager) -> None:
        """Tell flake8 our options, and which codes are off until named."""
        check_flake8()
        manager.extend_default_ignore([OFF_BY_DEFAULT])
        add_options(manager)

    @classmethod
    def parse_options(cls, namespace: argparse.Namespace) -> None:
        """Take what flake8 read from the command line and its configuration."""
        cls._options = parse(namespace)
        cls._gate = Gate(rule for rule in all_rules() if enabled(rule.code, namespace))
        cls._project = None

    def run(self) -> Iterator[Report]:
        """Yield the findings of this file; columns count from 0, as flake8 wants."""
        gate = type(self)._gate or Gate(all_rules())
        text = "".join(self._lines)
        candidates = gate.candidates(text, self._tree)
        if not candidates:
            return
        # Most files never come here: only now is the resolver imported.
        from flake8_forward.lint.engine import check

        project = self._shared_project()
        file = project.start(self._filename, self._tree, text)
        for finding in check(project, file, candidates):
            message = f"{finding.code} {finding.message}"
            yield finding.line, finding.column, message, type(self)
        project.finish()  # flake8's token checks, which come next, need the memory

    @classmethod
    def _shared_project(cls) -> Project:
        from flake8_forward.project.project import Project

        if cls._project is None:
            check_libcst()
            cls._project = Project(cls._options)
        return cls._project
