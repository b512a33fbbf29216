"""TorchScript can call an element of a ModuleList by an interface, by .forward only."""

import torch
from torch import Tensor, jit, nn
from torch.jit import interface


@torch.jit.interface
class BlockInterface(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        pass


@jit.interface
class OtherInterface(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        pass


@interface
class ImportedInterface(nn.Module):
    def forward(self, x: Tensor) -> Tensor:
        pass


@torch.jit.interface
class PlainInterface:
    def forward(self, x: Tensor) -> Tensor:
        pass


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2)])
        self.index = 0

    def forward(self, x: Tensor) -> Tensor:
        block: BlockInterface = self.blocks[self.index]
        x = block.forward(x)
        other: OtherInterface = self.blocks[self.index]
        x = other.forward(x)
        third: ImportedInterface = self.blocks[self.index]
        x = third.forward(x)
        plain: PlainInterface = self.blocks[0]
        return plain.forward(x)


def use(block: BlockInterface, others: list[OtherInterface], x: Tensor):
    for other in others:
        x = other.forward(x)
    return block.forward(x)


def control(net: Net, x: Tensor):
    return net.forward(x)  # FWD101:16
