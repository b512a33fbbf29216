"""Module's own ``__init__`` creates the tables that everything else in Module uses.

Without it, or before it, no layer, parameter or buffer can be assigned. A module that has
only plain values can be created, and fails when it is called.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Classifier(nn.Module):
    def __init__(self):  # FWD206:9
        self.layer = nn.Linear(3, 2)

    def forward(self, x):
        return self.layer(x)


class Scale(nn.Module):
    def __init__(self, factor):  # FWD206:9
        self.factor = factor

    def forward(self, x):
        return x * self.factor


class Encoder(nn.Module):
    def __init__(self, size):
        self.size = size
        self.layer = nn.Linear(3, size)  # FWD206:14
        super().__init__()

    def forward(self, x):
        return self.layer(x)


class Normalizer(nn.Module):
    def __init__(self):
        self.register_buffer("mean", torch.zeros(3))  # FWD206:14
        super().__init__()

    def forward(self, x):
        return x - self.mean


batch = torch.ones(2, 3)


def outcome(make):
    """Whether the module can be created, called, and asked for its parameters."""
    try:
        module = make()
    except AttributeError:
        return "cannot be made"
    try:
        module(batch)
    except AttributeError:
        return "cannot be called"
    return f"runs with {len(list(module.parameters()))} parameters"


print("classifier:", outcome(Classifier))  # -> classifier: cannot be made
print("scale:", outcome(lambda: Scale(2)))  # -> scale: cannot be called
print("encoder:", outcome(lambda: Encoder(2)))  # -> encoder: cannot be made
print("normalizer:", outcome(Normalizer))  # -> normalizer: cannot be made
