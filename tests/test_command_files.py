"""Which files the command lints: those that flake8 would, except what git ignores."""

from __future__ import annotations

import argparse
import os
import subprocess
from pathlib import Path

import pytest
from harness import command
from hypothesis import given
from hypothesis import strategies as st
from projects import write
from test_properties import modest

from flake8_forward.command import UsageError, files, settings

BAD = "from torch import nn\nnn.Linear(1, 1).forward(1)\n"
NAMES = ["a.py", "b.py", "lib/a.py", "lib/deep/c.py", "build/a.py", "build/lib/d.py"]


def options(*arguments: str) -> argparse.Namespace:
    return settings.parse(["--isolated", *arguments])


def chosen(folder: Path, monkeypatch: pytest.MonkeyPatch, *given: str) -> list[str]:
    monkeypatch.chdir(folder)
    return [path.removeprefix("./") for path in files.chosen(options(*given))]


def project(folder: Path, ignored: dict[str, str], names: list[str]) -> None:
    """A checkout with ``.gitignore`` files by folder."""
    subprocess.run(["git", "init", "--quiet", folder], check=True)
    write(folder, {f"{name}/.gitignore": text for name, text in ignored.items()})
    write(folder, dict.fromkeys(names, BAD))


def seen_by_git(folder: Path) -> list[str]:
    command_line = ["git", "ls-files", "--others", "--exclude-standard", "*.py"]
    run = subprocess.run(
        command_line, cwd=folder, capture_output=True, text=True, check=True
    )
    return sorted(run.stdout.splitlines())


IGNORED = {
    "nothing": {},
    "name": {".": "a.py\n"},
    "all but": {".": "lib/**\n!lib/a.py\n"},
    "folder": {".": "build/\n"},
    "path": {".": "/lib/a.py\n"},
    "stars": {".": "**/deep/**\n*.pyc\n"},
    "unless": {".": "*.py\n!a.py\n"},
    "unless below": {".": "a.py\n", "lib": "!a.py\n"},
    "not in what is ignored": {".": "build/\n!build/a.py\n"},
    "below": {"lib": "/a.py\ndeep\n"},
    "comments": {".": "# a.py\n\n  \n\\#b.py\nb.py \n"},
    "what git passes over": {".": "b.py\n[z-a]\n\\\n"},
    "no text": {".": "b.py\n\udcff\n"},
}


@pytest.mark.parametrize("name", IGNORED)
def test_takes_what_git_sees(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ignored = {key: text for key, text in IGNORED[name].items() if name != "no text"}
    project(tmp_path, ignored, NAMES)
    if name == "no text":
        (tmp_path / ".gitignore").write_bytes(b"b.py\n\xff\n")
    expected = seen_by_git(tmp_path)
    assert (expected == sorted(NAMES)) == (name == "nothing")
    assert sorted(chosen(tmp_path, monkeypatch)) == expected
    assert sorted(chosen(tmp_path, monkeypatch, str(tmp_path))) == [
        str(tmp_path / path) for path in expected
    ]
    below = sorted(chosen(tmp_path / "lib", monkeypatch))
    assert below == seen_by_git(tmp_path / "lib")


PATTERNS = st.lists(
    st.sampled_from(
        [
            "*.py",
            "a.py",
            "/a.py",
            "lib",
            "lib/",
            "/lib/*",
            "lib/**",
            "**/lib/**",
            "deep",
            "**/a.py",
            "build/*",
            "?.py",
            "[ab].py",
            "!lib/",
            "!a.py",
            "!lib/a.py",
            "!lib/**",
            "!lib/deep/c.py",
            "!*.py",
        ]
    ),
    max_size=4,
)


@modest
@given(PATTERNS, PATTERNS)
def test_takes_what_git_sees_of_all(
    tmp_path: Path, top: list[str], lib: list[str]
) -> None:
    if not (tmp_path / ".git").exists():
        project(tmp_path, {}, NAMES)
    write(tmp_path, {".gitignore": "\n".join(top), "lib/.gitignore": "\n".join(lib)})
    found = files.chosen(options(str(tmp_path)))
    assert sorted(os.path.relpath(path, tmp_path) for path in found) == seen_by_git(
        tmp_path
    )


@pytest.mark.parametrize("name", ["build", "build/lib", "./build/"])
def test_ignored_folder_that_is_named(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody wants it linted; what is ignored within it still is."""
    project(tmp_path, {".": "build\n*.egg\n", "build": "a.py\n"}, NAMES)
    paths = [os.path.normpath(path) for path in chosen(tmp_path, monkeypatch, name)]
    assert paths == ["build/lib/d.py"]
    assert chosen(tmp_path / "build", monkeypatch) == ["lib/d.py"]


def test_file_that_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project(tmp_path, {".": "*\n"}, [*NAMES, "script", "stub.pyi"])
    names = ["script", "build/a.py", "stub.pyi"]
    assert chosen(tmp_path, monkeypatch, *names) == names
    assert chosen(tmp_path, monkeypatch, "a.py", "a.py", "--exclude=b.py") == ["a.py"]
    run = command("--isolated", *names, cwd=tmp_path)
    assert [line.split(":")[0] for line in run.stdout.splitlines()] == names


def test_outside_of_a_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The ``.gitignore`` in the folder counts; the one above it does not."""
    write(tmp_path, {".gitignore": "*\n", "p/.gitignore": "b.py\n"})
    write(tmp_path / "p", dict.fromkeys(("a.py", "b.py"), BAD))
    assert chosen(tmp_path / "p", monkeypatch) == ["a.py"]


EXCLUDED = {
    "--exclude=build": ["a.py", "b.py", "lib/a.py", "lib/deep/c.py"],
    "--exclude=./lib": ["a.py", "b.py", "build/a.py", "build/lib/d.py"],
    "--extend-exclude=a.py,deep": ["b.py", "build/lib/d.py"],
    "--exclude=*/lib/*": ["a.py", "b.py", "build/a.py", "lib/a.py", "lib/deep/c.py"],
}


@pytest.mark.parametrize("option", EXCLUDED)
def test_excluded(option: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, dict.fromkeys([*NAMES, ".git/hook.py", "x.egg/y.py"], BAD))
    extend = [] if "extend" in option else ["--extend-exclude=.git,*.egg"]
    assert sorted(chosen(tmp_path, monkeypatch, option, *extend)) == EXCLUDED[option]


def test_nothing_that_might_not_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "loop.py").symlink_to("loop.py")
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "around").symlink_to(".")
    write(tmp_path, {"a.py": BAD})
    assert chosen(tmp_path, monkeypatch) == ["a.py", "loop.py"]


def test_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UsageError, match=r"^there is no file or folder 'nowhere'$"):
        chosen(tmp_path, monkeypatch, "nowhere")
