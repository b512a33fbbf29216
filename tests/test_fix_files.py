"""Fixing files in all conditions: nothing is lost, and the other files are fixed."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from fixing import fix_file
from harness import Run, command, command_here
from projects import write

from flake8_forward.command.fix import Fixer

BAD = "from torch import nn\nnet = nn.Linear(1, 1)\nnet.forward(1)\n"
GOOD = BAD.replace("net.forward(", "net(")


def fix(folder: Path, *arguments: str) -> Run:
    return command_here("--isolated", "--fix", *arguments, cwd=folder)


def said(run: Run) -> list[str]:
    """What the command says but for its summary."""
    *complaints, summary = run.stderr.splitlines()
    assert summary.startswith("fixed ")
    return complaints


def contents(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): path.read_text("utf-8")
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_fixes_all_and_says_so(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": BAD, "b/c.py": BAD + BAD, "clean.py": GOOD, "d.txt": BAD})
    run = command("--isolated", "--fix", cwd=tmp_path)
    assert (run.status, run.stdout) == (0, "")
    assert run.stderr == "fixed 3 findings in 2 files\n"
    expected = {"a.py": GOOD, "b/c.py": GOOD + GOOD, "clean.py": GOOD, "d.txt": BAD}
    assert contents(tmp_path) == expected
    assert fix(tmp_path).stderr == "fixed 0 findings in 0 files\n"
    assert contents(tmp_path) == expected


def test_what_is_left_is_reported(tmp_path: Path) -> None:
    left = "class Net(nn.Module):\n    def __call__(self, x):\n        return x\n"
    write(tmp_path, {"a.py": BAD + left})
    run = fix(tmp_path)
    assert run.status == 1
    assert [line.split()[1] for line in run.stdout.splitlines()] == ["FWD201"]
    assert contents(tmp_path) == {"a.py": GOOD + left}


def test_many_files_in_several_processes(tmp_path: Path) -> None:
    write(tmp_path, {f"p{n % 7}/m{n}.py": BAD for n in range(100)})
    run = command("--isolated", "--fix", "--jobs=3", cwd=tmp_path)
    assert (run.status, run.stderr) == (0, "fixed 100 findings in 100 files\n")
    assert {*contents(tmp_path).values()} == {GOOD}


@pytest.mark.parametrize("mode", [0o644, 0o755, 0o600, 0o664, 0o4755, 0o200])
def test_mode_stays(mode: int, tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(BAD, "utf-8")
    path.chmod(mode)
    if not os.access(path, os.R_OK):
        pytest.skip("not readable for this user")
    assert fix_file(path).fixed == 1
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_owner_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_text(BAD, "utf-8")
    os.chown(path, 12345, 54321)
    assert fix_file(path).fixed == 1
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 54321)


def test_symbolic_link_is_followed(tmp_path: Path) -> None:
    write(tmp_path, {"real/a.py": BAD})
    (tmp_path / "link.py").symlink_to("real/a.py")
    run = fix(tmp_path)
    assert (run.status, said(run)) == (0, [])
    assert (tmp_path / "link.py").readlink() == Path("real/a.py")
    assert contents(tmp_path) == {"real/a.py": GOOD, "link.py": GOOD}
    assert run.stderr == "fixed 1 finding in 1 file\n"


def hard_link(path: Path) -> None:
    (path.parent / "other.txt").hardlink_to(path)


def read_only(path: Path) -> None:
    path.chmod(0o444)


def in_read_only_folder(path: Path) -> None:
    path.parent.chmod(0o555)


def broken(path: Path) -> None:
    path.write_bytes(BAD.encode() + b"# \xff\n")


ODD: dict[str, tuple[Callable[[Path], None], str]] = {
    "hard link": (
        hard_link,
        "it has other hard links, which would keep the old content",
    ),
    "read-only": (read_only, "it is read-only"),
    "read-only folder": (in_read_only_folder, "its folder is read-only"),
    "encoding": (broken, "invalid or missing encoding declaration"),
}


@pytest.mark.parametrize("name", ODD)
def test_odd_file_is_left_alone(name: str, tmp_path: Path) -> None:
    """It is still reported, and the others are fixed."""
    make, why = ODD[name]
    write(tmp_path, {"a.py": BAD, "odd/odd.py": BAD, "z.py": BAD})
    odd = tmp_path / "odd/odd.py"
    make(odd)
    before = odd.read_bytes(), odd.stat().st_ino
    run = fix(tmp_path)
    odd.parent.chmod(0o755)
    (complaint,) = said(run)
    assert complaint.startswith("./odd/odd.py: not fixed: ")
    assert why in complaint or "can't decode" in complaint
    assert (odd.read_bytes(), odd.stat().st_ino) == before
    assert run.status == 1
    assert [line.split(":")[0] for line in run.stdout.splitlines()] == ["./odd/odd.py"]
    assert (tmp_path / "a.py").read_text("utf-8") == GOOD
    assert (tmp_path / "z.py").read_text("utf-8") == GOOD
    assert [path.name for path in odd.parent.glob(".*")] == []


def test_silent_on_odd_files_without_findings(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_bytes(b"x = '\xff'\n")
    write(tmp_path, {"b.py": BAD})
    assert said(fix(tmp_path)) == []


def test_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    write(tmp_path, {"a.py": BAD})
    assert said(fix(tmp_path)) == []
    assert (tmp_path / "a.py").read_text("utf-8") == GOOD


def test_file_changed_meanwhile_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.py"
    path.write_text(BAD, "utf-8")
    changed = f"# edited\n{BAD}"
    holding = Fixer._proven

    def slowly(fixer: Fixer, *arguments: object) -> object:
        path.write_text(changed, "utf-8")
        return holding(fixer, *arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(Fixer, "_proven", slowly)
    outcome = fix_file(path)
    assert outcome == ("", 0, (f"{path}: not fixed: it was changed in the meantime",))
    assert path.read_text("utf-8") == changed


DIES = """
import os, sys
from flake8_forward.command.main import main
where = sys.argv.pop(1)
setattr(os, where, lambda *_: os._exit(9))
main()
"""


@pytest.mark.parametrize("where", ["fsync", "chmod", "replace", "fdopen"])
def test_killed_while_writing(where: str, tmp_path: Path) -> None:
    write(tmp_path, {"a.py": BAD})
    run = subprocess.run(
        [sys.executable, "-c", DIES, where, "--isolated", "--fix", "a.py"],
        cwd=tmp_path,
        check=False,
    )
    assert run.returncode == 9
    assert (tmp_path / "a.py").read_text("utf-8") == BAD


def test_failed_write_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.py"
    path.write_text(BAD, "utf-8")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    outcome = fix_file(path)
    assert outcome.refused == (f"{path}: not fixed: No space left on device",)
    assert contents(tmp_path) == {"a.py": BAD}
    assert [item.name for item in tmp_path.iterdir()] == ["a.py"]


@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("end", ["", "\n", "\x0c\n'\u2028'"])
@pytest.mark.parametrize("lead", ["", "\ufeff"], ids=["plain", "mark"])
def test_difference_can_be_applied(
    newline: str, end: str, lead: str, tmp_path: Path
) -> None:
    bad = (lead + BAD.rstrip() + end).replace("\n", newline).encode()
    path = tmp_path / "a.py"
    path.write_bytes(bad)
    outcome = fix_file(path, "--diff")
    assert (outcome.fixed, path.read_bytes()) == (1, bad)
    patch = outcome.diff.replace(str(path), "a.py").encode()
    git = ["git", "apply", "--whitespace=nowarn", "-"]
    subprocess.run(git, cwd=tmp_path, input=patch, check=True)
    assert path.read_bytes() == bad.replace(b"net.forward(", b"net(")


def test_difference_is_only_shown(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": BAD, "b.py": GOOD})
    run = command_here("--isolated", "--diff", cwd=tmp_path)
    assert run.status == 1
    assert run.stderr == "would fix 1 finding in 1 file\n"
    assert run.stdout.startswith("--- a/a.py\n+++ b/a.py\n@@ ")
    assert run.stdout.endswith("-net.forward(1)\n+net(1)\n")
    assert contents(tmp_path) == {"a.py": BAD, "b.py": GOOD}
    (tmp_path / "a.py").unlink()
    assert command_here("--isolated", "--diff", cwd=tmp_path).status == 0
