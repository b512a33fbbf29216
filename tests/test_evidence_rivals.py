"""Use as a Module is no proof while a class that is none could be used so."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence import MARK, checkout, marked, reported
from harness import command_here

CONTROLLER = """\
class Controller:
    def forward(self, batch):
        return batch

    def parameters(self):
        return []

    def cuda(self):
        pass

    def state_dict(self):
        return {}
"""
LEARNER = """\
import torch


class Learner:
    def __init__(self, mac):
        self.mac = mac
        self.optimiser = torch.optim.Adam(self.mac.USED())

    def train(self, batch):
        return self.mac.forward(batch)
"""
AS_STATE = LEARNER.replace("USED", "state_dict")
AS_PARAMETERS = LEARNER.replace("USED", "parameters")
FOUND = AS_STATE.replace("forward(batch)", f"forward(batch){MARK}")
UNSAFE = ("--isolated", "--select=FWD1", "--fix", "--unsafe-fixes")


@pytest.mark.parametrize("learner", [AS_STATE, AS_PARAMETERS])
@pytest.mark.parametrize("name", ["controllers/basic.py", "zoo.py"])
def test_a_class_elsewhere_may_be_meant(
    learner: str, name: str, tmp_path: Path
) -> None:
    files = {"learners/q_learner.py": learner, name: CONTROLLER}
    assert reported(checkout(tmp_path, files)) == {}


@pytest.mark.parametrize("learner", [AS_STATE, AS_PARAMETERS])
def test_a_class_in_the_same_file_may_be_meant(learner: str, tmp_path: Path) -> None:
    assert reported(checkout(tmp_path, {"a.py": f"{learner}\n\n{CONTROLLER}"})) == {}


def test_without_such_a_class_use_is_proof(tmp_path: Path) -> None:
    files = {"learner.py": FOUND}
    folder = checkout(tmp_path, files)
    assert reported(folder) == marked(files) != {}


def test_fix_by_use_is_not_safe(tmp_path: Path) -> None:
    folder = checkout(tmp_path, {"learner.py": AS_STATE})
    command_here(*UNSAFE[:-1], cwd=folder)
    assert (folder / "learner.py").read_text("utf-8") == AS_STATE
    command_here(*UNSAFE, cwd=folder)
    fixed = AS_STATE.replace("self.mac.forward(", "self.mac(")
    assert (folder / "learner.py").read_text("utf-8") == fixed


def test_parameters_alone_are_no_proof(tmp_path: Path) -> None:
    assert reported(checkout(tmp_path, {"learner.py": AS_PARAMETERS})) == {}


OTHERS = {
    "without the method": CONTROLLER.replace("state_dict", "save"),
    "without a forward": CONTROLLER.replace("forward", "act"),
    "a Module": CONTROLLER.replace(
        "class Controller", "import torch\n\n\nclass Controller(torch.nn.Module)"
    ),
    "a Function of autograd": CONTROLLER.replace(
        "class Controller",
        "import torch\n\n\nclass Controller(torch.autograd.Function)",
    ),
}


@pytest.mark.parametrize("other", OTHERS.values(), ids=OTHERS)
def test_a_class_that_cannot_be_meant_is_no_rival(other: str, tmp_path: Path) -> None:
    files = {"learner.py": FOUND, "other.py": other}
    assert reported(checkout(tmp_path, files)) == marked(files) != {}


INHERITED = {
    "forward": (
        "class Base:\n    def forward(self, x):\n        return x\n\n\n"
        "class Controller(Base):\n    def state_dict(self):\n        return {}\n"
    ),
    "method": (
        "class Base:\n    def state_dict(self):\n        return {}\n\n\n"
        "class Controller(Base):\n    def forward(self, x):\n        return x\n"
    ),
    "any attribute": (
        "class Controller:\n    def forward(self, x):\n        return x\n\n"
        "    def __getattr__(self, name):\n        return print\n"
    ),
    "unknown base": (
        "import torch\nfrom elsewhere import Base\n\n\nclass Controller(Base):\n"
        "    def forward(self, x):\n        return x\n"
    ),
}


@pytest.mark.parametrize("other", INHERITED.values(), ids=INHERITED)
def test_what_a_rival_inherits_counts(other: str, tmp_path: Path) -> None:
    files = {"learner.py": AS_STATE, "other.py": other}
    folder = checkout(tmp_path, files)
    assert reported(folder) == {}
    (folder / "other.py").unlink()
    assert reported(folder) == marked({"learner.py": FOUND})


def test_callers_come_before_use(tmp_path: Path) -> None:
    """They tell the class itself, whatever else could be used like it."""
    net = "from torch import nn\n\n\nclass Net(nn.Module):\n    pass\n"
    main = (
        "from learner import Learner\nfrom nets import Net\nLearner(Net()).train(1)\n"
    )
    files = {"learner.py": FOUND, "c.py": CONTROLLER, "nets.py": net, "main.py": main}
    folder = checkout(tmp_path, files)
    assert reported(folder) == marked(files) != {}
    plain = main.replace("nets", "c").replace("Net", "Controller")
    (folder / "main.py").write_text(plain, "utf-8")
    assert reported(folder) == {}
