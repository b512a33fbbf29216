"""A ``__call__`` that never reaches Module's own disables the module's hooks.

So do ``__call__ = forward``, an own ``_call_impl`` and a ``__call__`` set from outside.
With ``__call__`` replaced, compiling the module in place has no effect either.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def __call__(self, x):  # FWD201:9
        return torch.relu(self.layer(x))


class Embedder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def __call__(self, x):  # FWD201:9
        with torch.no_grad():
            return self.forward(x)

    def forward(self, x):
        return self.layer(x)


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        return self.layer(x)

    __call__ = forward  # FWD201:5


class Gate(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def _call_impl(self, x):  # FWD201:9
        return torch.sigmoid(self.layer(x))


class Calibrator(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        return self.layer(x)


def tempered(module, x):
    return module.layer(x) / 2


Calibrator.__call__ = tempered  # FWD201:12

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


print("encoder hooks:", fired(Encoder()))  # -> encoder hooks: 0
print("embedder hooks:", fired(Embedder()))  # -> embedder hooks: 0
print("head hooks:", fired(Head()))  # -> head hooks: 0
print("gate hooks:", fired(Gate()))  # -> gate hooks: 0
print("calibrator hooks:", fired(Calibrator()))  # -> calibrator hooks: 0

print("encoder graphs:", graphs(Encoder()))  # -> encoder graphs: 0
print("embedder graphs:", graphs(Embedder()))  # -> embedder graphs: 0
print("head graphs:", graphs(Head()))  # -> head graphs: 0
print("calibrator graphs:", graphs(Calibrator()))  # -> calibrator graphs: 0
