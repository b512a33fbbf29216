"""A bound forward that is stored and called later, or got by its name."""

import types
from functools import partial

import elsewhere
from torch import nn


class Cell(nn.Module):
    def forward(self, x):
        return x


class Plain:
    def forward(self, x):
        return x


def local(cell: Cell, x):
    step = cell.forward  # FWD101:17
    for _ in range(3):
        x = step(x)
    return x


def one_of_two(cell: Cell, flag, x):
    step = cell.forward if flag else Plain().forward  # FWD101:17
    return step(x)


def by_branch(cell: Cell, flag, x):
    if flag:
        step = cell.forward  # FWD101:21
    else:
        step = cell.extract
    return step(x=x)


def by_name(cell: Cell, x):
    getattr(cell, "forward")(x)  # FWD101:19
    getattr(cell, 'forward', None)(x)  # FWD101:19
    getattr(Plain(), "forward")(x)
    getattr(x, "forward")(x)
    method = getattr(cell, "forward")
    print("forward", method, hasattr(cell, "forward"))
    elsewhere.getattr(cell, "forward")(x)
    return getattr(Cell(), "forward")(x)  # FWD101:28


def not_called(cell: Cell, x):
    step = cell.forward
    return step


def handed_on(cell: Cell, x):
    step = cell.forward
    elsewhere.run(step)
    return step(x)


def compared(cell: Cell, x):
    step = cell.forward
    if step is not x:
        return step(x)
    return x


def signature(cell: Cell):
    step = cell.forward
    return step()


def restored(cell: Cell, x):
    original = cell.forward
    cell.forward = partial(elsewhere.run, x)
    out = original(x)
    cell.forward = original
    return out


def patched(cell: Cell):
    original = cell.forward

    def forward(x):
        return original(x)

    cell.forward = forward


def patched_by_name(cell: Cell, x):
    original = cell.forward
    setattr(cell, "forward", types.MethodType(elsewhere.run, cell))
    return original(x)


def closure(cell: Cell):
    step = cell.forward
    return lambda x: step(x)


def plain(x):
    step = Plain().forward
    other = x.forward
    return step(x), other(x)


class Keeper:
    def __init__(self, cell: Cell):
        self.cell = cell
        self.step = cell.forward  # FWD101:26
        self.other = cell.forward
        self.third = self.cell.forward  # FWD101:32
        self.fourth = cell.forward

    def run(self, x):
        return self.step(x) + self.third(x) + self.fourth(x)

    def give(self):
        return self.other


def outside(keeper: Keeper):
    return keeper.fourth


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.cell = Cell()

    def forward(self, x):
        step = self.cell.forward  # FWD101:26
        own = self.forward
        return step(x), own(x)


class Wrapping(nn.Module):
    def __init__(self, cell: Cell):
        super().__init__()
        self.original = cell.forward
        cell.forward = self.forward

    def forward(self, x):
        return self.original(x)
