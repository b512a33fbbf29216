"""What helpers return: lists and tuples of Modules, and elements of them."""

from collections import OrderedDict, namedtuple
from contextlib import contextmanager, nullcontext
from typing import NamedTuple

import torch
from torch import nn


class Enc(nn.Module):
    def forward(self, x):
        return x


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.decoder = Enc()

    def forward(self, x):
        return self.decoder(x)


class Plain:
    def forward(self, x):
        return x


def one_list():
    return [Net()]


def both():
    return Net(), Plain()


def either(flag):
    if flag:
        return Net(), None
    return Net(), Enc()


def grown(count):
    nets = []
    for _ in range(count):
        nets.append(Net())
    return nets


def comprehension(count):
    return [Net() for _ in range(count)], count


def table():
    return {"net": Net(), "enc": Enc()}


def nested():
    return (Net(), Enc()), Plain()


def chosen(name):
    if name == "a":
        nets = [Net()]
    else:
        nets = [Enc(), Net()]
    return nets


def ordered():
    return OrderedDict([("a", Net()), ("b", Enc())])


def generated(count):
    for _ in range(count):
        yield Net()


def moved():
    nets = [Net(), Enc()]
    return [net.cuda() for net in nets]


def trained():
    net = Net()
    opt = torch.optim.SGD(net.parameters(), 0.1)
    return net, opt


def three_ways(kind):
    if kind == 1:
        return Net()
    elif kind == 2:
        return Enc()
    raise ValueError(kind)


def use(x):
    one_list()[0].forward(x)  # FWD101:19
    for net in one_list():
        net.forward(x)  # FWD101:13
    [net] = one_list()
    net.forward(x)  # FWD101:9
    net, plain = both()
    net.forward(x)  # FWD101:9
    plain.forward(x)
    both()[0].forward(x)  # FWD101:15
    both()[1].forward(x)
    both()[-2].forward(x)  # FWD101:16
    net, enc = either(x)
    net.forward(x)  # FWD101:9
    enc.forward(x)  # FWD101:9
    grown(3)[0].forward(x)  # FWD101:17
    grown(3)[-1].decoder.forward(x)  # FWD101:26
    nets, count = comprehension(3)
    nets[count - 1].forward(x)  # FWD101:21
    table()["net"].forward(x)  # FWD101:20
    (net, enc), plain = nested()
    net.forward(x)  # FWD101:9
    enc.forward(x)  # FWD101:9
    plain.forward(x)
    chosen("a")[0].forward(x)  # FWD101:20
    ordered()["a"].forward(x)  # FWD101:20
    next(generated(2)).forward(x)  # FWD101:24
    moved()[0].forward(x)  # FWD101:16
    net, _ = trained()
    net.forward(x)  # FWD101:9
    three_ways(1).forward(x)  # FWD101:19


class Models:
    def __init__(self):
        self.net, self.plain = both()
        self.nets = grown(2)
        self.all = {}
        for name, net in zip("ab", grown(2)):
            self.all[name] = net
        self.enc = None

    def build(self):
        self.enc = Enc()
        return self

    def use(self, x):
        self.net.forward(x)  # FWD101:18
        self.plain.forward(x)
        self.nets[0].forward(x)  # FWD101:22
        for net in self.nets:
            net.decoder.forward(x)  # FWD101:25
        self.all["a"].forward(x)  # FWD101:23
        self.build().enc.forward(x)  # FWD101:26


class Ensemble(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.models = nn.ModuleList([Net() for _ in range(count)])
        models = [Net(), Net()]
        self.more = nn.ModuleList(models)
        self.late = nn.ModuleList()
        for _ in range(count):
            self.late.append(Net())
        self.spread = nn.ModuleList()
        self.spread.extend([Net(), Net()])
        self.named = nn.ModuleDict()
        for name in "ab":
            self.named[name] = Net()
        self.mixed = nn.ModuleList([Net(), Enc()])
        self.sequence = nn.Sequential(*[Net() for _ in range(count)])
        self.listed = nn.ModuleList(grown(count))

    def forward(self, x):
        for m in self.models:
            m.decoder.forward(x)  # FWD101:23
        for m in self.more:
            m.decoder.forward(x)  # FWD101:23
        for m in self.late:
            m.decoder.forward(x)  # FWD101:23
        for m in self.spread:
            m.decoder.forward(x)  # FWD101:23
        for m in self.named.values():
            m.decoder.forward(x)  # FWD101:23
        for _, m in self.named.items():
            m.decoder.forward(x)  # FWD101:23
        for m in self.sequence:
            m.decoder.forward(x)  # FWD101:23
        for m in self.listed:
            m.decoder.forward(x)  # FWD101:23
        for m in self.mixed:
            m.forward(x)  # FWD101:15
        self.models[0].decoder.forward(x)  # FWD101:32
        self.models[-1].decoder.forward(x)  # FWD101:33
        return [m.decoder.forward(x) for m in self.models]  # FWD101:27


class Switch(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Enc()

    def __enter__(self):
        return self

    def __exit__(self, *args):
        return None

    @contextmanager
    def evaluating(self):
        was = self.training
        self.eval()
        try:
            yield self
        finally:
            self.train(was)

    @contextmanager
    def part(self):
        yield self.inner

    def forward(self, x):
        return self.inner(x)

    def own(self, x):
        with self as net:
            net.forward(x)  # FWD101:17
        with self.evaluating() as net:
            net.forward(x)  # FWD101:17


class Child(Switch):
    pass


@contextmanager
def evaluating(net):
    net.eval()
    yield net


@contextmanager
def made():
    net = Net()
    yield net


class Guard:
    def __init__(self, net: Net):
        self.net = net

    def __enter__(self):
        return self.net

    def __exit__(self, *args):
        return None


def contexts(x):
    net = Switch()
    with net.evaluating() as m:
        m.forward(x)  # FWD101:11
    with net as m:
        m.forward(x)  # FWD101:11
    with net.part() as m:
        m.forward(x)  # FWD101:11
    with Child().evaluating() as m, made() as other:
        m.forward(x)  # FWD101:11
        m.inner.forward(x)  # FWD101:17
        other.forward(x)  # FWD101:15
    with Guard(Net()) as m:
        m.forward(x)  # FWD101:11
    with nullcontext(Net()) as m:
        m.forward(x)  # FWD101:11
    with open("x") as file, torch.no_grad() as nothing:
        file.forward(x)
        nothing.forward(x)
