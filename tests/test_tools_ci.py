"""The plugin in the shell, in CI and with other plugins."""

from __future__ import annotations

import json
import os
import re
import venv
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest
from projects import write
from real_tools import (
    FIXED,
    LINES,
    PATH,
    commands,
    needs,
    project,
    shell,
    snippet,
)

Run = Callable[[str, Path], CompletedProcess[str]]


def test_commands_as_shown(tmp_path: Path) -> None:
    project(tmp_path)
    lines = commands("terminal")
    assert [line.split()[0] for line in lines] == ["flake8", "flake8-forward"]
    for line in lines:
        run = shell(line, tmp_path)
        assert (run.returncode, run.stderr) == (1, "")
        assert run.stdout.splitlines() == LINES


def test_fixing_as_shown(tmp_path: Path) -> None:
    path = project(tmp_path) / PATH
    before = path.read_text("utf-8")
    show, fix = commands("fix")
    shown = shell(show, tmp_path).stdout
    assert path.read_text("utf-8") == before
    assert shell(fix, tmp_path).returncode == 0
    assert path.read_text("utf-8") == FIXED
    added = re.findall(r"^\+ (.+)$", shown, re.MULTILINE)
    assert [line.strip() for line in added] == ["return self(x)", "return block(x)"]


def test_configuration_as_shown(tmp_path: Path) -> None:
    project(tmp_path)
    legacy = tmp_path / "src/legacy"
    write(legacy, {path.name: path.read_text() for path in tmp_path.glob("src/*.py")})
    (tmp_path / "setup.cfg").write_text(snippet("configuration"), "utf-8")
    for line in commands("terminal"):
        run = shell(line, tmp_path)
        assert run.stderr == ""
        codes = re.findall(r"^(\S+?):.* (FWD\d+) ", run.stdout, re.MULTILINE)
        assert sorted(codes) == [
            (PATH, "FWD101"),
            (PATH, "FWD102"),
            ("src/legacy/critic.py", "FWD101"),
        ]


def steps(name: str) -> list[dict[str, Any]]:
    """Return the steps of a workflow, or those that are shown alone."""
    shown = pytest.importorskip("yaml").safe_load(snippet(name))
    if isinstance(shown, list):
        return shown
    ((_, job),) = shown["jobs"].items()
    assert {"name", "permissions", "jobs"} <= shown.keys()
    return list(job["steps"])


def run_step(name: str, folder: Path) -> CompletedProcess[str]:
    """Run the step of a workflow that lints, the others being GitHub's and pip's."""
    lines = [step["run"] for step in steps(name) if "run" in step]
    assert lines[0] == "pip install flake8-forward"
    (line,) = lines[1:]
    return shell(line, folder)


@needs("yaml")
def test_workflow_annotates(tmp_path: Path) -> None:
    run = run_step("workflow", project(tmp_path))
    assert (run.returncode, run.stderr) == (1, "")
    annotation = re.compile(r"::error file=(.+?),line=(\d+),col=(\d+),.*::(.+)")
    found = [annotation.fullmatch(line) for line in run.stdout.splitlines()]
    places = [match and match.group(1, 2, 3) for match in found]
    assert places == [(PATH, "6", "21"), (PATH, "10", "18")]


@needs("yaml")
def test_workflow_passes_what_is_clean(tmp_path: Path) -> None:
    (project(tmp_path) / PATH).write_text(FIXED, "utf-8")
    run = run_step("workflow", tmp_path)
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")


@needs("yaml")
def test_code_scanning_gets_a_log(tmp_path: Path) -> None:
    project(tmp_path)
    run = run_step("code scanning", tmp_path)
    assert (run.returncode, run.stdout, run.stderr) == (1, "", "")
    upload = steps("code scanning")[-1]
    assert upload["if"] == "always()"
    text = (tmp_path / upload["with"]["sarif_file"]).read_text("utf-8")
    log = json.loads(text)
    assert log["version"] == "2.1.0"
    (only,) = log["runs"]
    known = {rule["id"] for rule in only["tool"]["driver"]["rules"]}
    places = []
    for result in only["results"]:
        assert result["ruleId"] in known
        assert result["message"]["text"].startswith("'")
        (location,) = result["locations"]
        place = location["physicalLocation"]
        region = place["region"]
        uri = place["artifactLocation"]["uri"]
        places.append((uri, region["startLine"], region["startColumn"]))
    assert places == [(PATH, 6, 21), (PATH, 10, 18)]


# A finding of each neighbour, on a line that says so.
NEIGHBOURS = """\
import json  # F401
import time
import torch


def load(path, seen=[]):  # B006
    return torch.load(path)  # TOR102


async def wait():  # ASYNC124
    time.sleep(1)  # ASYNC251


class Critic(torch.nn.Module):
    def predict(self, x):
        return self.forward(x)  # FWD102
"""


@pytest.fixture(scope="module")
def isolated(
    tmp_path_factory: pytest.TempPathFactory, constraint: dict[str, str]
) -> Run:
    """Runs a line in a virtual environment of its own, pip's too."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    scripts = os.fspath(folder / ("Scripts" if os.name == "nt" else "bin"))
    return lambda line, cwd: shell(line, cwd, constraint, scripts)


def test_other_plugins_report_too(isolated: Run, tmp_path: Path) -> None:
    write(tmp_path, {"src/all.py": NEIGHBOURS})
    install, lint = commands("others", install=True)
    assert isolated(f"{install} --quiet", tmp_path).returncode == 0
    assert isolated("pip check", tmp_path).returncode == 0
    run = isolated(lint, tmp_path)
    assert run.stderr == ""
    found = re.findall(r"^src/all.py:(\d+):\d+: (\w+) ", run.stdout, re.MULTILINE)
    marks = [
        (str(row), line.split("# ")[1])
        for row, line in enumerate(NEIGHBOURS.splitlines(), 1)
        if "# " in line
    ]
    assert sorted(found) == sorted(marks)


def test_formatter_plugin_shows_ours(isolated: Run, tmp_path: Path) -> None:
    project(tmp_path)
    install, lint = commands("formatter", install=True)
    assert isolated(f"{install} --quiet", tmp_path).returncode == 0
    run = isolated(lint, tmp_path)
    assert (run.returncode, run.stderr) == (1, "")
    shown = json.loads((tmp_path / "codeclimate.json").read_text("utf-8"))
    assert [
        (item["location"]["path"], item["location"]["lines"]["begin"]) for item in shown
    ] == [(PATH, 6), (PATH, 10)]
    assert "FWD102" in shown[0]["description"]
