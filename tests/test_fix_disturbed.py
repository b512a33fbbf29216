"""Fixing while something goes wrong: a kill, a full disk, another process."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

import pytest
from example_programs import ROOT
from harness import command_here
from projects import write
from test_fix_files import BAD, GOOD, contents, fix, said

from flake8_forward.command import sources

KILLS = [sys.executable, "benchmarks/kill.py", "--kills", "12", "--seed", "7"]
ACTIONS = ("--fix", "--add-noqa")


def test_killed_at_random_moments() -> None:
    run = subprocess.run(KILLS, cwd=ROOT, capture_output=True, text=True, check=True)
    counts = dict(line.rsplit(maxsplit=1) for line in run.stdout.splitlines())
    assert (counts["killed"], counts["lost"]) == ("12", "0")
    assert int(counts["old"]) > 0
    assert int(counts["new"]) > 0


def test_what_a_kill_leaves_is_not_linted(tmp_path: Path) -> None:
    write(tmp_path, {".abcd.tmp": BAD, "a.py": GOOD})
    assert command_here("--isolated", cwd=tmp_path).status == 0


FULL = """
import resource, signal, sys
from flake8_forward.command.main import main
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
sys.exit(main(["--isolated", *sys.argv[1:]]))
"""


@pytest.mark.parametrize("action", ACTIONS)
def test_no_space_for_some_files(action: str, tmp_path: Path) -> None:
    """A limit of the size of files stands for a full disk: the write itself fails."""
    assert hasattr(resource, "RLIMIT_FSIZE")
    big = BAD + "# 0123456789\n" * 100
    write(tmp_path, {"a.py": BAD, "big.py": big, "z.py": BAD})
    run = subprocess.run(
        [sys.executable, "-c", FULL, action],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    complaints = [line for line in run.stderr.splitlines() if "big.py" in line]
    verb = "fixed" if action == "--fix" else "silenced"
    assert complaints == [f"./big.py: not {verb}: File too large"]
    assert run.returncode == 1
    left = contents(tmp_path)
    assert {*left} == {"a.py", "big.py", "z.py"}
    assert left.pop("big.py") == big
    assert BAD not in left.values()


@pytest.mark.parametrize("action", ACTIONS)
def test_two_runs_at_once(action: str, tmp_path: Path) -> None:
    files = {f"p{n % 5}/m{n}.py": BAD for n in range(60)}
    write(tmp_path, files)
    module = [sys.executable, "-m", "flake8_forward.command.main", "--isolated"]
    runs = [
        subprocess.Popen(
            [*module, action, "--jobs=1"], cwd=tmp_path, stderr=subprocess.PIPE
        )
        for _ in range(3)
    ]
    for run in runs:
        complaints = run.communicate()[1].decode().splitlines()[:-1]
        verb = "fixed" if action == "--fix" else "silenced"
        assert all(f".py: not {verb}: " in line for line in complaints)
    assert {*contents(tmp_path)} == {*files}
    left = {*contents(tmp_path).values()}
    if action == "--fix":
        assert left == {GOOD}
    else:
        assert left == {BAD.replace("forward(1)", "forward(1)  # noqa: FWD101")}


def test_folder_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"sub/a.py": BAD})
    path = tmp_path / "sub/a.py"
    before = sources.read(str(path))
    path.unlink()
    with pytest.raises(OSError):
        sources.replace(str(path), before, before)
    assert contents(tmp_path) == {}


def test_hard_links_are_named(tmp_path: Path) -> None:
    """Silencing does not change a file with another hard link either."""
    write(tmp_path, {"a.py": BAD, "b.py": BAD})
    (tmp_path / "other.txt").hardlink_to(tmp_path / "a.py")
    run = command_here("--isolated", "--add-noqa", cwd=tmp_path)
    complaint = run.stderr.splitlines()[0]
    assert complaint.startswith("./a.py: not silenced: it has other hard links")
    assert (tmp_path / "a.py").read_text("utf-8") == BAD
    assert (tmp_path / "b.py").read_text("utf-8") != BAD


def test_two_names_in_one_run(tmp_path: Path) -> None:
    """A file and a link to it are one."""
    write(tmp_path, {"a.py": BAD})
    (tmp_path / "link.py").symlink_to("a.py")
    assert said(fix(tmp_path, "a.py", "link.py")) == []
    assert (tmp_path / "link.py").is_symlink()
    assert (tmp_path / "a.py").read_text("utf-8") == GOOD
