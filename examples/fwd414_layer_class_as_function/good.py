"""Layers are created in ``__init__`` with their settings, and called with tensors.

A layer without settings can be a function as well.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 3)
        self.softmax = nn.Softmax(dim=-1)

    def forward(self, x):
        return self.softmax(self.layer(x))


class Regressor(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(4, 4)
        self.head = nn.Linear(4, 1)

    def forward(self, x):
        x = self.hidden(x)
        x = torch.relu(x)
        return self.head(x)


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)
        self.dropout = nn.Dropout()

    def forward(self, x):
        x = self.dropout(x)
        return self.layer(x)


def result(module):
    """The type of the result, or of the error."""
    try:
        return type(module(torch.ones(2, 4))).__name__
    except (RuntimeError, TypeError) as error:
        return type(error).__name__


print("classifier:", result(Classifier()))  # -> classifier: Tensor
print("regressor:", result(Regressor()))  # -> regressor: Tensor
print("encoder:", result(Encoder()))  # -> encoder: Tensor
