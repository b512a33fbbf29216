"""From candidates to findings: the rules look at each, at syntax when they must."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from typing import NamedTuple

from flake8_forward.concrete.fixing import Fix
from flake8_forward.concrete.syntax import Syntax
from flake8_forward.inference.resolver import Resolver
from flake8_forward.lint.candidate import Candidate
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import Rule
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.body import Body
from flake8_forward.syntax.positions import locate

LOG = logging.getLogger("flake8-forward")


class Finding(NamedTuple):
    """Something to report; ``line`` from 1, ``column`` from 0; ``fix`` if asked for."""

    line: int
    column: int
    code: str
    message: str
    fix: Fix | None = None


def check(
    resolver: Resolver,
    file: SourceFile,
    candidates: list[Candidate],
    rule: Callable[[str], Rule],
    with_fixes: bool = False,
) -> Iterator[Finding]:
    """Yield the findings among ``candidates`` of ``file``, in source order.

    ``rule`` gives the rule with a code.
    """
    syntax = Syntax(file, frozenset(candidate.word for candidate in candidates))
    bodies: dict[int, Body] = {}
    given_up: set[int] = set()
    for candidate in candidates:
        context = RuleContext(resolver, file, candidate, syntax, bodies)
        for each in map(rule, candidate.codes):
            try:
                with resolver.budget.question():
                    found = [*each.findings(context)]
            except RecursionError:
                if candidate.line not in given_up:
                    given_up.add(candidate.line)
                    LOG.warning("%s:%d: not checked: nested too deeply", *context.where)
                continue
            for node, message in found:
                place = (
                    candidate[:2]
                    if node is candidate.node
                    else locate(node, file.lines)
                )
                if place is not None:
                    fix = each.fix(context, node) if with_fixes else None
                    yield Finding(*place, each.code, message, fix)
