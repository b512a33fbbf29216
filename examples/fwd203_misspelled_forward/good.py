"""The method is named ``forward`` and defined in the class: a call runs it."""

import torch
from torch import nn

torch.manual_seed(0)


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        return torch.relu(self.layer(x))


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        return self.layer(x)


class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        return torch.sigmoid(self.layer(x))


class NonNegativeLinear(nn.Linear):
    def forward(self, x):
        return super().forward(x).clamp(min=0)


batch = torch.randn(8, 4)


def outcome(module):
    """The shape of what the module returns, or the error that it raises."""
    try:
        return tuple(module(batch).shape)
    except NotImplementedError as error:
        return type(error).__name__


print("encoder:", outcome(Encoder()))  # -> encoder: (8, 2)
print("head:", outcome(Head()))  # -> head: (8, 2)
print("gate:", outcome(Gate()))  # -> gate: (8, 2)

linear = NonNegativeLinear(4, 2)
print("control linear:", outcome(linear))  # -> control linear: (8, 2)
negative = (linear(batch) < 0).any().item()
print("negative outputs:", negative)  # -> negative outputs: False
