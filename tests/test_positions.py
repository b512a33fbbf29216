"""Positions of findings, for stdin and unusual lines, and how noqa applies to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_programs import Finding
from harness import ISOLATED, check, command_here, flake8, flake8_here
from projects import MODULE, PLAIN, write

HEADER = "from torch import nn\nnet = nn.Linear(1, 1)\n"
USE = "from .nets import Net\nNet().forward(1)\n"
USED = [Finding(2, 7, "FWD101")]

LINES = {
    "ascii": ("net.forward(1)", [5]),
    "two": ("net.forward(net.forward(1))", [5, 17]),
    "accents": ("é = 'é'; net.forward(é)", [14]),
    "before": ("x = 'äöü', net.forward('ß')", [16]),
    "wide": ("x = '漢字', net.forward(1)", [15]),
    "astral": ("x = '🔥🔥', net.forward(1)", [15]),
    "combining": ("x = 'e\u0301', net.forward(1)", [15]),
    "joined emoji": ("x = '👩\u200d🔬', net.forward(1)", [16]),
    "no-break space": ("x = '\u00a0', net.forward(1)", [14]),
    "line separators": ("x = '\u2028\u2029\x85', net.forward(1)", [16]),
    "control characters": ("x = '\x0b\x0c\x1c\x1d', net.forward(1)", [17]),
    "after": ("net.forward('漢字', net.forward('é'))", [5, 23]),
    "tabs": ("if net:\n\t\tnet.forward(1)", [7]),
    "tab inside": ("x =\t\tnet.forward(1)", [10]),
    "form feed": ("\x0cnet.forward(1)", [6]),
    "semicolons": ("x = 1;net.forward(1) ; net.forward(2)", [11, 28]),
    "after string": ("x = '''\né'''; net.forward(1)", [11]),
    "compatibility letters": ("net.\uff46orward(1)", [5]),
    "non-ascii name": ("größe = net; größe.forward(1)", [20]),
}


def words(text: str, columns: list[int]) -> list[Finding]:
    row = (HEADER + text).count("\n") + 1
    return [Finding(row, column, "FWD101") for column in columns]


@pytest.mark.parametrize("ending", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize(("text", "columns"), LINES.values(), ids=LINES)
def test_columns(text: str, columns: list[int], ending: str, tmp_path: Path) -> None:
    path = tmp_path / "main.py"
    source = f"{HEADER}{text}\n".replace("\n", ending)
    path.write_bytes(source.encode())
    assert check(path) == words(text, columns)


def test_byte_order_mark_shifts_nothing(tmp_path: Path) -> None:
    path = tmp_path / "main.py"
    path.write_bytes(b"\xef\xbb\xbfimport torch; torch.nn.Linear(1, 1).forward(1)\n")
    assert check(path) == [Finding(1, 37, "FWD101")]


MANY_LINES = {
    "nets[  # the first\n  0  # of them\n].forward(1)": "nets[0]",
    "(\n  nets\n  [0]\n  .forward(1)\n)": "nets[0]",
    "nn.Sequential(\n  net,  # 'first'\n  net,\n).forward(1)": "nn.Sequential(net, net)",
    "(\n  # how many\n  nn.ReLU(),\n)[-1].forward(1)": "(nn.ReLU(),)[-1]",
    "nn.ModuleDict({'a':\n net})['a'].forward(1)": "nn.ModuleDict({'a': net})['a']",
    "nets[ 0 ].forward(1)": "nets[ 0 ]",
}


@pytest.mark.parametrize(("code", "quoted"), MANY_LINES.items())
def test_message_quotes_code_on_one_line(
    code: str, quoted: str, tmp_path: Path
) -> None:
    text = f"{HEADER}nets = nn.ModuleList([net])\n{code}\n"
    write(tmp_path, {"main.py": text})
    run = command_here(*ISOLATED, "main.py", cwd=tmp_path)
    assert f"FWD101 '{quoted}.forward(...)' skips" in run.stdout
    assert run.stdout.endswith(f"; call '{quoted}(...)'\n")


def test_flake8_prints_the_same_columns(tmp_path: Path) -> None:
    text = "x = '漢字é🔥', net.forward('é')"
    (tmp_path / "main.py").write_bytes(f"{HEADER}{text}\r\n".encode())
    run = flake8(*ISOLATED, "main.py", cwd=tmp_path)
    assert run.reported("main.py") == words(text, [text.index("forward") + 1])


@pytest.mark.parametrize("name", ["pkg/main.py", "./pkg/main.py", "pkg/new.py"])
def test_stdin_resolves_beside_its_name(name: str, tmp_path: Path) -> None:
    """An unsaved buffer: what is on disk under its name does not count."""
    write(tmp_path, {"pkg/__init__.py": "", "pkg/main.py": "x = 1\n"})
    arguments = (*ISOLATED, "--stdin-display-name", name, "-")
    for net, expected in ((MODULE, USED), (PLAIN, [])):
        write(tmp_path, {"pkg/nets.py": net})
        run = flake8(*arguments, cwd=tmp_path, stdin=USE.encode())
        assert run.reported(name) == expected
        assert run.stderr == ""


def test_stdin_with_absolute_name(tmp_path: Path) -> None:
    write(tmp_path / "project", {"pkg/__init__.py": "", "pkg/nets.py": MODULE})
    write(tmp_path, {"elsewhere/readme.txt": ""})
    name = str(tmp_path / "project/pkg/main.py")
    arguments = (*ISOLATED, "--stdin-display-name", name, "-")
    run = flake8(*arguments, cwd=tmp_path / "elsewhere", stdin=USE.encode())
    assert run.reported(name) == USED


def test_stdin_without_name(tmp_path: Path) -> None:
    write(tmp_path, {"nets.py": MODULE})
    source = "import nets\nnets.Net().forward('é')\n".encode()
    run = flake8(*ISOLATED, "-", cwd=tmp_path, stdin=source)
    assert run.reported("stdin") == [Finding(2, 12, "FWD101")]
    assert run.stderr == ""


@pytest.mark.parametrize("folder", [".", "pkg", "..", "other"])
def test_working_folder_does_not_matter(folder: str, tmp_path: Path) -> None:
    root = tmp_path / "project"
    write(root, {"pkg/__init__.py": "", "pkg/nets.py": MODULE, "pkg/main.py": USE})
    write(root, {"other/readme.txt": ""})
    path = str(root / "pkg/main.py")
    run = flake8_here(*ISOLATED, path, cwd=root / folder)
    assert run.reported(path) == USED


NOQA = {
    "named": ("net.forward(1)  # noqa: FWD101", True),
    "prefix": ("net.forward(1)  # noqa: FWD1", True),
    "all": ("net.forward(1)  # noqa", True),
    "among others": ("net.forward(1)  # noqa: E501,FWD101", True),
    "other code": ("net.forward(1)  # noqa: FWD102", False),
    "other line": ("x = 1  # noqa: FWD101\nnet.forward(1)", False),
    "inside brackets": ("x = (\n    net.forward(1)  # noqa: FWD101\n)", True),
    "word's line": ("x = (\n    net\n    .forward(1)  # noqa: FWD101\n)", True),
    "after string": ("net.forward('''\n''')  # noqa: FWD101", True),
    "whole file": ("# flake8: noqa: FWD101\nnet.forward(1)", True),
}


@pytest.mark.parametrize(("text", "silenced"), NOQA.values(), ids=NOQA)
def test_noqa(text: str, silenced: bool, tmp_path: Path) -> None:
    write(tmp_path, {"main.py": f"{HEADER}{text}\n"})
    heard = flake8_here("--isolated", "--disable-noqa", "main.py", cwd=tmp_path)
    assert len(heard.reported("main.py")) == 1
    run = flake8_here("--isolated", "main.py", cwd=tmp_path)
    expected = [] if silenced else heard.reported("main.py")
    assert run.reported("main.py") == expected
