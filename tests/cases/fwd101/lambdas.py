"""Lambdas: what their parameters hold."""

import elsewhere
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(1, 1)

    def forward(self, x):
        return x

    def later(self):
        return lambda x, net=self.inner: net.forward(x)  # FWD101:46


class Plain:
    def forward(self, x):
        return x


net = Net()
plain = Plain()
one = lambda x, net=net: net.forward(x)  # FWD101:30
two = lambda x, *, net=net: net.forward(x)  # FWD101:33
three = lambda x, plain=plain: plain.forward(x)
four = lambda net: net.forward(1)
five = lambda *net: net.forward(1)
six = lambda x, net=None: net.forward(x)
seven = lambda x, **net: net.forward(x)
eight = lambda x, net=net: (lambda y, net=net: net.forward(y))  # FWD101:52
nine = [lambda x, m=m: m.forward(x) for m in [Net(), Net()]]  # FWD101:26
ten = lambda x, first=plain, net=net: net.forward(x)  # FWD101:43
eleven = lambda x, net=elsewhere.net: net.forward(x)
twelve = lambda x: net.forward(x)  # FWD101:24
named = {k: (lambda x, k=k, m=m: m.forward(x)) for k, m in {"a": Net()}.items()}  # FWD101:36


def after(x):
    keep = lambda net: net
    net.forward(x)  # FWD101:9
    keep(net).forward(x)
    keep(plain).forward(x)
    default = lambda net=net: net
    default().forward(x)  # FWD101:15


def mapped(nets, x):
    outs = list(map(lambda m: m.forward(x), [Net(), Net()]))  # FWD101:33
    outs += map(lambda m: m.forward(x), nets)
    outs += map(lambda m, y: m.forward(y), [Net()], [x])  # FWD101:32
    kept = list(filter(lambda m: m.forward(x), [Net()]))  # FWD101:36
    return outs, kept


def shadowed(map, x):
    return map(lambda m: m.forward(x), [Net()])
