"""A star import of a package that is not there may bring another Module."""

from torch.nn import *
from torch import nn
from framework.everything import *


class Plain(Module):
    def __init__(self, scale):
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class Layer(Module):
    def __init__(self):
        self.layer = nn.Linear(2, 2)
        super().__init__()

    def forward(self, x):
        return self.layer(x)


class Qualified(nn.Module):
    def __init__(self, scale):  # FWD206:9
        self.scale = scale

    def forward(self, x):
        return x * self.scale
