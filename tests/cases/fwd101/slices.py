"""Slices of containers are containers of the same kind."""

import itertools

import elsewhere
from torch import nn


class Block(nn.Module):
    def forward(self, x):
        return x


class Plain:
    def forward(self, x):
        return x


class Stack(nn.Module):
    def __init__(self, depth):
        super().__init__()
        self.blocks = nn.ModuleList([Block() for _ in range(depth)])
        self.steps = nn.Sequential(Block(), nn.ReLU())
        self.plain = [Plain(), Block()]
        self.pair = (Block(), Plain())
        self.grown = []
        self.grown += [Block()]
        self.first = self.blocks[:2]
        self.depth = depth

    def loops(self, x):
        for block in self.blocks[:-1]:
            block.forward(x)  # FWD101:19
        for block in self.blocks[::-1]:
            block.forward(x)  # FWD101:19
        for block in reversed(self.blocks[1:]):
            block.forward(x)  # FWD101:19
        for block in reversed(self.blocks):
            block.forward(x)  # FWD101:19
        for i, block in enumerate(self.blocks[self.depth :]):
            block.forward(x)  # FWD101:19
        for block, other in zip(self.blocks[1:], self.blocks[:-1]):
            block.forward(x)  # FWD101:19
            other.forward(x)  # FWD101:19
        for block in list(self.blocks)[1:]:
            block.forward(x)  # FWD101:19
        for block in itertools.islice(self.blocks, 2):
            block.forward(x)  # FWD101:19
        for block in self.first:
            block.forward(x)  # FWD101:19
        for block in self.grown[1:]:
            block.forward(x)  # FWD101:19
        for block in self.plain[:1]:
            block.forward(x)
        for block in [*self.blocks[:1], *self.steps[1:]]:
            block.forward(x)  # FWD101:19
        for block in self.blocks[1:] + self.blocks[:1]:
            block.forward(x)  # FWD101:19
        return [block.forward(x) for block in self.blocks[:-1]]  # FWD101:23

    def items(self, x):
        self.blocks[1:][0].forward(x)  # FWD101:28
        self.blocks[0:2].forward(x)  # FWD101:26
        self.steps[:1].forward(x)  # FWD101:24
        self.steps[1:][0].forward(x)  # FWD101:27
        head, tail = self.blocks[0], self.blocks[1:]
        head.forward(x)  # FWD101:14
        tail[0].forward(x)  # FWD101:17
        self.plain[1:][0].forward(x)  # FWD101:27
        self.pair[:1][0].forward(x)  # FWD101:26
        self.pair[1:][0].forward(x)
        self.pair[: self.depth][0].forward(x)
        whole = nn.Sequential(*self.blocks[:2])
        whole[0].forward(x)  # FWD101:18
        again = nn.ModuleList(self.blocks[1:])
        again[0].forward(x)  # FWD101:18
        *rest, last = self.blocks
        last.forward(x)  # FWD101:14
        rest[0].forward(x)  # FWD101:17

    def backbone(self, x):
        children = list(nn.Linear(1, 1).children())
        nn.Sequential(*children[:-1]).forward(x)  # FWD101:39
        children[0].forward(x)  # FWD101:21
        children[1:][0].forward(x)  # FWD101:25


class Pick(nn.Module):
    def __getitem__(self, index):
        return Plain()


def picked(pick: Pick, x):
    pick[0].forward(x)
    pick[1:].forward(x)
    elsewhere.blocks[1:][0].forward(x)
