"""A base that leaves forward to others, some of which are called in their own way."""

from abc import abstractmethod

import torch
from torch import nn


class Kernel(nn.Module):
    @abstractmethod
    def forward(self, x): ...

    def twice(self, x):
        return self.forward(self.forward(x))


class Lazy(Kernel):
    def __call__(self, x):  # FWD201:9
        return x

    def forward(self, x):
        return x


class Other(Kernel):
    def forward(self, x):
        return x


class Layer(nn.Module):
    def forward(self, x):
        raise NotImplementedError


class Plain(Layer):
    def forward(self, x):
        return x


class Block(nn.Module):
    def forward(self, x):
        return x


class Called(Block):
    def __call__(self, x):  # FWD201:9
        return x


def use(kernel: Kernel, other: Other, layer: Layer, block: Block, x):
    kernel.forward(x)
    other.forward(x)  # FWD101:11
    layer.forward(x)  # FWD101:11
    block.forward(x)  # FWD101:11
