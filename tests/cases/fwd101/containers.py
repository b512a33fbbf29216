"""Elements of ModuleList, ModuleDict, Sequential and of plain containers."""

import itertools

import torch
from torch import nn


class Block(nn.Module):
    def forward(self, x):
        return x


class Stack(nn.Module):
    def __init__(self, depth, extra):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(4, 4) for _ in range(depth)])
        self.blocks = nn.ModuleList(Block() for _ in range(depth))
        self.empty = nn.ModuleList()
        self.named = nn.ModuleDict({"a": Block(), "b": nn.Linear(4, 4)})
        self.sequence = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
        self.nested = nn.ModuleList(nn.ModuleList([Block()]) for _ in range(depth))
        self.plain = [Block(), nn.Linear(4, 4)]  # FWD401:14
        self.table = {"a": Block()}
        self.unknown = list(extra)
        for _ in range(depth):
            self.empty.append(Block())

    def loops(self, x):
        for layer in self.layers:
            x = layer.forward(x)  # FWD101:23
        for layer in self.empty:
            x = layer.forward(x)  # FWD101:23
        for layer in self.sequence:
            x = layer.forward(x)  # FWD101:23
        for index, block in enumerate(self.blocks):
            x = block.forward(x) + index  # FWD101:23
        for layer, block in zip(self.layers, self.blocks):
            x = layer.forward(x)  # FWD101:23
            x = block.forward(x)  # FWD101:23
        for layer in reversed(self.layers):
            x = layer.forward(x)  # FWD101:23
        for inner in self.nested:
            for block in inner:
                x = block.forward(x)  # FWD101:27
        for layer in self.unknown:
            x = layer.forward(x)
        return [layer.forward(x) for layer in self.layers]  # FWD101:23

    def mapping(self, x):
        for name, block in self.named.items():
            x = block.forward(x)  # FWD101:23
            x = name.forward(x)
        for block in self.named.values():
            x = block.forward(x)  # FWD101:23
        for name in self.named:
            x = self.named[name].forward(x)  # FWD101:34
        return {name: block.forward(x) for name, block in self.named.items()}  # FWD101:29

    def subscripts(self, x, index):
        x = self.layers[0].forward(x)  # FWD101:28
        x = self.layers[-1].forward(x)  # FWD101:29
        x = self.blocks[index].forward(x)  # FWD101:32
        x = self.sequence[1].forward(x)  # FWD101:30
        x = self.named["a"].forward(x)  # FWD101:29
        x = self.nested[0][index].forward(x)  # FWD101:35
        x = self.plain[0].forward(x)  # FWD101:27
        x = self.table["a"].forward(x)  # FWD101:29
        return self.unknown[0].forward(x)

    def whole(self, x):
        x = self.sequence.forward(x)  # FWD101:27
        return nn.Sequential(Block(), Block()).forward(x)  # FWD101:48

    def tree(self, x):
        for child in self.children():
            x = child.forward(x)  # FWD101:23
        for name, child in self.named_children():
            x = child.forward(x)  # FWD101:23
            x = name.forward(x)
        for name, module in self.named_modules():
            x = module.forward(x)  # FWD101:24
            print(name)
        return getattr(self, f"layer{x}").forward(x)


def unpacked(x):
    first, second = nn.ModuleList([Block(), Block()])
    first.forward(x)  # FWD101:11
    second.forward(x)  # FWD101:12
    layers = [nn.Linear(2, 2), nn.ReLU()]
    sequence = nn.Sequential(*layers)
    sequence[0].forward(x)  # FWD101:17
    layers.append(torch.relu)
    for layer in layers:
        layer.forward(x)


class Chain(nn.Sequential):
    def forward(self, x):
        for module in self:
            x = module.forward(x)  # FWD101:24
        return self[0].forward(x)  # FWD101:24


class Deep(nn.ModuleList):
    def forward(self, x):
        for module in self:
            x = module.forward(x)  # FWD101:24
        return x


def handed_on(model: nn.Module, layers: nn.ModuleList, pairs, x):
    for layer in filter(None, layers):
        layer.forward(x)  # FWD101:15
    for layer in itertools.chain(layers, [nn.ReLU()]):
        layer.forward(x)  # FWD101:15
    for layer in itertools.chain(layers, x):
        layer.forward(x)
    dict(model.named_modules())["a"].forward(x)  # FWD101:38
    dict({"a": nn.ReLU()}, b=nn.Tanh())["a"].forward(x)  # FWD101:46
    dict({"a": nn.ReLU()}, b=x)["a"].forward(x)
    dict(pairs)["a"].forward(x)


class Other:
    """No Module: what is unknown may be one of these."""

    def forward(self, *args):
        return args
