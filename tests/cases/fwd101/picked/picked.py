"""Classes that are picked by a variable name."""

import importlib

import torch
import torchvision
from torch import nn
from torchvision import models

from . import various


class Net(nn.Module):
    pass


class Broken(Exception):
    pass


def make_net():
    return Net()


def measure(net):
    return net.score


def of_libraries(name, x):
    models.__dict__[name](pretrained=True).forward(x)  # FWD101:44
    models.__dict__["resnet18"]().forward(x)  # FWD101:35
    getattr(torchvision.models, name)().forward(x)  # FWD101:41
    getattr(nn, name)().forward(x)  # FWD101:25
    getattr(nn.functional, name)().forward(x)
    getattr(torch.optim, name)().forward(x)
    zoo = importlib.import_module(f"torchvision.models.{name}")
    getattr(zoo, name)().forward(x)  # FWD101:26
    unknown = importlib.import_module(name)
    getattr(unknown, name)().forward(x)


def of_this_module(name, x):
    globals()[name]().forward(x)  # FWD101:23
    globals()["Net"]().forward(x)  # FWD101:24
    globals()["measure"](x).forward(x)
    nets = {"net": Net, "relu": nn.ReLU}
    nets[name]().forward(x)  # FWD101:18
    vars(x)[name]().forward(x)
    x.__dict__[name]().forward(x)


def of_another_module(name, x):
    """It has plain classes, too."""
    getattr(various, name)().forward(x)
