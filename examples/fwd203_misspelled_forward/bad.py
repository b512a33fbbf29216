"""Module calls the method named ``forward``, whatever else a class defines.

If the name is misspelled, a module cannot be called; one that extends another runs the
forward of the other, without an error. A forward that is indented one level too deep is
a local function of ``__init__``.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def foward(self, x):  # FWD203:9
        return torch.relu(self.layer(x))


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def __forward__(self, x):  # FWD203:9
        return self.layer(x)


class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

        def forward(self, x):  # FWD203:13
            return torch.sigmoid(self.layer(x))


class NonNegativeLinear(nn.Linear):
    def forwrad(self, x):  # FWD203:9
        return super().forward(x).clamp(min=0)


batch = torch.randn(8, 4)


def outcome(module):
    """The shape of what the module returns, or the error that it raises."""
    try:
        return tuple(module(batch).shape)
    except NotImplementedError as error:
        return type(error).__name__


print("encoder:", outcome(Encoder()))  # -> encoder: NotImplementedError
print("head:", outcome(Head()))  # -> head: NotImplementedError
print("gate:", outcome(Gate()))  # -> gate: NotImplementedError

linear = NonNegativeLinear(4, 2)
print("control linear:", outcome(linear))  # -> control linear: (8, 2)
negative = (linear(batch) < 0).any().item()
print("negative outputs:", negative)  # -> negative outputs: True
