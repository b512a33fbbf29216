"""Every option does what it says, from the command line and from a file."""

from __future__ import annotations

import argparse
from dataclasses import fields
from pathlib import Path

import pytest
from example_programs import Finding
from harness import ISOLATED, Run, flake8, flake8_here
from projects import MODULE, PLAIN, write

from flake8_forward.options import enabled
from flake8_forward.project.options import Options

OWN = Finding(2, 7, "FWD101")
UNKNOWN = "from vendor.nets import Net\nNet().forward(1)\n"

VENDOR = {"vendor/__init__.py": "", "vendor/nets.py": MODULE}

# Option -> value, files, whether main.py has a finding without and with it.
OPTIONS = {
    "module_bases": ("vendor.nets.Net", {"main.py": UNKNOWN}, False),
    "not_modules": (
        "vendor.nets.Net",
        {"main.py": UNKNOWN, **VENDOR},
        True,
    ),
    "own_call": (
        "vendor.nets.Net",
        {"main.py": UNKNOWN, **VENDOR},
        True,
    ),
    "source_roots": (
        "./python,./lib",
        {"main.py": UNKNOWN, "lib/vendor/nets.py": MODULE, "python/a.py": ""},
        False,
    ),
    "site_packages": (
        "env/site-packages",
        {"main.py": UNKNOWN, "env/site-packages/vendor/nets.py": MODULE},
        False,
    ),
}


def flag(name: str) -> str:
    return f"forward-{name.replace('_', '-')}"


def found(run: Run) -> bool:
    assert run.stderr == ""
    findings = run.reported("main.py")
    assert findings in ([], [OWN])
    return findings == [OWN]


def test_every_option_is_tested() -> None:
    assert list(OPTIONS) == [option.name for option in fields(Options)]


@pytest.mark.parametrize("name", OPTIONS)
def test_on_the_command_line(name: str, tmp_path: Path) -> None:
    value, files, without = OPTIONS[name]
    write(tmp_path, files)
    assert found(flake8_here(*ISOLATED, "main.py", cwd=tmp_path)) == without
    run = flake8(*ISOLATED, f"--{flag(name)}={value}", "main.py", cwd=tmp_path)
    assert found(run) != without


@pytest.mark.parametrize("spelling", ["dashes", "underscores", "lines"])
@pytest.mark.parametrize("name", OPTIONS)
def test_in_a_file(name: str, spelling: str, tmp_path: Path) -> None:
    """Folders count from the file, wherever flake8 is started."""
    value, files, without = OPTIONS[name]
    option = flag(name).replace("-", "_") if spelling == "underscores" else flag(name)
    if spelling == "lines":
        value = "\n    " + value.replace(",", ",\n    ")
    write(tmp_path, {**files, "set.cfg": f"[flake8]\n{option} = {value}\n"})
    write(tmp_path, {"other/readme.txt": ""})
    arguments = ("--config", "../set.cfg", "../main.py")
    run = flake8_here(*arguments, cwd=tmp_path / "other")
    assert run.stderr == ""
    assert (run.reported("../main.py") == [OWN]) != without


def test_all_are_documented(tmp_path: Path) -> None:
    usage = " ".join(flake8("--help", cwd=tmp_path).stdout.split())
    for option in fields(Options):
        assert f"--{flag(option.name)} " in usage
        assert option.metadata["help"] in usage


def test_several_names(tmp_path: Path) -> None:
    names = "other.Thing, vendor.nets.Net"
    write(tmp_path, {"main.py": UNKNOWN})
    option = f"--forward-module-bases={names}"
    assert found(flake8_here(*ISOLATED, option, "main.py", cwd=tmp_path))


def test_subclasses_of_a_module_base(tmp_path: Path) -> None:
    base = "from gone import Base\nclass Net(Base): pass\n"
    write(tmp_path, {"main.py": UNKNOWN, **VENDOR, "vendor/nets.py": base})
    option = "--forward-module-bases=gone.Base"
    assert not found(flake8_here(*ISOLATED, "main.py", cwd=tmp_path))
    assert found(flake8_here(*ISOLATED, option, "main.py", cwd=tmp_path))


@pytest.mark.parametrize("name", ["not_modules", "own_call"])
def test_other_classes_are_not_concerned(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"main.py": UNKNOWN, **VENDOR})
    option = f"--{flag(name)}=vendor.nets.Nets,vendor.Net,Net"
    assert found(flake8_here(*ISOLATED, option, "main.py", cwd=tmp_path))


def test_named_class_overrules_its_source(tmp_path: Path) -> None:
    write(tmp_path, {"main.py": UNKNOWN, **VENDOR, "vendor/nets.py": PLAIN})
    option = "--forward-module-bases=vendor.nets.Net"
    assert not found(flake8_here(*ISOLATED, "main.py", cwd=tmp_path))
    assert found(flake8_here(*ISOLATED, option, "main.py", cwd=tmp_path))


WRONG = {
    "module_bases": ["a-b", "a..b", "1a", ".a", "a.", "a.b()"],
    "not_modules": ["a/b.py"],
    "own_call": ["a.b,c:d"],
    "source_roots": ["nowhere", "main.py"],
    "site_packages": ["nowhere", "main.py,env"],
}


@pytest.mark.parametrize("in_file", [False, True], ids=["line", "file"])
@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name in WRONG for value in WRONG[name]]
)
def test_wrong_value(name: str, value: str, in_file: bool, tmp_path: Path) -> None:
    """One clear sentence names the option and the value; nothing is linted."""
    write(tmp_path, {"main.py": UNKNOWN})
    write(tmp_path, {"set.cfg": f"[flake8]\n{flag(name)} = {value}\n"})
    given = ("--config", "set.cfg") if in_file else (f"--{flag(name)}={value}",)
    run = flake8_here(*given, "main.py", cwd=tmp_path)
    assert run.status == 1
    _, sentence = (run.stdout + run.stderr).strip().split("\n")
    assert sentence.startswith(f"{flag(name)}: '")
    assert any(f"{part}' is not a " in sentence for part in value.split(","))


def namespace(**given: list[str]) -> argparse.Namespace:
    defaults = {"select": None, "extend_select": None, "enable_extensions": None}
    return argparse.Namespace(**{**defaults, **given})


@pytest.mark.parametrize("option", ["select", "extend_select"])
@pytest.mark.parametrize("prefix", ["FWD9", "FWD90", "FWD901"])
def test_named_code_is_on(option: str, prefix: str) -> None:
    assert not enabled("FWD901", namespace())
    assert enabled("FWD901", namespace(**{option: ["E", prefix]}))


@pytest.mark.parametrize(
    "prefixes", [[], ["F"], ["FWD"], ["FWD91"], ["FWD902", "FWD1"]]
)
def test_unnamed_code_is_off(prefixes: list[str]) -> None:
    for given in (namespace(select=prefixes), namespace(extend_select=prefixes)):
        assert not enabled("FWD901", given)
        assert enabled("FWD101", given)


OFF = ["", "--select=FWD", "--extend-select=FWD", "--ignore=W", "--select=FWD1"]
ON = ["--select=FWD9", "--extend-select=FWD9", "--select=FWD901", "--select=E,FWD90"]


def unproven(option: str, folder: Path) -> list[Finding]:
    write(folder, {"main.py": "import torch\ndef f(net): net.forward(torch)\n"})
    arguments = [option] if option else []
    return flake8_here(*ISOLATED, *arguments, "main.py", cwd=folder).reported("main.py")


@pytest.mark.parametrize("option", OFF)
def test_flake8_leaves_it_off(option: str, tmp_path: Path) -> None:
    assert unproven(option, tmp_path) == []
    assert unproven("--extend-select=FWD901", tmp_path) != []


@pytest.mark.parametrize("option", ON)
def test_flake8_switches_it_on(option: str, tmp_path: Path) -> None:
    assert unproven(option, tmp_path) == [Finding(2, 17, "FWD901")]
