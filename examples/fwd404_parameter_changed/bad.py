"""Operations on a Parameter return a plain tensor, which is not registered."""

import torch
from torch import nn

torch.manual_seed(0)


class Bilinear(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = 0.1 * nn.Parameter(torch.randn(2, 2))  # FWD404:32
        self.bias = nn.Parameter(torch.zeros(2)).unsqueeze(0)  # FWD404:24

    def forward(self, x):
        return x @ self.weight + self.bias


class Half(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(2)).half()  # FWD404:25

    def forward(self, x):
        return x * self.scale


bilinear = Bilinear()
print("parameters:", len([*bilinear.parameters()]))  # -> parameters: 0
print("saved tensors:", len(bilinear.state_dict()))  # -> saved tensors: 0

half = Half()
half.float()
print("scale after float():", half.scale.dtype)  # -> scale after float(): torch.float16
