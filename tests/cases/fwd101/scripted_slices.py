"""TorchScript cannot call an element of a slice, except by its forward."""

from typing import List

import torch
from torch import nn


class Block(nn.Module):
    def forward(self, x):
        return x


class Constants(nn.Module):
    __constants__ = ["blocks"]

    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([Block(), Block()])

    def forward(self, x):
        for block in self.blocks[1:]:
            x = block.forward(x)
        return x


class Exported(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([Block(), Block()])

    def forward(self, x):
        for block in self.blocks[1:]:
            x = block.forward(x)
        return x

    @torch.jit.export
    def last(self, x: List[int]):
        for block in self.blocks[:1]:
            x = block.forward(x)
        return x


class Derived(Exported):
    def again(self, x):
        for block in self.blocks[1:]:
            x = block.forward(x)
        return x


@torch.jit.script_if_tracing
def function(blocks: nn.ModuleList, x):
    for block in blocks[1:]:
        x = block.forward(x)
    return x


class Plain(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([Block(), Block()])

    def forward(self, x):
        for block in self.blocks[1:]:
            x = block.forward(x)  # FWD101:23
        return x
