"""An attribute with the name of a method hides the method, or is hidden by it.

A flag or list hides the method, and whoever calls it gets TypeError: the optimizer, a
parent module, a caller who moves the module. Layers do not even get the name: the
method of the class comes first.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Sampler(nn.Module):
    def __init__(self, train: bool):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.train = train  # FWD213:14

    def forward(self, x):
        return self.layer(x)


class Tree(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.children = []  # FWD213:14


class Polynomial(nn.Module):
    def __init__(self, degree):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(degree))
        self.parameters = {"degree": degree}  # FWD213:14


class Stack(nn.Module):
    def __init__(self):
        super().__init__()
        self.modules = nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2)])  # FWD213:14

    def forward(self, x):
        for layer in self.modules:
            x = layer(x)
        return x


def error(action):
    """The name of the error that an action raises, if any."""
    try:
        action()
    except TypeError as raised:
        return str(raised)
    return "none"


evaluation = error(nn.Sequential(Sampler(train=True)).eval)
print("evaluation:", evaluation)  # -> evaluation: 'bool' object is not callable
move = error(lambda: Tree().to("cpu"))
print("move:", move)  # -> move: 'list' object is not callable
optimizer = error(lambda: torch.optim.SGD(Polynomial(3).parameters(), lr=0.1))
print("optimizer:", optimizer)  # -> optimizer: 'dict' object is not callable
stack = error(lambda: Stack()(torch.ones(1, 2)))
print("stack:", stack)  # -> stack: 'method' object is not iterable
