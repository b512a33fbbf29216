"""Layers in plain lists, tuples and dicts are not part of the Module.

The optimizer does not get their weights, checkpoints lack them, and ``eval()`` leaves
their dropout on.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Stack(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = []  # FWD401:14
        for _ in range(3):
            self.layers.append(nn.Linear(2, 2))
        self.out = nn.Linear(2, 1)

    def forward(self, x):
        for layer in self.layers:
            x = torch.tanh(layer(x))
        return self.out(x)


class Heads(nn.Module):
    def __init__(self):
        super().__init__()
        self.heads = {"age": nn.Linear(2, 1), "size": nn.Linear(2, 3)}  # FWD401:14

    def forward(self, x, name):
        return self.heads[name](x)


class Voting(nn.Module):
    """Averages over several dropout masks while it trains."""

    def __init__(self):
        super().__init__()
        self.dropouts = [nn.Dropout(p) for p in (0.3, 0.5)]  # FWD401:14
        self.out = nn.Linear(100, 1)

    def forward(self, x):
        return sum(self.out(dropout(x)) for dropout in self.dropouts)


class Scales(nn.Module):
    def __init__(self):
        super().__init__()
        self.scales = [nn.Parameter(torch.ones(2)) for _ in range(2)]  # FWD401:14

    def forward(self, x):
        for scale in self.scales:
            x = x * scale
        return x


stack = Stack()
trained = sum(parameter.numel() for parameter in stack.parameters())
print("weights in parameters():", trained)  # -> weights in parameters(): 3

before = stack.layers[0].weight.clone()
optimizer = torch.optim.SGD(stack.parameters(), lr=0.1)
stack(torch.ones(1, 2)).sum().backward()
optimizer.step()
moved = not torch.equal(before, stack.layers[0].weight)
print("first layer trained:", moved)  # -> first layer trained: False

saved = len(Heads().state_dict())
print("tensors in the checkpoint:", saved)  # -> tensors in the checkpoint: 0

voting = Voting().eval()
x = torch.ones(1, 100)
same = torch.equal(voting(x), voting(x))
print("eval mode repeats itself:", same)  # -> eval mode repeats itself: False

scales = Scales().half()
result = scales(torch.ones(2).half())
print("after half():", result.dtype)  # -> after half(): torch.float32
