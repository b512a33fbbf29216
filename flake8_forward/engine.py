"""From suspicious words to findings: the rules look at each, at syntax when they must."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import NamedTuple

from flake8_forward import index
from flake8_forward.analysis.body import Body
from flake8_forward.context import Site
from flake8_forward.fixing import Fix
from flake8_forward.gate import Suspect
from flake8_forward.modules.files import Project, SourceFile
from flake8_forward.positions import locate
from flake8_forward.syntax import Syntax

LOG = logging.getLogger("flake8-forward")


class Finding(NamedTuple):
    """Something to report; ``line`` from 1, ``column`` from 0; ``fix`` if asked for."""

    line: int
    column: int
    code: str
    message: str
    fix: Fix | None = None


def check(
    project: Project,
    file: SourceFile,
    suspects: list[Suspect],
    with_fixes: bool = False,
) -> Iterator[Finding]:
    """Yield the findings among ``suspects`` of ``file``, in source order."""
    try:
        yield from _checked(project, file, suspects, with_fixes)
    finally:
        index.forget()


def _checked(
    project: Project, file: SourceFile, suspects: list[Suspect], with_fixes: bool
) -> Iterator[Finding]:
    syntax = Syntax(file, frozenset(suspect.word for suspect in suspects))
    bodies: dict[int, Body] = {}
    given_up: set[int] = set()
    for suspect in suspects:
        site = Site(project, file, suspect, syntax, bodies)
        for rule in suspect.rules:
            project.ask()
            try:
                found = [*rule.findings(site)]
            except RecursionError:
                if suspect.line not in given_up:
                    given_up.add(suspect.line)
                    LOG.warning("%s:%d: not checked: nested too deeply", *site.where)
                continue
            for node, message in found:
                place = (
                    suspect[:2] if node is suspect.node else locate(node, file.lines)
                )
                if place is not None:
                    fix = rule.fix(site, node) if with_fixes else None
                    yield Finding(*place, rule.code, message, fix)
