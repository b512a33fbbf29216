"""Other objects' attributes called grad, other protocols, ordinary training code."""

from dataclasses import dataclass

import kornia
import torch
from torch import nn
from torch.autograd import Function


@dataclass
class State:
    grad: object = None


class SpatialGradient(nn.Module):
    def forward(self, x):
        return x


class Edges(nn.Module):
    """kornia's way: the attribute is a layer that computes image gradients."""

    def __init__(self):
        super().__init__()
        self.grad = SpatialGradient()
        self.inner = SpatialGradient()

    def forward(self, x):
        self.grad = kornia.filters.SpatialGradient()
        self.grad.scale = 2
        self.inner.grad = x
        state = State()
        state.grad = x
        return self.grad(x)


class Bare(nn.Module):
    def forward(self, t):
        t.grad: torch.Tensor
        return t


class Straight(Function):
    @staticmethod
    def forward(ctx, x):
        x.grad = None
        ctx.grad = x
        return x.round()

    @staticmethod
    def backward(ctx, gradient):
        ctx.grad.zero_()
        return gradient


class Plain:
    def forward(self, t):
        t.grad = None
        return t


class Unproven(Missing):
    def forward(self, t):
        t.grad = None
        return t


def forward(t):
    t.grad = None
    return t


def train(model: nn.Module, loader, optimizer):
    for batch in loader:
        model(batch).sum().backward()
        for parameter in model.parameters():
            parameter.grad.clamp_(-1, 1)
            setattr(parameter, "grad", parameter.grad / 2)
        optimizer.step()
        for parameter in model.parameters():
            parameter.grad = None


class Optimizer(torch.optim.Optimizer):
    def step(self, closure=None):
        for group in self.param_groups:
            for parameter in group["params"]:
                parameter.grad = None


class Control(nn.Module):
    def forward(self, t):
        self.weight.grad = None  # FWD301:21
        return t
