"""forward calls itself; __call__ reaches forward: hooks have their turn elsewhere."""

import torch
from torch import nn
from torch.utils.checkpoint import checkpoint


class TreeLSTM(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.cell = nn.LSTMCell(size, size)

    def forward(self, tree):
        states = [self.forward(child) for child in tree.children]
        for child in tree.children:
            states.append(self.forward(child))
        return self.cell(tree.value, states[0] if states else None)


class Checkpointed(nn.Module):
    def forward(self, x, again=True):
        def run(y):
            return self.forward(y, again=False)

        if again:
            return checkpoint(run, x) + checkpoint(lambda y: self.forward(y, False), x)
        if isinstance(x, (list, tuple)):
            return torch.cat([self.forward(part) for part in x])
        return x


class Called(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(2, 2)

    def __call__(self, x):  # FWD201:9
        return self.forward(self.inner.forward(x))

    def other(self, x):
        return self.forward(x)


class Implemented(nn.Module):
    def _call_impl(self, *args, **kwargs):  # FWD201:9
        def run():
            return self.forward(*args, **kwargs)

        return run()


class Wrapped(nn.Module):
    def __call__(self, x):  # FWD202:9
        if self.fast:
            return self.forward(x)
        return super().__call__(x)


class Control(nn.Module):
    def forward(self, x):
        return x

    def predict(self, x):
        return self.forward(x)  # FWD102:21
