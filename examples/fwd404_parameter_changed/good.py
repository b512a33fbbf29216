"""The tensor gets its final form first, and then becomes a Parameter."""

import torch
from torch import nn

torch.manual_seed(0)


class Bilinear(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(0.1 * torch.randn(2, 2))
        self.bias = nn.Parameter(torch.zeros(2).unsqueeze(0))

    def forward(self, x):
        return x @ self.weight + self.bias


class Half(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(2).half())

    def forward(self, x):
        return x * self.scale


bilinear = Bilinear()
print("parameters:", len([*bilinear.parameters()]))  # -> parameters: 2
print("saved tensors:", len(bilinear.state_dict()))  # -> saved tensors: 2

half = Half()
half.float()
print("scale after float():", half.scale.dtype)  # -> scale after float(): torch.float32
