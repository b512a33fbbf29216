"""A forward without a return gives None, and no error shows where it happens.

The error appears in the next layer. An output that is only stored, or that a residual
connection treats as optional, raises no error at all.
"""

import torch
from torch import nn
from torch.nn import functional as F

torch.manual_seed(0)


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 8)
        self.second = nn.Linear(8, 2)

    def forward(self, x):  # FWD205:9
        x = F.relu(self.first(x))
        x = self.second(x)


class ChannelNorm(nn.LayerNorm):
    """Normalizes over the channels, which come before the time."""

    def forward(self, x):  # FWD205:9
        x = x.transpose(1, 2)
        x = super().forward(x)
        x = x.transpose(1, 2)


class Pooling(nn.Module):
    def __init__(self, steps):
        super().__init__()
        self.steps = steps

    def forward(self, x):  # FWD205:9
        for _ in range(self.steps):
            x = F.avg_pool1d(x, kernel_size=2)


class Noise(nn.Module):
    def forward(self, x):  # FWD205:9
        noise = torch.empty_like(x)
        noise.normal_()


class Block(nn.Module):
    """Adds the noise, if there is any."""

    def __init__(self):
        super().__init__()
        self.noise = Noise()

    def forward(self, x):
        noise = self.noise(x)
        return x if noise is None else x + noise


batch = torch.randn(3, 4)
images = torch.randn(3, 4, 5)


def kind(output):
    return type(output).__name__


print("encoder gives:", kind(Encoder()(batch)))  # -> encoder gives: NoneType
print("norm gives:", kind(ChannelNorm(4)(images)))  # -> norm gives: NoneType
print("pooling gives:", kind(Pooling(2)(images)))  # -> pooling gives: NoneType
noisy = not Block()(batch).equal(batch)
print("block adds noise:", noisy)  # -> block adds noise: False

try:
    nn.Sequential(Encoder(), nn.Linear(2, 2))(batch)
    error = "none"
except TypeError as failure:
    error = "got NoneType" if "NoneType" in str(failure) else str(failure)
print("error in the next layer:", error)  # -> error in the next layer: got NoneType
