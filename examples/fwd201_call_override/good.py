"""A module that defines ``forward`` and leaves ``__call__`` alone keeps its hooks.

What the module computes, and in which mode, is in ``forward``; a variant of it is a
subclass. Compiled in place, the module really runs compiled.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        return torch.relu(self.layer(x))


class Embedder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        with torch.no_grad():
            return self.layer(x)


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


class Calibrator(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        return self.layer(x)


class TemperedCalibrator(Calibrator):
    def forward(self, x):
        return super().forward(x) / 2


batch = torch.ones(3, 4)


def fired(module):
    """How many of a pre-hook and a hook run when the module is called."""
    calls = []
    module.register_forward_pre_hook(lambda module, args: calls.append("before"))
    module.register_forward_hook(lambda module, args, output: calls.append("after"))
    module(batch)
    return len(calls)


def graphs(module):
    """How many graphs the compiler gets from the module compiled in place."""
    found = []

    def counting_backend(graph, example_inputs):
        found.append(graph)
        return graph

    module.compile(backend=counting_backend)
    module(batch)
    return len(found)


print("encoder hooks:", fired(Encoder()))  # -> encoder hooks: 2
print("embedder hooks:", fired(Embedder()))  # -> embedder hooks: 2
print("head hooks:", fired(Head()))  # -> head hooks: 2
print("gate hooks:", fired(Gate()))  # -> gate hooks: 2
print("calibrator hooks:", fired(TemperedCalibrator()))  # -> calibrator hooks: 2

print("encoder graphs:", graphs(Encoder()))  # -> encoder graphs: 1
print("embedder graphs:", graphs(Embedder()))  # -> embedder graphs: 1
print("head graphs:", graphs(Head()))  # -> head graphs: 1
print("calibrator graphs:", graphs(TemperedCalibrator()))  # -> calibrator graphs: 1
