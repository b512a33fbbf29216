"""Attributes with the names of Module's methods: data, Modules, functions."""

import types
from typing import Callable, Optional

import torch
from torch import nn
from torch.nn import Parameter


class Flags(nn.Module):
    def __init__(self, cuda: bool, half=False, double: Optional[int] = None):
        super().__init__()
        self.train = True  # FWD213:14
        self.cuda = cuda  # FWD213:14
        self.half = half  # FWD213:14
        self.double = double  # FWD213:14
        self.eval: bool = not cuda  # FWD213:14
        self.float = cuda and torch.cuda.is_available()  # FWD213:14
        self.cpu = 1 if cuda else 0  # FWD213:14
        self.compile = half == "full"  # FWD213:14


class Collections(nn.Module):
    def __init__(self, names: list[str], args, config):
        super().__init__()
        self.children = []  # FWD213:14
        self.parameters = {"lr": 0.1}  # FWD213:14
        self.modules = [nn.Linear(2, 2) for _ in names]  # FWD213:14
        self.named_modules = dict(first=1)  # FWD213:14
        self.buffers = names  # FWD213:14
        self.to = f"{len(names)}"  # FWD213:14
        self.apply = args.apply  # FWD213:14
        self.state_dict = config["state_dict"]  # FWD213:14
        self.named_parameters = list(names)  # FWD213:14
        self.zero_grad = len(names)  # FWD213:14
        self.load_state_dict = torch.zeros(3)  # FWD213:14
        self.extra_repr = "text"  # FWD213:14

    def forward(self, x):
        self.requires_grad_ = x is None  # FWD213:14
        return x


class Layers(nn.Module):
    def __init__(self, layers):
        super().__init__()
        self.modules = nn.ModuleList(layers)  # FWD213:14
        self.apply = nn.Linear(2, 2)  # FWD213:14
        self.children = nn.Sequential(*layers)  # FWD213:14
        self.parameters = Parameter(torch.ones(2))  # FWD213:14
        self.buffers = nn.Parameter(torch.ones(2))  # FWD213:14


class Named(nn.Module):
    def __init__(self, is_train, use_cuda, *, num_buffers, cuda, used_cpu):
        super().__init__()
        self.train = is_train  # FWD213:14
        self.cuda = use_cuda  # FWD213:14
        self.buffers = num_buffers  # FWD213:14
        self.half = cuda
        self.cpu = used_cpu


class Iterators(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.parameters = self.layer.parameters()  # FWD213:14
        self.state_dict = self.layer.state_dict()  # FWD213:14
        self.named_parameters = list(self.named_parameters())  # FWD213:14
        self.eval, self.rate = False, 0.1  # FWD213:14
        [self.to, self.rate] = "cpu", 0.1  # FWD213:15
        self.xpu = True  # FWD213:14


def evaluate(net: Flags, other: nn.Module, unknown):
    net.train = False  # FWD213:9
    other.eval = True  # FWD213:11
    Layers([]).cuda = True  # FWD213:16
    net.layer.train = False
    unknown.train = False
    net.train = unknown
    net.eval = net.train
    other.eval = None


class Holder(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Linear(2, 2)
        self.plain = Dataset()

    def freeze(self):
        self.net.train = False  # FWD213:18
        self.plain.train = False


class Override(nn.Module):
    """The method that is hidden may be the class's own."""

    def __init__(self):
        super().__init__()
        self.train = False  # FWD213:14

    def train(self, mode=True):
        return super().train(mode)


class Functions(nn.Module):
    def __init__(self, apply: Callable, compile, other: nn.Module, to=None):
        super().__init__()
        self.apply = apply
        self.compile = compile
        self.to = to
        self.eval = lambda: self
        self.train = self.switch
        self.cuda = types.MethodType(switch, self)
        self.state_dict = other.state_dict
        self.parameters = other.parameters
        self.forward = other.forward
        self.double = None
        self.half = make()
        self.float = self.options.float
        self.modules, self.children = other.modules, other.children

    def switch(self, mode=True):
        return self


class OtherNames(nn.Module):
    def __init__(self, optimizer, opt, values, *args):
        super().__init__()
        self.type = "residual"
        self.training = True
        self.forward = None
        self.layers = nn.ModuleList()
        self.device = "cpu"
        self.train_mode = True
        self.zero_grad = opt.zero_grad
        self.compile = args[0]
        self.to = values[0]
        self.children: list
        self.inner.train = True
        optimizer.train = True
        del self.modules
        if self.train == True:
            print(self.cuda)


class Property(nn.Module):
    @property
    def cuda(self):
        return self._cuda

    @cuda.setter
    def cuda(self, value):
        self._cuda = value

    def use(self):
        self.cuda = True


class Declared(nn.Module):
    children = ()

    def __init__(self):
        super().__init__()
        self.children = []


class Inherits(Property, Declared):
    def reset(self):
        self.cuda = False
        self.children = []


def change(net: Property, other: Inherits):
    net.cuda = True
    other.children = []


class OwnSetattr(nn.Module):
    def __setattr__(self, name, value):
        super().__setattr__("_" + name, value)

    def use(self):
        self.train = True


class Others(nn.Module):
    @staticmethod
    def set(self):
        self.train = True

    @classmethod
    def make(cls):
        cls.train = True

    def patch(self):
        def train(self):
            self.train = True

        return train


class Dataset:
    def __init__(self):
        self.train = True


class Unproven(Missing):
    def __init__(self):
        self.train = True
        self.modules = nn.ModuleList()


def switch(self):
    self.train = True
