"""Output on a terminal, and interrupted or failing runs."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from harness import command, command_here
from projects import write

COMMAND = (sys.executable, "-m", "flake8_forward.command.main", "--isolated")
BAD = "from torch import nn\nnet = nn.Linear(1, 1)\nnet.forward(1)\n"
ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def on_terminal(folder: Path, *arguments: str, stdout: int | None = None) -> str:
    """What the command writes to a terminal, to which ``stdout`` may not lead."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [*COMMAND, *arguments],
        cwd=folder,
        stdin=theirs,
        stdout=theirs if stdout is None else stdout,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "200"},
    )
    os.close(theirs)
    shown = b""
    while True:
        try:
            part = os.read(ours, 65536)
        except OSError:  # how Linux says that the other end was closed
            break
        if not part:
            break
        shown += part
    os.close(ours)
    assert process.wait(60) in (0, 1)
    assert b"Traceback" not in shown
    return shown.decode()


LINES = {
    "plain": ("net.forward(1)", "net.forward(1)", 4),
    "tab": ("if net:\tnet.forward(1)", "if net: net.forward(1)", 12),
    "wide": ("x = '漢字', net.forward(1)", "x = '漢字', net.forward(1)", 16),
    "escape": ("x = '\x1b[2J', net.forward(1)", "x = '\ufffd[2J', net.forward(1)", 16),
    "markup": ("x = '[red]', net.forward(1)", "x = '[red]', net.forward(1)", 17),
}


@pytest.mark.parametrize("name", LINES)
def test_line_and_marker(name: str, tmp_path: Path) -> None:
    line, shown, cells = LINES[name]
    write(tmp_path, {"a.py": BAD.replace("net.forward(1)", line)})
    text = on_terminal(tmp_path)
    assert "\x1b[2J" not in text
    assert "\x1b[1;31mFWD101\x1b[0m" in text
    first, code, marker = ESCAPES.sub("", text).splitlines()
    assert first.startswith("./a.py:3:")
    assert code == f"    3 | {shown}"
    assert marker == " " * (len("    3 | ") + cells) + "^"


def test_colour_can_be_had_or_not(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": BAD})
    plain = command_here("--isolated", cwd=tmp_path).stdout
    assert "\x1b" not in plain
    never = on_terminal(tmp_path, "--color=never")
    assert never.replace("\r\n", "\n") == plain
    always = command_here("--isolated", "--color=always", cwd=tmp_path).stdout
    assert "\x1b[1;31mFWD101\x1b[0m" in always


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_progress_on_many_files(jobs: str, tmp_path: Path) -> None:
    write(tmp_path, {f"m{n}.py": "x = 1\n" for n in range(60)})
    assert "Linting" in on_terminal(tmp_path, f"--jobs={jobs}")
    assert "Linting" not in on_terminal(tmp_path, "m1.py")


@pytest.mark.parametrize("option", ["--diff", "--format=json"])
def test_progress_leaves_the_output_alone(option: str, tmp_path: Path) -> None:
    """Redirected to a file, it holds all, though the bar is on a terminal."""
    write(tmp_path, {f"m{n:02}.py": BAD for n in range(60)})
    with (tmp_path / "output.txt").open("wb") as output:
        shown = on_terminal(tmp_path, option, "--jobs=2", stdout=output.fileno())
    assert ("Fixing" if option == "--diff" else "Linting") in shown
    text = (tmp_path / "output.txt").read_text("utf-8")
    assert len(set(re.findall(r"\bm\d\d\.py\b", text))) == 60
    assert "\x1b" not in text
    assert "net.forward" not in shown


def test_reader_that_has_seen_enough(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": BAD + "net.forward(1)\n" * 1000})
    pipe = subprocess.PIPE
    with subprocess.Popen(COMMAND, cwd=tmp_path, stdout=pipe, stderr=pipe) as process:
        assert process.stdout
        assert process.stderr
        assert process.stdout.readline().startswith(b"./a.py:3:5: FWD101 ")
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_full_disk(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": BAD})
    with open("/dev/full", "wb") as full:
        run = subprocess.run(
            COMMAND, cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False
        )
    assert run.returncode == 2
    assert run.stderr == b"flake8-forward: No space left on device\n"


def test_closed_output(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": BAD})
    line = f"exec {' '.join(COMMAND)} >&-"
    run = subprocess.run(["sh", "-c", line], cwd=tmp_path, stderr=-1, check=False)
    assert (run.returncode, run.stderr) == (1, b"")


FORMS = [f"--format={form}" for form in ("text", "json", "github", "sarif")]


@pytest.mark.parametrize("option", [*FORMS, "--diff"])
@pytest.mark.parametrize("encoding", ["utf-8", "ascii"])
def test_names_and_text_that_cannot_be_written(
    option: str, encoding: str, tmp_path: Path
) -> None:
    names = ("grün.py", os.fsdecode(b"\xff.py"))
    write(tmp_path, dict.fromkeys(names, BAD.replace("net", "größe")))
    environment = {"PYTHONIOENCODING": encoding}
    run = command("--isolated", option, cwd=tmp_path, environment=environment)
    assert run.status == 1
    assert "Traceback" not in run.stderr
    assert "forward" in run.stdout


WAITS = """
import os, signal, sys, time
from concurrent.futures import Future
from flake8_forward import plugin
from flake8_forward.command.main import main
result = Future.result
Future.result = lambda future: (os.write(2, b"up\\n"), result(future))[1]
plugin.Plugin.run = lambda _: (os.write(2, b"up\\n"), time.sleep(60))
signal.signal(signal.SIGINT, signal.default_int_handler)
sys.exit(main())
"""
"""Each process says when it waits: one still starting others would miss the signal.

The signal is ignored in what a shell starts in the background, so that is undone.
"""


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("option", ["--statistics", "--fix"])
def test_interrupted(jobs: int, option: str, tmp_path: Path) -> None:
    write(tmp_path, {f"m{n}.py": BAD for n in range(40)})
    command_line = [sys.executable, "-c", WAITS, "--isolated", f"--jobs={jobs}", option]
    pipe = subprocess.PIPE
    with subprocess.Popen(
        command_line, cwd=tmp_path, stderr=pipe, start_new_session=True
    ) as process:
        assert process.stderr
        waiting = jobs if jobs == 1 else jobs + 1  # the parent waits for the others
        said = [process.stderr.readline() for _ in range(waiting)]
        assert said == [b"up\n"] * waiting
        os.killpg(process.pid, signal.SIGINT)  # as a terminal does
        assert process.stderr.read() == b"flake8-forward: interrupted\n"
    assert process.returncode == 2


DIES = """
import os, sys
from flake8_forward import plugin
from flake8_forward.command.main import main
plugin.Plugin.run = lambda _: os._exit(9)
sys.exit(main())
"""


def test_process_that_dies(tmp_path: Path) -> None:
    write(tmp_path, {f"m{n}.py": BAD for n in range(40)})
    run = subprocess.run(
        [sys.executable, "-c", DIES, "--isolated", "--jobs=2"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    message = "flake8-forward: a process was killed, perhaps for lack of memory\n"
    assert (run.returncode, run.stderr) == (2, message)
