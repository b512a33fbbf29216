"""What returns the Module it is given: chains of methods, copies, wrappers."""

import copy
from copy import deepcopy

import torch
from torch import nn
from torch.nn import DataParallel
from torch.nn.parallel import DistributedDataParallel as DDP


class Net(nn.Module):
    def forward(self, x):
        return x


def chains(x, device):
    Net().to(device).forward(x)  # FWD101:22
    Net().cuda().forward(x)  # FWD101:18
    Net().cpu().double().forward(x)  # FWD101:26
    Net().eval().to(device).forward(x)  # FWD101:29
    Net().train(False).half().forward(x)  # FWD101:31
    Net().float().requires_grad_(False).forward(x)  # FWD101:41
    net = Net().to(device=device, dtype=torch.float16)
    net = net.cuda() if torch.cuda.is_available() else net
    net.forward(x)  # FWD101:9
    return (
        Net()
        .to(device)
        .eval()
        .forward(x)  # FWD101:10
    )


def submodules(net: Net, x):
    net.get_submodule("layer.0").forward(x)  # FWD101:34
    net.apply(print).forward(x)  # FWD101:22
    net.parameters().forward(x)
    net.state_dict().forward(x)


def copies(net: Net, x):
    copy.deepcopy(net).forward(x)  # FWD101:24
    deepcopy(net).eval().forward(x)  # FWD101:26
    copy.copy(net).forward(x)  # FWD101:20
    ema = deepcopy(net)
    ema.forward(x)  # FWD101:9
    clones = nn.ModuleList([deepcopy(net) for _ in range(3)])
    clones[0].forward(x)  # FWD101:15


def compiled(net: Net, x):
    net.compile()
    net.forward(x)  # FWD101:9


def parallel(net: Net, x):
    wrapped = DataParallel(net)
    wrapped.forward(x)  # FWD101:13
    wrapped.module.forward(x)  # FWD101:20
    nn.DataParallel(net, device_ids=[0]).cuda().forward(x)  # FWD101:49
    ddp = DDP(net, device_ids=[0])
    ddp.forward(x)  # FWD101:9
    ddp.module.forward(x)  # FWD101:16
    torch.nn.parallel.DistributedDataParallel(net).module.forward(x)  # FWD101:59
    net = DDP(module=net)
    net.module.forward(x)  # FWD101:16


def unknown_inside(build, x):
    ddp = DDP(build())
    ddp.forward(x)  # FWD101:9


class Parallel:
    def __init__(self, net: nn.Module):
        self.net = DDP(net.cuda())

    def step(self, x):
        return self.net.module.forward(x)  # FWD101:32


def not_torch(compile, net: Net, x):
    compile(net).forward(x)
    net.to_dict().forward(x)


def of_its_class(net: Net, x):
    net.__class__().forward(x)  # FWD101:21
    net.__class__.forward(net, x)


def scripted(net: Net, function, x):
    torch.jit.script(net).forward(x)  # FWD101:27
    torch.jit.freeze(torch.jit.script(net)).forward(x)  # FWD101:45
    torch.jit.load("net.pt").forward(x)  # FWD101:30
    torch.jit.script(function).forward(x)


class Other:
    """No Module: what is unknown may be one of these."""

    def forward(self, *args):
        return args
