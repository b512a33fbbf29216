import torch
from torch import nn

from . import Kernel, Module
from .rbf import RBFKernel, ScaleKernel


class LocalProtocol(nn.Module):
    __call__ = print  # FWD201:5

    def evaluate(self, x):
        return self.forward(x)


class Likelihood(Module):
    def marginal(self, x):
        return self.forward(x)


class Deep(nn.Module):
    def __init__(self):
        super().__init__()
        self.kernel = ScaleKernel(RBFKernel())
        self.linear = nn.Linear(2, 2)

    def forward(self, x):
        return self.kernel.forward(self.linear.forward(x), x)  # FWD101:48


def evaluate(kernel: Kernel, local: LocalProtocol, likelihood: Likelihood, x):
    kernel.forward(x, x)
    local.forward(x)
    likelihood.forward(x)
    RBFKernel().to("cuda").forward(x, x)
    return torch.compile(kernel).forward(x, x)


class Transform:
    def __call__(self, x):
        return self._call(x)


class TransformModule(Transform, nn.Module):
    """pyro's way: the call is the transform's, whose hooks nobody promised."""


class Mixed(torch.distributions.Transform, nn.Module):
    """The same with torch's own class."""


def transform(flow: TransformModule, mixed: Mixed, x):
    return flow.forward(x), mixed.forward(x)
