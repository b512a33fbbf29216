"""Small shapes of code whose parts are in several files."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_programs import Program
from fixing import fixed
from harness import check
from projects import write

BASES = """\
from typing import List, Union

from torch import nn

KINDS = (nn.Linear, nn.Conv2d)
EITHER = Union[nn.Linear, nn.Conv2d]
MIXED = (nn.Linear, dict.fromkeys)


class Net(nn.Module):
    def forward(self, x):
        return x


class Trainer:
    model: nn.Module
    nets: List[nn.Module]

    def step(self, model: nn.Module, batch, *, head: Net = None) -> Net:
        raise NotImplementedError

    @classmethod
    def make(cls):
        trainer = cls()
        trainer.made = Net()
        return trainer


def pair():
    return [Net()], Net()
"""

USE = """\
import elsewhere
from bases import EITHER, KINDS, MIXED, Trainer, pair


class Mine(Trainer):
    def __init__(self):
        self.model = elsewhere.model()
        self.nets = []
        self.other = elsewhere.model()

    def add(self, net):
        self.nets.append(net)

    def step(self, net, batch, *, head):
        net.forward(batch)  # FWD101:13
        head.forward(batch)  # FWD101:14
        return elsewhere.model()

    def use(self, x):
        self.model.forward(x)  # FWD101:20
        self.nets[0].forward(x)  # FWD101:22
        self.made.forward(x)  # FWD101:19
        self.other.forward(x)
        self.step(x, x, head=x).forward(x)  # FWD101:33


def tested(m, x):
    if isinstance(m, KINDS):
        m.forward(x)  # FWD101:11
    if isinstance(m, EITHER):
        m.forward(x)  # FWD101:11
    if isinstance(m, MIXED):
        m.forward(x)


nets, net = pair()
nets[0].forward(1)  # FWD101:9
net.forward(1)  # FWD101:5
pair()[0][0].forward(1)  # FWD101:14
"""


def program(folder: Path, text: str) -> Program:
    write(folder, {"main.py": text, "bases.py": BASES})
    return Program(folder / "main.py")


def test_parts_in_another_file(tmp_path: Path) -> None:
    main = program(tmp_path, USE)
    assert check(main.path) == main.marks() != []


LACKING = """\
from nets import Net
from other import Other

model = Net() if input() else Other()
model.encoder.forward(1)
"""

NETS = """\
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(1, 1)
"""

OTHERS = {
    "lacks it": ("class Other: pass\n", True),
    "sets it": ("class Other: pass\ndef f(o): o.encoder = print\n", False),
    "makes it": ("class Other:\n    def __getattr__(self, name): pass\n", False),
    "has an unknown base": ("import x\nclass Other(x.Base): pass\n", False),
}


@pytest.mark.parametrize(("other", "is_found"), OTHERS.values(), ids=OTHERS)
def test_one_of_two_lacks_the_attribute(
    other: str, is_found: bool, tmp_path: Path
) -> None:
    """The one that lacks it would raise: it is the other."""
    write(tmp_path, {"main.py": LACKING, "nets.py": NETS, "other.py": other})
    assert bool(check(tmp_path / "main.py")) is is_found


STORED = """\
import torch


def run(cell: torch.nn.GRUCell, x):
    step = {}  # bound once
    return step(step(x))


class Runner:
    def __init__(self, cell: torch.nn.GRUCell):
        self.step = cell.forward

    def run(self, x):
        return self.step(getattr(torch.nn.Linear(1, 1), "forward")(x))
"""


def test_fix_of_a_stored_forward(tmp_path: Path) -> None:
    """Only of a variable: a Module that becomes an attribute may be registered."""
    before, after = STORED.format("cell.forward"), STORED.format("cell")
    assert fixed(tmp_path, before.encode(), "--unsafe-fixes") == after.encode()
