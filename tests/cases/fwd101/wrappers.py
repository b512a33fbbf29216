"""What DataParallel and its like hold."""

import torch
from torch import nn
from torch.distributed.fsdp import FullyShardedDataParallel as FSDP
from torch.nn.parallel import DistributedDataParallel
from torch.nn.parallel import DistributedDataParallel as DDP


class Inner(nn.Module):
    def forward(self, x):
        return x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc = Inner()
        self.size = 3

    def forward(self, x):
        return self.enc(x)


class Plain:
    def __init__(self, module):
        self.module = module
        self.enc = module

    def forward(self, x):
        return x


def annotated(a: DDP, b: nn.DataParallel, c: FSDP, d: "DDP | nn.DataParallel", x):
    a.forward(x)  # FWD101:7
    a.module.forward(x)  # FWD101:14
    b.module.forward(x)  # FWD101:14
    c.module.forward(x)  # FWD101:14
    d.module.forward(x)  # FWD101:14
    a.module.module.forward(x)
    a.other.forward(x)
    a.module.part.forward(x)


def constructed(model, x):
    DDP(model).module.forward(x)  # FWD101:23
    wrapped = nn.DataParallel(model)
    wrapped.module.forward(x)  # FWD101:20
    wrapped.forward(x)  # FWD101:13
    Plain(model).module.forward(x)  # FWD101:25


def tested(model, x):
    if isinstance(model, DistributedDataParallel):
        model.module.forward(x)  # FWD101:22
    if isinstance(model, (nn.DataParallel, DDP)):
        model = model.module
        model.forward(x)  # FWD101:15
    model.forward(x)


def proven(model: nn.Module, x):
    if isinstance(model, (nn.DataParallel, DDP)):
        model = model.module
    model.forward(x)  # FWD101:11


def stripped(model: nn.Module, x):
    raw = model.module if isinstance(model, nn.DataParallel) else model
    raw.forward(x)  # FWD101:9
    raw = model.module if hasattr(model, "module") else model
    raw.forward(x)  # FWD101:9
    raw = getattr(model, "module", model)
    raw.forward(x)  # FWD101:9


def by_statement(model: nn.Module, x):
    if hasattr(model, "module"):
        model = model.module
    model.forward(x)  # FWD101:11


def by_loop(model: nn.Module, x):
    while hasattr(model, "module"):
        model = model.module
    model.forward(x)  # FWD101:11


def into_another(model: nn.Module, x):
    if hasattr(model, "module"):
        raw = model.module
    else:
        raw = model
    raw.forward(x)  # FWD101:9
    if not hasattr(model, "module"):
        other = model
    else:
        other = model.module
    other.forward(x)  # FWD101:11


def unknown(model, x):
    model = model.module if hasattr(model, "module") else model
    model.forward(x)


def known(parallel, x):
    net = Net()
    if parallel:
        net = nn.DataParallel(net)
    if hasattr(net, "module"):
        net = net.module
    net.forward(x)  # FWD101:9
    net.enc.forward(x)  # FWD101:13


def either_of_them(parallel, x):
    net = Net()
    if parallel:
        net = nn.DataParallel(net)
    net.forward(x)  # FWD101:9
    net.module.enc.forward(x)  # FWD101:20
    net.module.forward(x)  # FWD101:16
    net.enc.forward(x)  # FWD101:13
    net.module.size.forward(x)


def plain(value: Plain, x):
    value = value.module if hasattr(value, "module") else value
    value.forward(x)


def make(parallel):
    net = Net()
    return torch.nn.DataParallel(net) if parallel else net


make(1).module.enc.forward(1)  # FWD101:20


class Trainer:
    def __init__(self, parallel):
        self.net = Net()
        if parallel:
            self.net = DDP(self.net)
        self.raw = self.net.module if parallel else self.net

    def step(self, x):
        self.net.module.enc.forward(x)  # FWD101:29
        self.raw.enc.forward(x)  # FWD101:22
        if isinstance(self.net, DDP):
            self.net.module.forward(x)  # FWD101:29
            self.net.module.enc.forward(x)  # FWD101:33
        net = self.net.module if hasattr(self.net, "module") else self.net
        net.enc.forward(x)  # FWD101:17


class Holder(nn.Module):
    def __init__(self):
        super().__init__()
        self.module = Plain(1)

    def forward(self, x):
        return x


def own_module(x):
    holder = Holder()
    raw = holder.module if hasattr(holder, "module") else holder
    raw.forward(x)


def unwrap(model: nn.Module) -> nn.Module:
    return model.module if hasattr(model, "module") else model


def unwrapped(model):
    return model.module if hasattr(model, "module") else model


def through_functions(model: nn.Module, x):
    unwrap(model).forward(x)  # FWD101:19
