"""A ``train`` or ``eval`` without a return value loses the module in a chain of calls.

``Module.eval`` returns what ``train(False)`` returns, so both are broken by one missing
``return``. The error appears where the module is used.
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

    def train(self, mode=True):  # FWD211:9
        super().train(mode)
        self.norm.eval()

    def forward(self, x):
        return self.norm(self.layer(x))


class Decoder(nn.Module):
    """Clears its cache when it is switched to evaluation."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)
        self.cache = {}

    def eval(self):  # FWD211:9
        super().eval()
        self.cache.clear()

    def forward(self, x):
        return self.layer(x)


def result(module):
    """The shape of the result, or the type of the error."""
    try:
        return tuple(module(torch.ones(3, 4)).shape)
    except TypeError as error:
        return type(error).__name__


trained = Backbone().train()
print("after train:", result(trained))  # -> after train: TypeError
evaluated = Backbone().eval()
print("after eval:", result(evaluated))  # -> after eval: TypeError
decoder = Decoder().eval()
print("decoder:", result(decoder))  # -> decoder: TypeError
