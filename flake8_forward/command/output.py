"""Output formats: text for people, data for programs."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from urllib.parse import quote

from flake8.violation import Violation

from flake8_forward.command import NAME
from flake8_forward.lint.rule import Rule
from flake8_forward.rules import all_rules

SARIF_VERSION = "2.1.0"
SARIF_SCHEMA = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
    "sarif-schema-2.1.0.json"
)


def as_text(found: Sequence[Violation]) -> str:
    """Return a line for each finding, in flake8's default format."""
    return "".join(f"{_place(item)}: {item.code} {item.text}\n" for item in found)


def _place(item: Violation) -> str:
    return f"{item.filename}:{item.line_number}:{item.column_number}"


def as_json(found: Sequence[Violation]) -> str:
    """Return a list of objects; rows and columns count from 1."""
    rows = [
        {
            "file": item.filename,
            "row": item.line_number,
            "column": item.column_number,
            "code": item.code,
            "message": item.text,
        }
        for item in found
    ]
    return json.dumps(rows, indent=1) + "\n"


def as_github(found: Sequence[Violation]) -> str:
    """Return workflow commands that annotate the changed files of a pull request.

    Source: https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    return "".join(
        f"::error file={_property(_relative(item.filename))},line={item.line_number},"
        f"col={item.column_number},title={item.code}::{_escaped(item.text)}\n"
        for item in found
    )


def _relative(path: str) -> str:
    """Return ``path`` relative to the working folder, as services expect it."""
    relative = os.path.relpath(path)
    is_outside = relative.split(os.sep)[0] == os.pardir
    return path if is_outside else relative


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(found: Sequence[Violation]) -> str:
    """Return a SARIF log, as code scanning services read it.

    Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
    """
    rules = [_descriptor(rule) for rule in all_rules()]
    driver = {"name": NAME, "version": version(NAME), "rules": rules}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(item) for item in found],
    }
    log = {"$schema": SARIF_SCHEMA, "version": SARIF_VERSION, "runs": [run]}
    return json.dumps(log, indent=1) + "\n"


def _descriptor(rule: Rule) -> dict[str, Any]:
    said = rule.documentation()
    return {
        "id": rule.code,
        "shortDescription": {"text": plain(said.title)},
        "fullDescription": {"text": " ".join(plain(part) for part in said.why)},
        "help": {"text": plain(f"How to fix: {said.fix}")},
        "helpUri": said.source,
    }


def _result(item: Violation) -> dict[str, Any]:
    start = {
        "startLine": max(1, item.line_number),
        "startColumn": max(1, item.column_number),
    }
    location = {"artifactLocation": {"uri": _uri(item.filename)}, "region": start}
    return {
        "ruleId": item.code,
        "level": "warning",
        "message": {"text": item.text},
        "locations": [{"physicalLocation": location}],
    }


def _uri(path: str) -> str:
    path = _relative(path)
    if os.path.isabs(path):
        return Path(path).as_uri()
    return quote(os.fsencode(Path(path).as_posix()))


def plain(text: str) -> str:
    """Return ``text``, a part of the documentation, on one line and without markup."""
    return " ".join(text.replace("``", "'").split())


FORMATTERS: dict[str, Callable[[Sequence[Violation]], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "sarif": as_sarif,
}


def statistics(found: Sequence[Violation]) -> str:
    """Return a line for each code: the number of its findings, and its title."""
    counts = Counter(item.code for item in found)
    lines = (
        f"{count:>6} {code} {titles().get(code, '')}".rstrip()
        for code, count in sorted(counts.items())
    )
    return "".join(f"{line}\n" for line in lines)


@cache
def titles() -> dict[str, str]:
    """Return the title of each rule by code."""
    return {rule.code: plain(rule.documentation().title) for rule in all_rules()}


def rules_list() -> str:
    """Return a line for each rule."""
    return "".join(f"{code} {title}\n" for code, title in titles().items())
