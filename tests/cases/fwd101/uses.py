"""Objects of unknown origin, proven by uses that only Modules allow."""

import torch
from somewhere import load, wrap
from torch import nn


def called(a, b, c, x):
    a.register_full_backward_pre_hook(x)
    a.forward(x)  # FWD101:7
    b.eval()
    b.forward(x)  # FWD101:7
    c.eval("x + 1")
    c.forward(x)


def read(a, b, c, d, x):
    was_training = a.training
    a.forward(x)  # FWD101:7
    width = b.in_features
    b.forward(x)  # FWD101:7
    c.training = was_training
    c.forward(x)
    d.width = width
    d.forward(x)


def moved_and_switched(a, b, c, d, x):
    a = a.to("cpu")
    a.train()
    a.forward(x)  # FWD101:7
    b.train()
    b.forward(x)
    c.to("cpu")
    c.forward(x)
    d.to("cpu")
    d.train(x)
    d.forward(x)


def held(a, b, c, d, e, f, x, device):
    nn.Sequential(a, nn.ReLU())
    a.forward(x)  # FWD101:7
    nn.ModuleList([b])
    b.forward(x)  # FWD101:7
    nn.ModuleDict({"c": c})
    c.forward(x)  # FWD101:7
    torch.nn.DataParallel(d, device)
    d.forward(x)  # FWD101:7
    device.forward(x)
    x.add_module("e", e)
    e.forward(x)  # FWD101:7
    wrap.Sequential(f)
    f.forward(x)


def elements(models, state, x):
    for index in range(3):
        models[index].eval()
    for other in range(3):
        models[other].forward(x)  # FWD101:23
    state["model"].eval()
    state["model"].forward(x)  # FWD101:20
    state["sampler"].forward(x)
    state[x].forward(x)


def in_part_known(flag, x):
    net = nn.Linear(2, 2) if flag else load("net")
    net.eval()
    net.forward(x)  # FWD101:9
    other = nn.Linear(2, 2) if flag else load("net")
    other.forward(x)
    plain = "resnet" if flag else nn.Linear(2, 2)
    plain.forward(x)  # FWD101:11
    for model, name in [(nn.Linear(2, 2), "a"), (load("b"), "b")]:
        model.eval()
        model.forward(name)  # FWD101:15


class Holder:
    def __init__(self, module, other):
        self.module = module
        self.other = other

    def use(self, x):
        self.other.forward(x)
        return self.module.forward(x)  # FWD101:28


class SpecialHolder(Holder):
    def shape(self):
        return self.module.weight.shape


def used_around(holder, x):
    """A method means the variable around its class, not the class's attribute."""
    holder.net.eval()

    class Trainer:
        holder = load("name")

        def step(self):
            holder.other.forward(x)
            return holder.net.forward(x)  # FWD101:31

    def inner(y):
        return holder.net.forward(y)  # FWD101:27

    return Trainer, inner


class Attributes:
    holder = load("holder")
    holder.net.eval()

    def step(self, holder, x):
        return holder.net.forward(x)
