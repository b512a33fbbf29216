"""Modules, and what is none."""

from torch import nn


class Net(nn.Module):
    pass


class Loader:
    def forward(self, x):
        return x
