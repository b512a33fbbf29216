"""Docstrings are no proof where a class that is no Module has a forward, too."""

import torch
from torch import nn


class Plain:
    def forward(self, x):
        return x


def google(a, x):
    """Run it.

    Args:
        a (torch.nn.Module): a model.
    """
    a.forward(x)
    nn.Linear(2, 2).forward(torch.ones(2))  # FWD101:21
