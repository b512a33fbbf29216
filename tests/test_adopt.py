"""``--add-noqa`` in code with many findings: it adds comments, and nothing else."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import hypothesis
import pytest
from bad_files import READABLE
from case_projects import PLACES, copy_to
from harness import ISOLATED, check, command, command_here, flake8_here
from hypothesis import assume, given
from hypothesis import strategies as st
from projects import write
from test_properties import F_STRINGS, HEADER, modest, programs

from flake8_forward.command import settings
from flake8_forward.command.lint import Linter
from flake8_forward.command.noqa import silence

USE = "from torch import nn\nnet = nn.Linear(1, 1)\n"

LINES = {
    "plain": ("net.forward(1)", "net.forward(1)  # noqa: FWD101"),
    "comment": ("net.forward(1)  # why", "net.forward(1)  # why  # noqa: FWD101"),
    "blanks": ("net.forward(1) \t ", "net.forward(1)  # noqa: FWD101 \t "),
    "other code": (
        "net.forward(1)  # noqa: E501",
        "net.forward(1)  # noqa: E501, FWD101",
    ),
    "codes and words": (
        "net.forward(1)  # NoQA:E501,W605 , too long",
        "net.forward(1)  # NoQA:E501,W605, FWD101 , too long",
    ),
    "several": (
        "net.forward(net.forward(1))",
        "net.forward(net.forward(1))  # noqa: FWD101",
    ),
    "lines": (
        "x = (\n  net.forward(\n    1))",
        "x = (\n  net.forward(  # noqa: FWD101\n    1))",
    ),
    "dotted": (
        "x = (net\n  .forward(1)\n  .shape)",
        "x = (net\n  .forward(1)  # noqa: FWD101\n  .shape)",
    ),
    "backslash": (
        "x = net \\\n  .forward(1) \\\n  .shape",
        "x = net \\\n  .forward(1) \\\n  .shape  # noqa: FWD101",
    ),
    "string": (
        "x = net.forward('''\n# noqa\n''')[0]".replace("# noqa", "text"),
        "x = net.forward('''\ntext\n''')[0]  # noqa: FWD101",
    ),
    "semicolon": ("x = 1; net.forward(1);", "x = 1; net.forward(1);  # noqa: FWD101"),
}


@pytest.mark.parametrize("end", ["\n", "", "\nx = '# noqa'\n"])
@pytest.mark.parametrize("newline", ["\n", "\r\n"], ids=["unix", "windows"])
@pytest.mark.parametrize("name", LINES)
def test_where_the_comment_goes(
    name: str, newline: str, end: str, tmp_path: Path
) -> None:
    before, after = LINES[name]
    path = tmp_path / "a.py"
    path.write_bytes(f"{USE}{before}{end}".replace("\n", newline).encode())
    assert add_comments(path) is None
    expected = f"{USE}{after}{end}".replace("\n", newline)
    assert path.read_bytes() == expected.encode()
    assert reported(path) == []


def linter() -> Linter:
    return Linter(settings.parse(["--isolated"]))


def reported(path: Path) -> list[str]:
    return [item.code for item in linter()(str(path))]


def add_comments(path: Path) -> str | None:
    found = linter()(str(path))
    assert found
    return silence(str(path), found)


@hypothesis.settings(modest, max_examples=75)
@given(programs(), st.sampled_from(["\n", "\r\n"]), st.sampled_from(["", "# é"]))
def test_only_comments_are_added(
    tmp_path: Path, program: tuple[str, object], newline: str, end: str
) -> None:
    text = f"{program[0]}{end}".replace("\n", newline)
    try:
        before = ast.dump(ast.parse(text))
    except SyntaxError:
        assume(False)
    path = tmp_path / "a.py"
    path.write_bytes(text.encode())
    assert add_comments(path) is None
    result = path.read_bytes().decode()
    assert result.replace("  # noqa: FWD101", "", 1) == text
    assert ast.dump(ast.parse(result)) == before
    assert reported(path) == []


@pytest.mark.parametrize("name", READABLE)
def test_every_file_that_python_reads(name: str, tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(READABLE[name])
    assert add_comments(path) is None
    comment = b"  # noqa: FWD101"
    assert path.read_bytes().count(comment) == 1
    assert path.read_bytes().replace(comment, b"") == READABLE[name]
    assert reported(path) == []


@pytest.mark.parametrize("text", F_STRINGS)
def test_f_strings_keep_their_text(text: str, tmp_path: Path) -> None:
    program = f"{HEADER}x = {text}\n"
    try:
        before = ast.dump(ast.parse(program))
    except SyntaxError:
        pytest.skip("newer syntax")
    path = tmp_path / "a.py"
    path.write_text(program, encoding="utf-8")
    complaint = add_comments(path)
    assert ast.dump(ast.parse(path.read_text("utf-8"))) == before
    assert (reported(path) == []) == (complaint is None)
    if sys.version_info < (3, 12) or "\n" not in text:
        assert complaint is None


IMPOSSIBLE = {
    "in a string": "net.forward('# noqa: E501')",
    "in a long string": "net.forward('''# noqa: E501\n''')",
}


@pytest.mark.parametrize("name", IMPOSSIBLE)
def test_what_cannot_be_silenced_is_reported(name: str, tmp_path: Path) -> None:
    """flake8 mistakes the text of the string for the comment, and sees no other."""
    write(tmp_path, {"a.py": f"{USE}{IMPOSSIBLE[name]}\nnet.forward(2)\n"})
    run = command_here("--isolated", "--add-noqa", cwd=tmp_path)
    assert (run.status, run.stderr) == (1, "silenced 1 finding\n")
    assert [finding.row for finding in run.reported("a.py")] == [3]
    expected = f"{USE}{IMPOSSIBLE[name]}\nnet.forward(2)  # noqa: FWD101\n"
    assert (tmp_path / "a.py").read_text("utf-8") == expected


def test_all_cases_are_silenced(tmp_path: Path) -> None:
    """Also for flake8; and whoever wants to see them still can."""
    copy_to(tmp_path)
    run = command("--isolated", "--add-noqa", "--jobs=2", cwd=tmp_path)
    assert (run.status, run.stdout) == (0, "")
    again = command_here("--isolated", "--add-noqa", cwd=tmp_path)
    assert (again.status, again.stderr) == (0, "silenced 0 findings\n")
    assert flake8_here("--isolated", "--select=FWD,E9", cwd=tmp_path).stdout == ""
    after = flake8_here(*ISOLATED, "--select=FWD", cwd=tmp_path).stdout.splitlines()
    assert len(after) > 100
    assert run.stderr == f"silenced {len(after)} findings\n"
    for case, place in PLACES.items():
        text = (tmp_path / place).read_text("utf-8")
        assert ast.dump(ast.parse(text)) == ast.dump(ast.parse(case.read_bytes()))


def test_new_findings_show(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    write(tmp_path, {"a.py": f"{USE}net.forward(1)\n"})
    assert add_comments(path) is None
    write(tmp_path, {"a.py": path.read_text("utf-8") + "net.forward(2)\n"})
    assert reported(path) == ["FWD101"]
    assert len(check(path)) == 2


def test_only_what_is_reported(tmp_path: Path) -> None:
    text = f"{USE}net.forward(1)\n"
    write(tmp_path, {"a.py": text, "b.py": text})
    options = ("--add-noqa", "--per-file-ignores=b.py:FWD101")
    assert command_here("--isolated", *options, cwd=tmp_path).status == 0
    assert "# noqa: FWD101" in (tmp_path / "a.py").read_text("utf-8")
    assert (tmp_path / "b.py").read_text("utf-8") == text


def test_after_fixing(tmp_path: Path) -> None:
    left = "class Net(nn.Module):\n    def __call__(self, x):\n        return x\n"
    write(tmp_path, {"a.py": f"{USE}net.forward(1)\n{left}"})
    run = command_here("--isolated", "--fix", "--add-noqa", cwd=tmp_path)
    assert (run.status, run.stdout) == (0, "")
    left = left.replace("x):\n", "x):  # noqa: FWD201\n")
    assert (tmp_path / "a.py").read_text("utf-8") == f"{USE}net(1)\n{left}"


def test_odd_files(tmp_path: Path) -> None:
    """One complaint each; the others are silenced; nothing is lost."""
    text = f"{USE}net.forward(1)\n"
    write(tmp_path, dict.fromkeys(("a.py", "linked.py", "read.py"), text))
    (tmp_path / "other.txt").hardlink_to(tmp_path / "linked.py")
    (tmp_path / "read.py").chmod(0o444)
    (tmp_path / "broken.py").write_bytes(text.encode() + b"# \xff\n")
    (tmp_path / "worse.py").write_text("x = (\n", "utf-8")
    run = command_here("--isolated", "--add-noqa", cwd=tmp_path)
    assert run.status == 1
    *complaints, summary = run.stderr.splitlines()
    assert summary == "silenced 1 finding"
    starts = [line.split(": ")[:2] for line in complaints]
    names = ("broken", "linked", "read")
    assert starts == [[f"./{name}.py", "not silenced"] for name in names]
    left = {line.split(":")[0]: line.split()[1] for line in run.stdout.splitlines()}
    fwd = {f"./{name}.py": "FWD101" for name in names}
    assert left == {**fwd, "./worse.py": "E999"}
    assert (tmp_path / "a.py").read_text("utf-8").endswith(")  # noqa: FWD101\n")
    assert (tmp_path / "linked.py").read_text("utf-8") == text
