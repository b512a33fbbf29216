"""What belongs to whom: projects share nothing, and the gate sees what rules ask for."""

from __future__ import annotations

import ast
import gc
from pathlib import Path

import pytest
from projects import write

from flake8_forward.lint.gate import Gate
from flake8_forward.lint.triggers import TRIGGERS
from flake8_forward.project.options import Options
from flake8_forward.session import Session
from flake8_forward.syntax.body import Body

BASE = "import vendor\n\n\nclass Net(vendor.Block):\n    pass\n"
MAIN = "import torch\nfrom nets import Net\n\nNet().forward(1)\n"


def found(session: Session, path: Path) -> list[str]:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    candidates = Gate(TRIGGERS).candidates(text, tree)
    assert candidates
    return [item.code for item in session.findings(str(path), tree, text, candidates)]


def test_two_projects_do_not_touch_each_other(tmp_path: Path) -> None:
    """Each has its own options, files and answers, also where they take turns."""
    write(tmp_path / "one", {"nets.py": BASE, "main.py": MAIN})
    write(tmp_path / "two", {"nets.py": BASE, "main.py": MAIN})
    told, untold = Session(Options(module_bases=("vendor.Block",))), Session(Options())
    for _ in range(2):
        for folder in ("one", "two"):
            assert found(told, tmp_path / folder / "main.py") == ["FWD101"]
            assert found(untold, tmp_path / folder / "main.py") == ["FWD901"]


def test_file_that_appears_is_seen_by_a_new_project(tmp_path: Path) -> None:
    write(tmp_path, {"main.py": MAIN})
    options = Options(module_bases=("vendor.Block",))
    assert found(Session(options), tmp_path / "main.py") == ["FWD901"]
    write(tmp_path, {"nets.py": BASE})
    assert found(Session(options), tmp_path / "main.py") == ["FWD101"]


STORES = {
    "m.train = 1": 1,
    "m.train: bool = True": 1,
    "m.train |= 1": 1,
    "m.train **= 2": 1,
    "m.train >>= 2": 1,
    "m.train, m.eval = 1, 2": 2,
    "for m.train in x: pass": 1,
    "for m.train, n in x: pass": 1,
    "with x as m.train: pass": 1,
    "[m.train] = x": 1,
    "m.train\\\n = 1": 1,
    "m.train == 1": 0,
    "m.train(1)": 0,
    "m.trained = 1": 0,
    "m.train.x = 1": 0,
}


@pytest.mark.parametrize("code", STORES)
def test_every_way_to_store_an_attribute_is_seen(code: str) -> None:
    found = Gate(["FWD213"]).candidates(code, ast.parse(code))
    assert len(found) == STORES[code]


def trees() -> list[object]:
    kinds = (Body, ast.ClassDef)
    return [each for each in gc.get_objects() if isinstance(each, kinds)]


def test_nothing_waits_for_the_garbage_collector(tmp_path: Path) -> None:
    """What was found out about a linted file goes with it: trees would pile up."""
    program = Path(__file__).parent.parent / "examples/fwd904_graph_kept_on_self/bad.py"
    write(tmp_path, {"main.py": program.read_text("utf-8")})
    session = Session(Options())
    gc.collect()
    gc.disable()
    try:
        before = trees()  # of other tests in this process
        assert "FWD904" in found(session, tmp_path / "main.py")
        assert len(trees()) == len(before)
    finally:
        gc.enable()
