"""``super().__init__()`` comes first; plain values may be assigned before it."""

import torch
from torch import nn

torch.manual_seed(0)


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(3, 2)

    def forward(self, x):
        return self.layer(x)


class Scale(nn.Module):
    def __init__(self, factor):
        super().__init__()
        self.factor = factor

    def forward(self, x):
        return x * self.factor


class Encoder(nn.Module):
    def __init__(self, size):
        self.size = size
        super().__init__()
        self.layer = nn.Linear(3, size)

    def forward(self, x):
        return self.layer(x)


class Normalizer(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.zeros(3))

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


print("classifier:", outcome(Classifier))  # -> classifier: runs with 2 parameters
print("scale:", outcome(lambda: Scale(2)))  # -> scale: runs with 0 parameters
print("encoder:", outcome(lambda: Encoder(2)))  # -> encoder: runs with 2 parameters
print("normalizer:", outcome(Normalizer))  # -> normalizer: runs with 0 parameters
