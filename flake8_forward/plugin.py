"""flake8's entry point: takes options and files, yields findings."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, ClassVar

from flake8_forward.gate import Gate
from flake8_forward.options import Options, add_options, enabled, parse
from flake8_forward.requirements import check_flake8, check_libcst
from flake8_forward.rule import OFF_BY_DEFAULT, all_rules

if TYPE_CHECKING:
    import argparse

    from flake8.options.manager import OptionManager

    from flake8_forward.modules.files import Project

Report = tuple[int, int, str, type[Any]]


class Plugin:
    """The plugin; flake8 creates one object for each file."""

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
        """Register the plugin's options and the codes that are off by default."""
        check_flake8()
        manager.extend_default_ignore([OFF_BY_DEFAULT])
        add_options(manager)

    @classmethod
    def parse_options(cls, namespace: argparse.Namespace) -> None:
        """Store the options that flake8 read; raise ExecutionError if invalid."""
        cls._options = parse(namespace)
        cls._gate = Gate(rule for rule in all_rules() if enabled(rule.code, namespace))
        cls._project = None

    def run(self) -> Iterator[Report]:
        """Yield the findings in this file; columns count from 0, as flake8 expects."""
        gate = type(self)._gate or Gate(all_rules())
        text = "".join(self._lines)
        suspects = gate.suspects(text, self._tree)
        if not suspects:
            return
        # Most files never get here, so the resolver is imported only now.
        from flake8_forward.engine import check

        project = self._shared_project()
        file = project.start(self._filename, self._tree, text)
        for finding in check(project, file, suspects):
            message = f"{finding.code} {finding.message}"
            yield finding.line, finding.column, message, type(self)
        project.finish()  # flake8's token checks, which run next, need the memory

    @classmethod
    def _shared_project(cls) -> Project:
        from flake8_forward.modules.files import Project

        if cls._project is None:
            check_libcst()
            cls._project = Project(cls._options)
        return cls._project
