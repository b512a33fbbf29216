"""One project, linted file by file: the only entry to the resolver and the rules.

Importing this imports everything that most files do not need: plugin and command do so
only when there is a candidate.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_forward.inference.expressions import SourceResolver
from flake8_forward.lint.candidate import Candidate
from flake8_forward.lint.engine import Finding, check
from flake8_forward.project.options import Options
from flake8_forward.project.project import Project
from flake8_forward.requirements import check_libcst
from flake8_forward.rules import rule


class Session:
    """Lints files, which share what was read and resolved for earlier ones."""

    def __init__(self, options: Options) -> None:
        """Take the user's options.

        Raise flake8's ExecutionError if libcst is missing or too old.
        """
        check_libcst()
        self.resolver = SourceResolver(Project(options))

    def findings(
        self,
        path: str,
        tree: ast.Module,
        text: str,
        candidates: list[Candidate],
        with_fixes: bool = False,
    ) -> Iterator[Finding]:
        """Yield the findings among the ``candidates`` of a file, in source order.

        ``tree`` is that of ``text``, which may differ from the file at ``path``.
        Findings have a fix only ``with_fixes``.
        """
        file = self.resolver.start(path, tree, text)
        yield from check(self.resolver, file, candidates, rule, with_fixes)
        self.resolver.finish()  # whatever flake8 does next needs the memory
