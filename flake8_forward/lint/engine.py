"""From candidates to findings: rules confirm them, the libcst visitor locates them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from flake8_forward.concrete.report import Report
from flake8_forward.concrete.rewriting import Fix
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


class _Confirmed(NamedTuple):
    """What a rule reports, before libcst has seen it."""

    code: str
    place: tuple[int, int]
    report: Report
    fix: Fix | None


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
    bodies: dict[int, Body] = {}
    try:
        contexts = (RuleContext(resolver, file, each, bodies) for each in candidates)
        confirmed = [*_confirmed(contexts, rule, with_fixes)]
    finally:
        for body in bodies.values():  # what they keep refers to them in turn
            body.memo.clear()
    if not confirmed:
        return
    # libcst takes longer to import than flake8 itself: not before there is a finding.
    from flake8_forward.concrete.visitor import described

    reports = [(item.place, item.report) for item in confirmed]
    described_all = described(file.tree, file.lines, reports)
    for item, said in zip(confirmed, described_all, strict=True):
        if said is not None:
            (line, column), message = said
            yield Finding(line, column, item.code, message, item.fix)


def _confirmed(
    contexts: Iterable[RuleContext], rule: Callable[[str], Rule], with_fixes: bool
) -> Iterator[_Confirmed]:
    given_up: set[int] = set()
    for context in contexts:
        candidate, lines = context.candidate, context.file.lines
        for each in map(rule, candidate.codes):
            try:
                with context.resolver.budget.question():
                    reports = [*each.findings(context)]
            except RecursionError:
                if candidate.line not in given_up:
                    given_up.add(candidate.line)
                    LOG.warning("%s:%d: not checked: nested too deeply", *context.where)
                continue
            for report in reports:
                is_word = report.node is candidate.node
                place = candidate[:2] if is_word else locate(report.node, lines)
                if place is not None:
                    fix = report.fix() if with_fixes and report.fix else None
                    yield _Confirmed(each.code, place, report, fix)
