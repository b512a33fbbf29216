"""Options and configuration of the command: they apply, or one sentence says why not."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import Run, command_here, flake8_here
from projects import MODULE, write
from test_options import OPTIONS, WRONG, flag

from flake8_forward.command.main import main

BAD = (
    "from torch import nn\n\n\nclass Net(nn.Module):\n    def predict(self, x):\n"
    "        return self.forward(x)\n\n\nNet().forward(1)\n"
)
BOTH = ["FWD101", "FWD102"]


def codes(run: Run) -> list[str]:
    assert (run.stderr, run.status) == ("", 1 if run.stdout else 0)
    return sorted({line.split()[1] for line in run.stdout.splitlines()})


def reported(folder: Path, *options: str) -> list[str]:
    """The codes that the command and, by its own configuration, flake8 report alike."""
    found = codes(command_here(*options, "a.py", cwd=folder))
    theirs = flake8_here(*options, "a.py", cwd=folder)
    assert found == [code for code in codes(theirs) if code.startswith("FWD")]
    return found


def refused(folder: Path, *options: str) -> str:
    """The one sentence with which the command refuses."""
    run = command_here(*options, cwd=folder)
    assert (run.status, run.stdout) == (2, "")
    (sentence,) = run.stderr.splitlines()
    return sentence.removeprefix("flake8-forward: ")


CODES = {
    "select": ("FWD102", ["FWD102"]),
    "ignore": ("FWD1", []),
    "extend-ignore": ("FWD101,X", ["FWD102"]),
    "extend-select": ("FWD9", BOTH),
    "per-file-ignores": ("b.py:FWD102 *.py:FWD101", ["FWD102"]),
    "exclude": ("a.*", []),
    "extend-exclude": ("a.py,b.py", []),
}


@pytest.mark.parametrize("name", CODES)
def test_option_means_what_it_does_in_flake8(name: str, tmp_path: Path) -> None:
    value, expected = CODES[name]
    write(tmp_path, {"a.py": BAD})
    value = value.replace(",X", "")
    assert reported(tmp_path, "--isolated", f"--{name}={value}") == expected


@pytest.mark.parametrize("file", ["setup.cfg", "tox.ini", ".flake8"])
@pytest.mark.parametrize("name", CODES)
def test_configuration_of_flake8(name: str, file: str, tmp_path: Path) -> None:
    """Codes and options of other plugins are ignored."""
    value, expected = CODES[name]
    key = name.replace("-", "_") if file == "tox.ini" else name
    text = f"[flake8]\n{key} = {value}\nmax-line-length = 99\nother-option = 1\n"
    write(tmp_path, {"a.py": BAD, file: text})
    assert reported(tmp_path) == expected


TABLES = {
    "select = ['FWD102']": ["FWD102"],
    "select = 'FWD102'": ["FWD102"],
    "ignore = 'FWD102, FWD2'": ["FWD101"],
    "extend_ignore = ['FWD101', 'FWD102']": [],
    "extend-select = ['FWD901']": BOTH,
    "per-file-ignores = 'a.py:FWD101'": ["FWD102"],
    "per-file-ignores = ['a.py:FWD101', 'b.py:FWD102']": ["FWD102"],
    "per-file-ignores = {'a.py' = ['FWD101', 'FWD2'], '*.py' = 'FWD1'}": ["FWD102"],
    "exclude = ['a.py']": [],
    "disable-noqa = true": BOTH,
    "": BOTH,
}


@pytest.mark.parametrize("line", TABLES)
def test_table_of_pyproject(line: str, tmp_path: Path) -> None:
    """It is found from below, and overrules flake8's file beside it and above."""
    table = f"[tool.flake8-forward]\n{line}\n"
    cfg = "[flake8]\nignore = FWD\n"
    write(tmp_path, {"b/a.py": BAD, "pyproject.toml": table, "setup.cfg": cfg})
    assert codes(command_here("a.py", cwd=tmp_path / "b")) == TABLES[line]


def test_nearest_configuration_counts(tmp_path: Path) -> None:
    above = "[tool.flake8-forward]\nselect = ['FWD102']\n"
    write(tmp_path, {"b/a.py": BAD, "pyproject.toml": above, "b/pyproject.toml": ""})
    assert codes(command_here(cwd=tmp_path)) == ["FWD102"]
    assert codes(command_here(cwd=tmp_path / "b")) == ["FWD102"]
    write(tmp_path / "b", {".flake8": "[flake8]\nselect = FWD101\n"})
    assert codes(command_here(cwd=tmp_path / "b")) == ["FWD101"]
    given = command_here("--config=../pyproject.toml", cwd=tmp_path / "b")
    assert codes(given) == ["FWD102"]


def test_command_line_overrules_the_table(tmp_path: Path) -> None:
    table = "[tool.flake8-forward]\nselect = ['FWD101']\n"
    write(tmp_path, {"a.py": BAD, "pyproject.toml": table})
    assert codes(command_here("--select=FWD102", cwd=tmp_path)) == ["FWD102"]
    assert codes(command_here("--isolated", cwd=tmp_path)) == BOTH


@pytest.mark.parametrize("name", OPTIONS)
def test_options_of_the_plugin(name: str, tmp_path: Path) -> None:
    value, files, without = OPTIONS[name]
    write(tmp_path, {**files, "pyproject.toml": "[project]\nname = 'x'\n"})
    (tmp_path / "elsewhere").mkdir()
    line = f"{flag(name)} = {value.split(',')}"
    write(tmp_path, {"t.toml": f"[tool.flake8-forward]\n{line}\n"})
    for options in ((f"--{flag(name)}={value}",), ("--config=t.toml",)):
        assert bool(codes(command_here(*options, "main.py", cwd=tmp_path))) != without
    above = command_here("--config=../t.toml", "../main.py", cwd=tmp_path / "elsewhere")
    assert bool(codes(above)) != without


WRONG_ARGUMENTS = {
    "--bogus": "unrecognized arguments: --bogus",
    "--select": "argument --select: expected one argument",
    "--select=FWD7": "--select: no code starts with 'FWD7'",
    "--ignore=fwd101": "--ignore: no code starts with 'fwd101'",
    "--extend-select=FWD1,E501": "--extend-select: no code starts with 'E501'",
    "--per-file-ignores=a.py:FWD999": (
        "--per-file-ignores: no code starts with 'FWD999'"
    ),
    "--per-file-ignores=nonsense": "--per-file-ignores: 'nonsense' does not have the form 'tests/",
    "--format=xml": "argument --format: invalid choice: 'xml'",
    "--jobs=0": "argument --jobs/-j: '0' is not a number of processes",
    "--jobs=²": "argument --jobs/-j: '²' is not a number of processes",
    "--color=red": "argument --color: invalid choice: 'red'",
    "--config=none.toml": "there is no file 'none.toml'",
    "--config=none.cfg": "The specified config file does not exist: none.cfg",
    "--explain=FWD999": "there is no rule 'FWD999'; there are FWD101, ",
    "nowhere": "there is no file or folder 'nowhere'",
    "--add-noqa --disable-noqa": "--add-noqa has no effect with --disable-noqa",
    "--fix -": "standard input can be linted, but not fixed or silenced",
    "--add-noqa -": "standard input can be linted, but not fixed or silenced",
}


@pytest.mark.parametrize("line", WRONG_ARGUMENTS)
def test_wrong_argument(line: str, tmp_path: Path) -> None:
    write(tmp_path, {"a.py": BAD})
    assert refused(tmp_path, *line.split()).startswith(WRONG_ARGUMENTS[line])
    assert (tmp_path / "a.py").read_text("utf-8") == BAD


@pytest.mark.parametrize(
    ("name", "value"), [(name, values[0]) for name, values in WRONG.items()]
)
def test_wrong_value_of_an_option_of_the_plugin(
    name: str, value: str, tmp_path: Path
) -> None:
    write(tmp_path, {"main.py": BAD})
    sentence = refused(tmp_path, f"--{flag(name)}={value}")
    assert sentence.startswith(f"{flag(name)}: '")
    assert any(f"'{part}' is not a " in sentence for part in value.split(","))


HEAD = "[tool.flake8-forward]\n"
WRONG_TABLES = {
    f"{HEAD}selct = []": "pyproject.toml: [tool.flake8-forward] has no option 'selct'",
    f"{HEAD}max-line-length = 9": "has no option 'max-line-length'",
    f"{HEAD}fix = true": "has no option 'fix'",
    f"{HEAD}select = 3": "pyproject.toml: select: 3 is not a list of strings",
    f"{HEAD}select = ['FWD1', 2]": "select: ['FWD1', 2] is not a list of strings",
    f"{HEAD}extend_select = ['X1']": "extend_select: no code starts with 'X1'",
    f"{HEAD}exclude = true": "exclude: True is not a list of strings",
    f"{HEAD}exclude = {{a = 'b'}}": "exclude: {'a': 'b'} is not a list of strings",
    f"{HEAD}disable-noqa = 'yes'": "disable-noqa: 'yes' is neither true nor false",
    f"{HEAD}per-file-ignores = 1": "per-file-ignores: 1 is not a list of strings",
    f"{HEAD}per-file-ignores = 'a'": "per-file-ignores: 'a' does not have the form 'tests/*:FWD101'",
    f"{HEAD}per-file-ignores = {{'a b' = 'FWD1'}}": "per-file-ignores: 'a b' is not a pattern",
    f"{HEAD}per-file-ignores = {{a = 'X'}}": "no code starts with 'X'",
    f"{HEAD}forward-module-bases = ['a-b']": "forward-module-bases: 'a-b' is not a ",
    f"{HEAD}forward-bases = ['a.b']": "has no option 'forward-bases'",
    "[tool]\nflake8-forward = 3": "pyproject.toml: [tool.flake8-forward] is not a table",
    f"{HEAD}select = [": "pyproject.toml: ",
    "x = '\udcff'": "pyproject.toml: 'utf-8' codec can't decode",
}


@pytest.mark.parametrize("text", WRONG_TABLES)
def test_wrong_table(
    text: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "pyproject.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    write(tmp_path, {"a.py": BAD})
    monkeypatch.chdir(tmp_path)
    assert main([]) == 2
    output, said = capsys.readouterr()
    assert output == ""
    (sentence,) = said.splitlines()
    assert WRONG_TABLES[text] in sentence


WRONG_SECTIONS = {
    "forward-bases = a.b": "[flake8] has no option 'forward-bases'",
    "disable_noqa = perhaps": "[flake8] disable_noqa: 'perhaps' is neither true nor false",
    "per-file-ignores = nonsense": "per-file-ignores: 'nonsense' does not have the form 'tests/",
    "forward-own-call = 1x": "forward-own-call: '1x' is not a qualified name",
    "select = A\nselect = B": "option 'select' in section 'flake8' already exists",
}


@pytest.mark.parametrize("line", WRONG_SECTIONS)
def test_wrong_section(line: str, tmp_path: Path) -> None:
    write(tmp_path, {"a.py": BAD, "tox.ini": f"[flake8]\n{line}\n", "nets.py": MODULE})
    assert WRONG_SECTIONS[line] in refused(tmp_path)


def test_file_that_is_no_configuration(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": BAD, "t.toml": "[tool.ruff]\n", "x.cfg": "no section\n"})
    (tmp_path / "y.cfg").write_bytes(b"[flake8]\nselect = \xff\n")
    table = "t.toml: there is no table [tool.flake8-forward]"
    assert refused(tmp_path, "--config=t.toml") == table
    assert "x.cfg" in refused(tmp_path, "--config=x.cfg")
    assert refused(tmp_path, "--config=y.cfg").startswith("y.cfg: 'utf-8' codec")
    assert codes(command_here("--isolated", cwd=tmp_path)) == BOTH
