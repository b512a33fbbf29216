"""``python -m flake8_forward``: classes and receivers with reasons, pages of rules."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from projects import MODULE, write

from flake8_forward.command.pages import page
from flake8_forward.inference import resolver
from flake8_forward.lint.rule import Rule
from flake8_forward.project.options import Options
from flake8_forward.rules import all_rules
from flake8_forward.session import Session
from flake8_forward.verdicts.survey import class_rows

SOURCE = """
from nets import Net
from vendor import Base

class Mine(Net):
    class Inner: pass

    def __call__(self, x): return self.forward(x)

try:
    from vendor import Other
except ImportError:
    Other = object

class Fallback(Other): pass

def local():
    class Local(Base): pass
    Net().forward(1)
    return Local().forward
"""


def survey(*arguments: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flake8_forward", *arguments]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, {"nets.py": MODULE, "main.py": SOURCE, "broken.py": "def ("})
    return tmp_path


def test_classes(folder: Path) -> None:
    rows = json.loads(survey("classes", "--json", "main.py", cwd=folder).stdout)
    told = [
        (row["qualname"], row["line"], row["verdict"], row["custom_call"])
        for row in rows
    ]
    assert told == [
        ("Mine", 5, "module", True),
        ("Mine.Inner", 6, "not_module", False),
        ("Fallback", 15, "unknown", False),
        ("local.<locals>.Local", 18, "unknown", False),
    ]
    assert {row["file"] for row in rows} == {"main.py"}
    chain = rows[0]["why"]
    assert chain.index("Mine") < chain.index("nets.py") < chain.index("torch.nn.Module")


CALLS = """
from typing import TYPE_CHECKING
from torch import nn

class Other(nn.Module):
    def __call__(self, x): return x

class Heir(Other): pass

class Around(nn.Module):
    def __call__(self, x): return super().__call__(x) + 1

class Passing(nn.Module):
    def __call__(self, x): return super().__call__(x)

class Never(nn.Module):
    def __call__(self, x): raise TypeError(x)

class Typed(nn.Module):
    if TYPE_CHECKING:
        def __call__(self, x): ...

class Plain:
    def __call__(self, x): return x
"""
REASONS = {
    "Other": (True, "; its own __call__ replaces Module's"),
    "Heir": (True, "torch.nn.Module"),
    "Around": (True, "; its own __call__ puts code around Module's"),
    "Passing": (True, "; its own __call__ only hands its arguments on"),
    "Never": (True, "; its own __call__ runs nothing"),
    "Typed": (False, "; its own __call__ is for type checkers only"),
    "Plain": (False, ")"),
}


def test_every_call_of_a_module_is_accounted_for(tmp_path: Path) -> None:
    """Python's view: whatever ``__call__`` there is at run time, harmful or not."""
    write(tmp_path, {"main.py": CALLS})
    rows = list(class_rows(Session(Options()).resolver, [str(tmp_path)]))
    assert [row["qualname"] for row in rows] == list(REASONS)
    for row in rows:
        custom_call, reason = REASONS[row["qualname"]]
        assert row["custom_call"] is custom_call
        assert row["why"].endswith(reason)


def test_receivers(folder: Path) -> None:
    rows = json.loads(survey("receivers", "--json", "main.py", cwd=folder).stdout)
    told = [
        (row["receiver"], row["line"], row["column"], row["call"], row["verdict"])
        for row in rows
    ]
    assert told == [
        ("self", 8, 40, True, "module"),
        ("Net()", 19, 11, True, "module"),
        ("Local()", 20, 20, False, "unknown"),
    ]


def test_every_class_is_a_question_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many there are: the steps of one are not taken from the next."""
    text = MODULE + "".join(f"class Net{n}(Net): pass\n" for n in range(200))
    write(tmp_path, {"nets.py": text})
    monkeypatch.setattr(resolver, "MAX_STEPS", 100)
    rows = class_rows(Session(Options()).resolver, [str(tmp_path)])
    assert [row["verdict"] for row in rows] == ["module"] * 201


def test_folder_and_text(folder: Path) -> None:
    run = survey("classes", ".", cwd=folder)
    assert (run.returncode, run.stderr) == (0, "")
    assert "main.py:5: module (own __call__): Mine: " in run.stdout
    assert "nets.py" in run.stdout


def test_no_such_path(folder: Path) -> None:
    run = survey("classes", "gone.py", cwd=folder)
    assert run.returncode == 2
    assert run.stderr.endswith("there is no file or folder 'gone.py'\n")


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_explain_prints_the_page(rule: Rule) -> None:
    found = page(rule.code.lower())
    assert found is not None
    text = found.read_text("utf-8")
    assert text.startswith(f"# {rule.code}: ")
    assert "## Incorrect" in text


def test_explain(folder: Path) -> None:
    run = survey("explain", "fwd101", cwd=folder)
    assert (run.returncode, run.stderr) == (0, "")
    found = page("FWD101")
    assert found is not None
    assert run.stdout == found.read_text("utf-8")


def test_explain_unknown_code(folder: Path) -> None:
    run = survey("explain", "FWD1", cwd=folder)
    assert (run.returncode, run.stdout) == (2, "")
    assert "there is no rule 'FWD1'; there are FWD101, FWD102" in run.stderr
