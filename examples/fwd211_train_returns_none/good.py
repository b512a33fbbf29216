"""A ``train`` and an ``eval`` that return the module, as Module's own methods do.

``net = Net().eval()`` is the network, whatever else the override does.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Backbone(nn.Module):
    """Keeps its batch statistics, as pretrained."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 4)
        self.norm = nn.BatchNorm1d(4)

    def train(self, mode=True):
        super().train(mode)
        self.norm.eval()
        return self

    def forward(self, x):
        return self.norm(self.layer(x))


class Decoder(nn.Module):
    """Clears its cache when it is switched to evaluation."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)
        self.cache = {}

    def eval(self):
        self.cache.clear()
        return super().eval()

    def forward(self, x):
        return self.layer(x)


def result(module):
    """The shape of the result, or the type of the error."""
    try:
        return tuple(module(torch.ones(3, 4)).shape)
    except TypeError as error:
        return type(error).__name__


trained = Backbone().train()
print("after train:", result(trained))  # -> after train: (3, 4)
evaluated = Backbone().eval()
print("after eval:", result(evaluated))  # -> after eval: (3, 4)
decoder = Decoder().eval()
print("decoder:", result(decoder))  # -> decoder: (3, 2)
