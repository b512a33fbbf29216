"""The README says what the code says: its generated blocks, commands and claims.

Needs no torch.
"""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from checkout import ROOT
from documents import (
    BLOCKS,
    SAMPLE,
    fenced,
    output_block,
    page_of,
    page_text,
    pattern,
    read,
)

from flake8_forward.lint.rule import Rule
from flake8_forward.project.project import READ_SOURCE_BYTES
from flake8_forward.project.source import MAX_SOURCE_BYTES
from flake8_forward.rules import all_rules


@pytest.mark.parametrize("name", BLOCKS)
def test_block_is_up_to_date(name: str) -> None:
    text = read("README.md")
    assert pattern(name).findall(text) == [BLOCKS[name](text) + "\n"]


def test_no_other_block_claims_to_be_generated() -> None:
    assert set(re.findall(r"<!-- /(\w+) -->", read("README.md"))) == set(BLOCKS)


def test_sample_shows_several_rules() -> None:
    shown = set(re.findall(r" (FWD\d{3}) ", output_block(read("README.md"))))
    assert {"FWD101", "FWD102", "FWD201", "FWD301"} <= shown


@pytest.mark.parametrize("name", ["lint", "test"])
def test_command_is_one_line(name: str) -> None:
    command = fenced(f"command: {name}", read("README.md"))
    assert command.count("\n") == 1
    assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")


def test_refusal_is_as_shown() -> None:
    (option, shown) = re.findall(
        r"^\$ flake8 (--\S+) src\n(.*?)```", read("README.md"), re.DOTALL | re.MULTILINE
    )[-1]
    run = subprocess.run(
        [sys.executable, "-m", "flake8", "--isolated", option, SAMPLE],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.returncode, run.stdout) == (1, shown)
    assert run.stderr == ""


def test_limits_are_those_of_the_code() -> None:
    text = " ".join(read("README.md").split())
    assert f"Files over {MAX_SOURCE_BYTES // 1_000_000} MB are not read" in text
    assert f"more than {READ_SOURCE_BYTES / 1_000_000} MB on behalf of" in text


def test_changelog_names_every_code() -> None:
    named = set(re.findall(r"^- (FWD\d{3})\b", read("CHANGELOG.md"), re.MULTILINE))
    assert {rule.code for rule in all_rules()} <= named


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_page_is_up_to_date(rule: Rule) -> None:
    assert page_of(rule).read_text("utf-8") == page_text(rule)


def test_every_page_has_its_rule() -> None:
    pages = [page_of(rule) for rule in all_rules()]
    assert sorted(pages[0].parent.iterdir()) == pages
