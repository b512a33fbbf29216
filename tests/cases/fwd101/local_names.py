"""Local and global names, constructor calls, and names that stop being Modules."""

import torch
import torch.nn.functional
import torch.nn as nn
from torch.nn import Conv2d as Convolution
from torch.nn.modules.linear import Linear


class Net(nn.Module):
    def forward(self, x):
        return x


def make(width) -> nn.Module:
    return nn.Linear(width, width)


def make_untyped(width):
    if width > 3:
        return nn.Linear(width, 3)
    return Net()


model = Net()


def names(x, flag, load):
    model.forward(x)  # FWD101:11
    linear = Linear(2, 2)
    linear.forward(x)  # FWD101:12
    alias = linear
    alias.forward(x)  # FWD101:11
    annotated: nn.Module = load(x)
    annotated.forward(x)  # FWD101:15
    first, second = nn.Linear(2, 2), load(x)
    first.forward(x)  # FWD101:11
    second.forward(x)
    chosen = Net() if flag else nn.ReLU()
    chosen.forward(x)  # FWD101:12
    either = Net() if flag else load(x)
    either.forward(x)
    if (walrus := Net()) is not None:
        walrus.forward(x)  # FWD101:16
    default = None or Net()
    return default.forward(x)  # FWD101:20


def constructors(x):
    Net().forward(x)  # FWD101:11
    Convolution(3, 3, 1).forward(x)  # FWD101:26
    torch.nn.Linear(2, 2).forward(x)  # FWD101:27
    nn.modules.activation.ReLU().forward(x)  # FWD101:34
    (nn.Tanh()).forward(x)  # FWD101:17
    nn.CrossEntropyLoss().forward(x, x)  # FWD101:27
    make(3).forward(x)  # FWD101:13
    make_untyped(3).forward(x)  # FWD101:21
    kind = Net
    kind().forward(x)  # FWD101:12


def rebound(x, load):
    net = Net()
    net.forward(x)  # FWD101:9
    net = load(x)
    net.forward(x)
    net = Net()
    if x is None:
        net = load(x)
    net.forward(x)


def shadowed(model, x):
    model.forward(x)
    for linear in x:
        linear.forward(x)
    return [Net.forward(x) for Net in x]


def deferred(x):
    net = Net()

    def inner():
        return net.forward(x)  # FWD101:20

    return inner, lambda y: net.forward(y)  # FWD101:33


async def awaited(x):
    net = Net()
    return await net.forward(x)  # FWD101:22


def stopped(x):
    net = Net()
    try:
        return net.forward(x)  # FWD101:20
    except RuntimeError:
        return net.forward(x.cpu())  # FWD101:20
    finally:
        net.forward(x[:0])  # FWD101:13


def left_by_break(x, load):
    while True:
        net = Net()
        break
    net.forward(x)  # FWD101:9
    for item in x:
        other = Net()
        break
    else:
        other = load(x)
    other.forward(item)
    while True:
        last = Net()
        if last.ready(x):
            break
    last.forward(x)  # FWD101:10


class Plain:
    def __call__(self, x):
        return self.forward(x)

    def forward(self, x):
        return x


class OwnCall(nn.Module):
    def __call__(self, x):  # FWD201:9
        return x

    def forward(self, x):
        return x


def annotated_and_given(x, load):
    closer: nn.Module = Plain()
    closer.forward(x)
    own: nn.Module = OwnCall()
    own.forward(x)
    declared: Net = Plain()
    declared.forward(x)  # FWD101:14
    declared_net: Net = OwnCall()
    declared_net.forward(x)  # FWD101:18
    unknown: load = Net()
    unknown.forward(x)  # FWD101:13
    plain: Plain = Net()
    plain.forward(x)
