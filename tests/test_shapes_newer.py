"""Type parameters and type aliases, which Python 3.12 and newer can read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from example_programs import Program
from harness import check
from projects import write

NEWER = """\
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(1, 1)

    def forward(self, x):
        return x


type Maybe = Net | None
type Later = "Net"
type Many[T] = list[T]
type Nets = list[Net]


def bound[M: nn.Module](m: M, x):
    m.forward(x)  # FWD101:7
    return m


def own[N: Net](m: N, x) -> N:
    m.inner.forward(x)  # FWD101:13
    return m


def constraints[M: (nn.Linear, nn.Conv2d)](m: M, x):
    m.forward(x)  # FWD101:7


def text[M: "nn.Module"](m: M, x):
    m.forward(x)  # FWD101:7


def free[T](m: T, x):
    m.forward(x)


def args[*Ts, **P](m, *ts: *Ts):
    m.forward(ts)


def aliased(m: Maybe, n: Later, many: Nets, x):
    m.forward(x)  # FWD101:7
    n.forward(x)  # FWD101:7
    many[0].forward(x)  # FWD101:13


def listed[M: nn.Module](ms: list[M], x):
    ms[0].forward(x)  # FWD101:11


class Trainer[M: nn.Module]:
    model: M

    def __init__(self, model: M, other):
        self.held = model
        self.other = other

    def step(self, x):
        self.model.forward(x)  # FWD101:20
        self.held.forward(x)  # FWD101:19
        self.other.forward(x)

    def run(self, m: M, x):
        def inner(n: M):
            n.forward(x)  # FWD101:15

        m.forward(x)  # FWD101:11
        return inner


class Special(Trainer[Net]):
    def go(self, x):
        self.held.forward(x)  # FWD101:19


class Module[T](nn.Module):
    def forward(self, x):
        return x


def generic(m: Module[int], x):
    m.forward(x)  # FWD101:7
    Module[int]().forward(x)  # FWD101:19


class Other:
    # No Module: what is unknown may be one of these.
    def forward(self, *args):
        return args
"""


@pytest.mark.skipif(sys.version_info < (3, 12), reason="the syntax is newer")
def test_type_parameters(tmp_path: Path) -> None:
    write(tmp_path, {"main.py": NEWER})
    main = Program(tmp_path / "main.py")
    assert check(main.path) == main.marks() != []
