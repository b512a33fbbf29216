"""The generated parts of the README, and the page of each rule.

    python tests/documents.py --write

updates both. They are made of the docstrings of the rules, the help of the options, the
programs in examples/ and what flake8 reports on them. torch is not needed: comments in
the programs state what they print, and another test checks that.
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
from functools import cache
from pathlib import Path

from checkout import ROOT
from example_programs import Program
from trigger_table import TRIGGERS, triggers_text

from flake8_forward.command.pages import page
from flake8_forward.knowledge import packages
from flake8_forward.lint.gate import OFF_BY_DEFAULT
from flake8_forward.lint.rule import Rule
from flake8_forward.options import PREFIX
from flake8_forward.project.options import Options
from flake8_forward.rules import all_rules

README = ROOT / "README.md"
SAMPLE = "critic.py"


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


def title(rule: Rule) -> str:
    """What a rule reports, with a remark if it is off by default."""
    off = " Off by default." if rule.code.startswith(OFF_BY_DEFAULT) else ""
    return plain(rule.documentation().title) + off


def page_of(rule: Rule) -> Path:
    found = page(rule.code)
    assert found is not None
    return found


def rules_block(_: str) -> str:
    rows = [
        f"| [{rule.code}]({page_of(rule).relative_to(ROOT).as_posix()}) "
        f"| {title(rule).replace('|', chr(92) + '|')} |"
        for rule in all_rules()
    ]
    return "\n".join(["| code | what it reports |", "|---|---|", *rows])


def options_block(_: str) -> str:
    rows = [
        f"| `--{PREFIX}-{option.name.replace('_', '-')}` | {option.metadata['help']} |"
        for option in fields(Options)
    ]
    return "\n".join(["| option | value |", "|---|---|", *rows])


def knowledge_block(_: str) -> str:
    folder = Path(inspect.getfile(packages)).with_name("data")
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
    """``text`` with its generated blocks updated."""
    for name, generate in BLOCKS.items():
        before, after = pattern(name).split(text)
        text = f"{before}{generate(text)}\n{after}"
    return text


EXAMPLES = ROOT / "examples"


def page_text(rule: Rule) -> str:
    """The page of a rule: its documentation and its two programs."""
    said = rule.documentation()
    name = plain(said.title).rstrip(".")
    off = "Off by default: name the code in `extend-select` to enable it."
    parts = [
        f"# {rule.code}: {name}",
        *([off] if rule.code.startswith(OFF_BY_DEFAULT) else []),
        *(plain(text) for text in said.why),
        f"**Not reported:** {plain(said.exempt)}",
        f"**How to fix:** {plain(said.fix)}",
        f"**Source:** <{said.source}>",
        "## Incorrect",
        *program_parts(rule, "bad.py"),
        "## Correct",
        *program_parts(rule, "good.py"),
    ]
    return "\n\n".join(parts) + "\n"


def program_parts(rule: Rule, name: str) -> list[str]:
    """A program of a rule, what flake8 reports on it and what it prints."""
    program = Program(EXAMPLES / page_of(rule).stem / name)
    printed = "\n".join(program.promised_lines())
    prefix = f"{program.name}:"
    lines = [line for line in examples_report() if line.startswith(prefix)]
    shown = [line.removeprefix(f"{Path(program.name).parent}/") for line in lines]
    return [
        f"```python\n{program.path.read_text('utf-8')}```",
        *(
            ["flake8 reports:", "```text\n" + "\n".join(shown) + "\n```"]
            if shown
            else []
        ),
        "Its output:",
        f"```text\n{printed}\n```",
    ]


@cache
def examples_report() -> tuple[str, ...]:
    """What flake8 reports on the examples, with all rules of the plugin enabled."""
    arguments = ["--isolated", "--extend-select=FWD9", "examples"]
    run = subprocess.run(
        [sys.executable, "-m", "flake8", *arguments],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.stderr == ""
    return tuple(line for line in run.stdout.splitlines() if " FWD" in line)


def write() -> None:
    TRIGGERS.write_text(triggers_text(), "utf-8")
    README.write_text(written(read("README.md")), "utf-8")
    wanted = {page_of(rule): page_text(rule) for rule in all_rules()}
    folder = next(iter(wanted)).parent
    folder.mkdir(exist_ok=True)
    for path in {*folder.glob("*.md")} - {*wanted}:
        path.unlink()
    for path, text in wanted.items():
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    if sys.argv[1:] != ["--write"]:
        sys.exit("usage: python tests/documents.py --write")
    write()
