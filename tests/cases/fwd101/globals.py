"""Names that functions declare global, properties with setters, endless loops."""

import random
from typing import Callable

import elsewhere
from torch import nn


class Net(nn.Module):
    def forward(self, x):
        return x


class Plain:
    def forward(self, x):
        return x


model = None
other = None
mixed = Net()
table = {}


def load():
    global model, other, mixed, late
    model = Net()
    other = elsewhere.load()
    mixed = Plain()
    late = Net()
    local = Net()
    model.forward(1)  # FWD101:11
    return local


def use(x):
    model.forward(x)  # FWD101:11
    late.forward(x)  # FWD101:10
    other.forward(x)
    mixed.forward(x)
    local.forward(x)


def shadowed(x):
    model = Plain()
    model.forward(x)


class Property:
    def __init__(self, net: Net):
        self._net = net
        self._plain = Plain()

    @property
    def net(self):
        return self._net

    @net.setter
    def net(self, value: Net):
        self._net = value

    @net.deleter
    def net(self):
        del self._net

    @property
    def plain(self):
        return self._plain

    @plain.setter
    def plain(self, value):
        self._plain = value

    def use(self, x):
        self.net.forward(x)  # FWD101:18
        self.plain.forward(x)


def endless(x):
    net = Plain()
    while True:
        net = Net()
        if x:
            break
    net.forward(x)  # FWD101:9
    other = Plain()
    while x:
        other = Net()
    other.forward(x)


def one_of(x):
    random.choice([Net(), Net()]).forward(x)  # FWD101:35
    max([Net()], key=id).forward(x)  # FWD101:26
    min(Net(), Net(), key=id).forward(x)  # FWD101:31
    random.sample([Net()], 1)[0].forward(x)  # FWD101:34
    max([Plain()], key=id).forward(x)


class Makers:
    make: Callable[[], nn.Module] = None

    def __init__(self, of: "Callable[..., Net]", plain: Callable[[int], Plain]):
        self.of = of
        self.plain = plain

    def use(self, x, any_of: Callable, torch_of: Callable[[int], int]):
        self.make().forward(x)  # FWD101:21
        self.of(x).forward(x)  # FWD101:20
        self.plain(1).forward(x)
        any_of(x).forward(x)
        torch_of(x).forward(x)


def returned(x):
    while True:
        if x:
            return Net()
        x = elsewhere.more(x)


returned(1).forward(1)  # FWD101:13
served = Net()


def serve(x):
    return served.forward(x)  # FWD101:19


while True:
    serve(elsewhere.wait())
