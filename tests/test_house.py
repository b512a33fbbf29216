"""The house rules that a test can watch."""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ANY_PYTHON, SLOW
from example_programs import FOLDERS, ROOT

import flake8_forward
from flake8_forward import rules
from flake8_forward.lint.rule import TRIGGER_KINDS, Rule
from flake8_forward.lint.triggers import TRIGGERS
from flake8_forward.rules import all_rules

PACKAGE = Path(flake8_forward.__file__).parent
SOURCES = sorted(PACKAGE.rglob("*.py"))
TESTS = sorted(Path(__file__).parent.glob("*.py"))
RULE_FILES = sorted(PACKAGE.glob("rules/fwd*.py"))
FORBIDDEN = re.compile(r"#.*\bnoqa\b|\bTODO\b|\bFIXME\b|\bXXX\b|type: ignore(?!\[)")
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_there_is_something_to_watch() -> None:
    assert PACKAGE == ROOT / "flake8_forward"
    assert len(SOURCES) > 10
    assert len(RULE_FILES) == len(all_rules()) >= 5


def test_slow_files_exist() -> None:
    assert {path.stem for path in TESTS} > SLOW > ANY_PYTHON


@pytest.mark.parametrize("path", [*SOURCES, *TESTS], ids=name_of)
def test_files_are_short(path: Path) -> None:
    """250 lines, or 400 of which most are one class that belongs together."""
    text = path.read_text("utf-8")
    count = len(text.splitlines())
    classes = [n for n in ast.parse(text).body if isinstance(n, ast.ClassDef)]
    longest = max(((n.end_lineno or 0) - n.lineno for n in classes), default=0)
    assert count <= (400 if longest > count * 0.6 else 250)


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    functions = [
        node
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, FUNCTIONS)
    ]
    long = [n.name for n in functions if (n.end_lineno or 0) - n.lineno >= 40]
    assert long == []


def test_rooms_are_small() -> None:
    """A folder that can be taken in at a glance; each rule has a file by design."""
    sizes = Counter(path.parent for path in SOURCES)
    assert {name_of(room) for room, size in sizes.items() if size > 18} == {
        "flake8_forward/rules"
    }


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_nothing_is_left_for_later(path: Path) -> None:
    text = path.read_text("utf-8")
    assert [line for line in text.splitlines() if FORBIDDEN.search(line)] == []
    assert ast.get_docstring(ast.parse(text))


@pytest.mark.parametrize("path", RULE_FILES, ids=name_of)
def test_one_rule_per_file(path: Path) -> None:
    module = f"flake8_forward.rules.{path.stem}"
    here = [rule for rule in all_rules() if type(rule).__module__ == module]
    assert [rule.code.lower() for rule in here] == [path.stem.partition("_")[0]]


@pytest.mark.parametrize("path", RULE_FILES, ids=name_of)
def test_rule_has_its_examples(path: Path) -> None:
    assert path.stem in [folder.name for folder in FOLDERS]


def test_examples_have_their_rules() -> None:
    folders = [folder.name for folder in FOLDERS if folder.name.startswith("fwd")]
    assert folders == [path.stem for path in RULE_FILES]


@pytest.mark.parametrize("document", ["CHANGELOG.md", "README.md"])
def test_codes_are_documented(document: str) -> None:
    text = (ROOT / document).read_text("utf-8")
    codes = {rule.code for rule in all_rules()}
    assert codes - {*re.findall(r"FWD\d{3}", text)} == set()


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_documentation_names_its_source(rule: Rule) -> None:
    assert re.search(r"^ *Source: https://\S+$", rule.__doc__ or "", re.MULTILINE)


def test_only_the_plugin_is_public() -> None:
    assert flake8_forward.__all__ == ["Plugin"]
    assert (PACKAGE / "py.typed").is_file()


WORDS: frozenset[str] = frozenset({"forward"})
DOCUMENTED = all_rules()[0].__doc__
COMPLETE = {"__doc__": DOCUMENTED, "names": WORDS, "code": "FWD999"}
NO_CODE = "needs a code such as FWD101"
NO_DOCUMENTATION = "needs a docstring of a title, reasons, "

# What is changed of a complete declaration, None if it is left out; how it is refused.
MISTAKES: dict[str, tuple[dict[str, Any], str]] = {
    "without a code": ({"code": None}, NO_CODE),
    "with a wrong code": ({"code": "FWD1"}, NO_CODE),
    "with a foreign code": ({"code": "E101"}, NO_CODE),
    "without a docstring": ({"__doc__": None}, NO_DOCUMENTATION),
    "with an empty docstring": ({"__doc__": ""}, NO_DOCUMENTATION),
    "with a title alone": ({"__doc__": "Doc."}, NO_DOCUMENTATION),
    "without words": ({"names": None}, "names no trigger words$"),
}


def declare(declaration: dict[str, Any]) -> None:
    given = {key: value for key, value in declaration.items() if value is not None}
    type("Mistaken", (Rule,), given)


@pytest.mark.parametrize(("changed", "reason"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_in_a_rule_is_refused(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(TypeError, match=f"^Mistaken {reason}"):
        declare({**COMPLETE, **changed})
    declare(COMPLETE)


@pytest.fixture
def more_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A further folder in which rules are looked for."""
    monkeypatch.setattr(rules, "__path__", [*rules.__path__, str(tmp_path)])
    rules.modules.cache_clear()
    yield tmp_path
    rules.modules.cache_clear()


def test_doubled_code_is_refused(more_rules: Path) -> None:
    (more_rules / "fwd101_another.py").touch()
    with pytest.raises(TypeError, match=r"^two rules claim FWD101$"):
        rules.modules()


def test_file_without_its_rule_is_refused(more_rules: Path) -> None:
    (more_rules / "fwd999_empty.py").touch()
    with pytest.raises(TypeError, match=r"fwd999_empty needs one rule, with the code"):
        rules.rule("FWD999")


def test_triggers_are_those_of_the_rules() -> None:
    assert {rule.code: words_of(rule) for rule in all_rules()} == {
        code: {kind: {*words.split()} for kind, words in kinds.items()}
        for code, kinds in TRIGGERS.items()
    }


def words_of(rule: Rule) -> dict[str, set[str]]:
    found = {kind: {*getattr(rule, kind)} for kind in TRIGGER_KINDS}
    return {kind: words for kind, words in found.items() if words}


IMPORTED = """
import json, sys
from flake8.main.cli import main
main(["--isolated", "--exit-zero", *sys.argv[1:]])
print(json.dumps(sorted(sys.modules)))
"""


def imported(folder: Path, text: str) -> tuple[str, list[str]]:
    """What flake8 prints and which modules it has imported in the end."""
    (folder / "main.py").write_text(text, encoding="utf-8")
    command = [sys.executable, "-c", IMPORTED, "-j1", "main.py"]
    run = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=True
    )
    output, _, modules = run.stdout.rstrip("\n").rpartition("\n")
    return output, json.loads(modules)


@pytest.mark.parametrize("text", ["x = 1\n", "text = 'go forward'\n", "forward = 1\n"])
def test_clean_file_imports_nothing_heavy(text: str, tmp_path: Path) -> None:
    _, modules = imported(tmp_path, text)
    assert "flake8_forward.plugin" in modules
    heavy = {
        "libcst",
        "torch",
        "flake8_forward.lint.engine",
        "flake8_forward.flow.states",
        "flake8_forward.rules",
    }
    assert heavy.isdisjoint(modules)


def test_ordinary_module_imports_no_libcst(tmp_path: Path) -> None:
    text = "from torch import nn\n\n\nclass Net(nn.Module):\n"
    text += "    def forward(self, x):\n        return nn.ReLU()(x)\n"
    output, modules = imported(tmp_path, text)
    assert output == ""
    assert "flake8_forward.lint.engine" in modules
    assert "libcst" not in modules


def test_file_with_candidates_imports_no_torch(tmp_path: Path) -> None:
    text = "import torch\n\ntorch.nn.Linear(1, 1).forward(1)\n"
    output, modules = imported(tmp_path, text)
    assert output.startswith("main.py:3:23: FWD101 ")
    assert "torch" not in modules
