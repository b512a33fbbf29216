"""The README says what the code says; ``--write`` brings its generated parts up to date.

Needs no torch.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path

import pytest

from flake8_forward.modules import knowledge_base
from flake8_forward.modules.files import READ_SOURCE_BYTES
from flake8_forward.modules.source import MAX_SOURCE_BYTES
from flake8_forward.options import PREFIX, Options
from flake8_forward.rule import OFF_BY_DEFAULT, Rule, all_rules

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
SAMPLE = "critic.py"
SOURCE = "Source: "


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def fenced(marker: str, text: str) -> str:
    """The code in the fence that follows the comment ``marker``."""
    found = re.findall(rf"<!-- {marker} -->\n```\w+\n(.*?)```\n", text, re.DOTALL)
    assert len(found) == 1, marker
    return str(found[0])


def plain(text: str) -> str:
    """Markdown of a docstring."""
    return text.replace("``", "`")


def documentation(rule: Rule) -> tuple[str, list[str]]:
    """The first line of a rule's documentation, and the paragraphs below it."""
    first, *rest = plain(inspect.getdoc(rule) or "").split("\n\n")
    return first, rest


def rules_block(_: str) -> str:
    rows = []
    reasons = []
    for rule in all_rules():
        first, rest = documentation(rule)
        off = " Off by default." if rule.code.startswith(OFF_BY_DEFAULT) else ""
        rows.append(f"| {rule.code} | {first.replace('|', chr(92) + '|')}{off} |")
        source = [p.removeprefix(SOURCE) for p in rest if p.startswith(SOURCE)]
        links = "".join(f"\n([PyTorch's documentation]({url}))" for url in source)
        text = "\n\n".join(p for p in rest if not p.startswith(SOURCE))
        reasons.append(f"**{rule.code}.** {text}{links}")
    return "\n".join(["| code | what it finds |", "|---|---|", *rows]) + "".join(
        f"\n\n{reason}" for reason in reasons
    )


def options_block(_: str) -> str:
    rows = [
        f"| `--{PREFIX}-{option.name.replace('_', '-')}` | {option.metadata['help']} |"
        for option in fields(Options)
    ]
    return "\n".join(["| option | what it says |", "|---|---|", *rows])


def knowledge_block(_: str) -> str:
    folder = Path(inspect.getfile(knowledge_base)).with_name("knowledge")
    versions = {
        path.stem: json.loads(path.read_text("utf-8"))["version"]
        for path in sorted(folder.glob("*.json"))
    }
    assert "torch" in versions
    return ",\n".join(f"{name} {version}" for name, version in versions.items()) + "."


def output_block(text: str) -> str:
    shown = reported("flake8 --select=FWD", text)
    return f"```console\n$ flake8 --select=FWD {SAMPLE}\n{shown}```"


def reported(command: str, text: str) -> str:
    """What flake8, called by ``command``, prints about the sample of the README."""
    program, *arguments = shlex.split(command)
    assert program == "flake8"
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, SAMPLE).write_text(fenced("sample", text), "utf-8")
        run = subprocess.run(
            [sys.executable, "-m", "flake8", "--isolated", *arguments, SAMPLE],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
    assert (run.returncode, run.stderr) == (1, "")
    return run.stdout


BLOCKS: dict[str, Callable[[str], str]] = {
    "output": output_block,
    "rules": rules_block,
    "options": options_block,
    "knowledge": knowledge_block,
}


def pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<=<!-- {name} -->\n).*?(?=<!-- /{name} -->)", re.DOTALL)


def written(text: str) -> str:
    """``text`` with its generated blocks made anew."""
    for name, generate in BLOCKS.items():
        before, after = pattern(name).split(text)
        text = f"{before}{generate(text)}\n{after}"
    return text


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


def test_hook_reports_what_the_readme_shows() -> None:
    hooks = read(".pre-commit-hooks.yaml")
    entries = re.findall(r"^  entry: (.+)$", hooks, re.MULTILINE)
    text = read("README.md")
    assert entries
    for entry in entries:
        assert reported(entry, text) in output_block(text)
    for hook in re.findall(r"^- id: (.+)$", hooks, re.MULTILINE):
        assert f"- id: {hook}\n" in text


def test_workflow_annotates_the_sample() -> None:
    text = read("README.md")
    (command,) = re.findall(r"- run: (flake8 .+) src$", text, re.MULTILINE)
    lines = reported(command, text).splitlines()
    start = re.compile(rf"::error file={SAMPLE},line=\d+,col=\d+::FWD\d{{3}} \S")
    assert lines
    assert all(start.match(line) for line in lines)


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
    assert f"more than {READ_SOURCE_BYTES // 1_000_000} MB on behalf of" in text


def test_changelog_names_every_code() -> None:
    named = set(re.findall(r"^- (FWD\d{3})\b", read("CHANGELOG.md"), re.MULTILINE))
    assert {rule.code for rule in all_rules()} <= named


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python tests/test_readme.py --write")
    README.write_text(written(read("README.md")), "utf-8")
