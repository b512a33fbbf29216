"""What torch.compile returns calls the module it was given: its hooks run."""

import torch
from torch import nn
from torch.distributed.nn import RemoteModule
from torch.distributed.rpc import RRef
from torch.utils.checkpoint import checkpoint


class Net(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.fast = torch.compile(self.layer)
        self.model = torch.compile(model)
        self.model.eval()

    def forward(self, x):
        x = self.fast.forward(x)
        x = checkpoint(self.fast.forward, x)
        x = self.model.forward(x)
        return self.layer.forward(x)  # FWD101:27


class Shared:
    fast = torch.compile(nn.Linear(2, 2))

    def run(self, x):
        return self.fast.forward(x) + Shared.fast.forward(x)


def compiled(net: Net, model, x):
    torch.compile(net).forward(x)
    fast = torch.compile(net, mode="max-autotune")
    fast.forward(x)
    fast.eval().forward(x)
    fast.layer.forward(x)  # FWD101:16
    torch.compile(model=Net(net)).cuda().forward(x)
    torch.compile(mode="default")(net).forward(x)
    torch.compile(nn.DataParallel(net)).forward(x)
    declared: Net = torch.compile(net)
    declared.forward(x)
    any_module: nn.Module = torch.compile(x.model)
    any_module.forward(x)
    model = torch.compile(model)
    model.train()
    model.forward(x)
    net = torch.compile(net)
    net.forward(x)


def maybe(net: Net, is_fast, x):
    if is_fast:
        net = torch.compile(net)
    net.forward(x)


def function(x):
    step = torch.compile(make)
    step().forward(x)  # FWD101:12


def make():
    return Net(None)


def remote(net: RRef, x):
    net.rpc_sync().forward(x)
    net.remote().forward(x)
    RemoteModule("worker", nn.Linear, (2, 2)).forward(x)


class Mine(RemoteModule):
    def run(self, x):
        return self.forward(x)
