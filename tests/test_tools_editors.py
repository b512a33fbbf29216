"""The plugin in editors: unsaved buffers, long-lived processes, a language server."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from harness import flake8
from language_server import session
from real_tools import (
    BLOCKS,
    CRITIC,
    FINDINGS,
    FIXED,
    LINES,
    PATH,
    commands,
    findings,
    needs,
    project,
    shell,
    snippet,
)

UNSAVED = f"\n{CRITIC}"
UNSAVED_ROWS = ["7:21", "11:18"]


@pytest.mark.parametrize("number", [0, 1], ids=["flake8", "flake8-forward"])
def test_buffer_as_shown(number: int, tmp_path: Path) -> None:
    run = shell(commands("buffer")[number], project(tmp_path))
    assert (run.returncode, run.stderr) == (1, "")
    assert run.stdout.splitlines() == LINES


@pytest.mark.parametrize("folder", [".", "src"])
@pytest.mark.parametrize("saved", [CRITIC, "", None], ids=["older", "empty", "never"])
def test_unsaved_buffer_is_read_at_its_path(
    folder: str, saved: str | None, tmp_path: Path
) -> None:
    """As ALE and others call it: the whole path, from one folder or another."""
    path = project(tmp_path) / PATH
    if saved is None:
        path.unlink()
    else:
        path.write_text(saved, "utf-8")
    arguments = ["--format=default", "--stdin-display-name", str(path), "-"]
    run = flake8(*arguments, cwd=tmp_path / folder, stdin=UNSAVED.encode())
    assert run.stderr == ""
    assert [line.split(": ")[0] for line in findings(run.stdout)] == [
        f"{path}:{place}" for place in UNSAVED_ROWS
    ]


def test_ale_is_told_to_run_flake8() -> None:
    assert snippet("ale") == "let g:ale_linters = {'python': ['flake8']}\n"


# Runs flake8 again and again in one process, as the extension's server does for an
# interpreter: as a module, with sys.argv and the streams replaced.
SERVER = """\
import contextlib, io, json, runpy, sys

for line in sys.stdin:
    arguments, source = json.loads(line)
    taken = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    given = io.TextIOWrapper(io.BytesIO(source.encode()), encoding="utf-8")
    sys.argv, stdin, sys.stdin = ["flake8", *arguments], sys.stdin, given
    with contextlib.redirect_stdout(taken), contextlib.suppress(SystemExit):
        runpy.run_module("flake8", run_name="__main__")
    sys.stdin = stdin
    taken.seek(0)
    print(json.dumps(taken.read()), flush=True)
"""
ARGUMENTS = ["--format='%(row)d,%(col)d,%(code).1s,%(code)s:%(text)s'"]
REPORTED = r"'\1,\2,F,\3:\4'"


def test_vscode_asks_one_process_again_and_again(tmp_path: Path) -> None:
    """Another file is read again each time."""
    path = project(tmp_path) / PATH
    with subprocess.Popen(
        [sys.executable, "-c", SERVER],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        encoding="utf-8",
    ) as server:

        def lint(*arguments: str, source: str = "") -> list[str]:
            request = json.dumps([[*ARGUMENTS, *arguments], source])
            assert server.stdin and server.stdout
            print(request, file=server.stdin, flush=True)
            printed = str(json.loads(server.stdout.readline()))
            return [line for line in printed.splitlines() if ",FWD" in line]

        wanted = [
            re.sub(r"(\d+):(\d+): (FWD\d+) (.+)", REPORTED, it) for it in FINDINGS
        ]
        assert lint(str(path)) == wanted
        blocks = tmp_path / "src/blocks.py"
        blocks.write_text(BLOCKS.replace("nn.Module", "object"), "utf-8")
        assert lint(str(path)) == []
        blocks.write_text(BLOCKS, "utf-8")
        assert lint(str(path)) == wanted
        path.write_text(FIXED, "utf-8")
        assert lint(str(path)) == []
        cell = "from torch import nn\nnn.Linear(1, 1).forward(0)\n"
        named = ["--stdin-display-name", str(tmp_path / "nets.ipynb"), "-"]
        (finding,) = lint(*named, source=cell)
        assert finding.startswith("'2,17,F,FWD101:")


def test_vscode_settings() -> None:
    settings = json.loads(snippet("vscode"))
    assert settings["flake8.importStrategy"] == "fromEnvironment"
    assert set(settings["flake8.severity"]) == {"FWD"}


@needs("pylsp")
def test_language_server(tmp_path: Path) -> None:
    """Diagnostics of what is in the buffer, at once and after each edit."""
    project(tmp_path)
    (tmp_path / PATH).write_text("", "utf-8")
    scripts = os.pathsep.join([sysconfig.get_path("scripts"), os.environ["PATH"]])
    environment = {**os.environ, "PATH": scripts}
    settings = json.loads(snippet("pylsp"))
    with session(
        [sys.executable, "-m", "pylsp"], tmp_path, settings, environment
    ) as client:

        def reported() -> list[tuple[int, int, str]]:
            found = client.diagnostics(PATH)
            assert {item["source"] for item in found} <= {"flake8"}
            starts = [item["range"]["start"] for item in found]
            return [
                (start["line"], start["character"], item["message"].split("; ")[0])
                for start, item in zip(starts, found, strict=True)
            ]

        client.open(PATH, CRITIC)
        own, others = (
            "FWD102 'self.forward(...)' skips the hooks of this Critic",
            "FWD101 'block.forward(...)' skips the hooks of a Block",
        )
        assert reported() == [(5, 20, own), (9, 17, others)]
        client.edit(PATH, 2, 0, "", "\n")
        assert reported() == [(6, 20, own), (10, 17, others)]
        client.edit(
            PATH, 3, 6, "        return self.forward(x)", "        return self(x)"
        )
        assert reported() == [(10, 17, others)]
        client.edit(PATH, 4, 10, "    return block.forward(x)", "    return block(x)")
        assert reported() == []
