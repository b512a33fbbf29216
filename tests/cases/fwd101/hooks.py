"""Functions beside hooks: what only looks like one, or has the name of one."""

import functools

import torch
from torch import nn


def step(model: nn.Module, inputs, outputs):
    return model.forward(inputs) - outputs  # FWD101:18


def train(model: nn.Module, data):
    return [step(model, inputs, outputs) for inputs, outputs in data]


def compare(model: nn.Module, inputs, outputs):
    return model.forward(inputs) - outputs  # FWD101:18


def check(module: nn.Module, inputs, outputs):
    return module.forward(inputs) - outputs  # FWD101:19


class Checks:
    def all(self, module: nn.Module, pairs):
        return [check(module, *pair) for pair in pairs]


class Store:
    def update(self, x):
        self.last = x


class Metric:
    def __init__(self, net: nn.Module):
        self.net = net

    def update(self, x):
        return self.net.forward(x)  # FWD101:25

    def print(self, x):
        return self.net.forward(x)  # FWD101:25

    def size(self, x):
        return self.net.forward(x)  # FWD101:25

    def name(self, x):
        return self.net.forward(x)  # FWD101:25


class Recorded(nn.Module):
    def __init__(self, name):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.store = Store()
        self.seen = []
        self.layer.register_forward_hook(lambda m, i, o: self.store.update(o))
        self.layer.register_forward_hook(lambda m, i, o: self.seen.append(o))
        self.layer.register_forward_hook(lambda m, i, o: print(name, o.size()))
        self.layer.register_forward_hook(make_hook(self.layer.forward(torch.ones(2))))  # FWD101:63

    def append(self, x):
        return self.layer.forward(x)  # FWD101:27

    def forward(self, x):
        y = self.layer.forward(x)  # FWD101:24
        self.layer.forward(y).register_hook(print)  # FWD101:20
        return y


def make_hook(start):
    start = nn.Linear(2, 2).forward(start)  # FWD101:29

    def run(m: nn.Linear, i, o):
        return m.forward(start)

    return run


class Pair:
    def after(self, m: nn.Module, i, o):
        return m.forward(*i)

    def attach(self, m: nn.Module):
        m.register_forward_hook(functools.partial(self.after, m))


class Other:
    def after(self, m: nn.Module, i, o):
        return m.forward(*i)  # FWD101:18


class Heir(Pair):
    def after(self, m: nn.Module, i, o):
        return m.forward(*i)
