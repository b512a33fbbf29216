"""Attributes with names that Module does not use leave its methods alone.

The modules are switched to evaluation, moved and optimized, and their layers are
found under the name that they were given.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Sampler(nn.Module):
    def __init__(self, train: bool):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.keeps_noise = train

    def forward(self, x):
        return self.layer(x)


class Tree(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.branches = []


class Polynomial(nn.Module):
    def __init__(self, degree):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(degree))
        self.settings = {"degree": degree}


class Stack(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2)])

    def forward(self, x):
        for layer in self.layers:
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
print("evaluation:", evaluation)  # -> evaluation: none
move = error(lambda: Tree().to("cpu"))
print("move:", move)  # -> move: none
optimizer = error(lambda: torch.optim.SGD(Polynomial(3).parameters(), lr=0.1))
print("optimizer:", optimizer)  # -> optimizer: none
stack = error(lambda: Stack()(torch.ones(1, 2)))
print("stack:", stack)  # -> stack: none
