"""Multiple inheritance, and attributes that are set by a call or through __dict__."""

import torch
from torch import nn


class Net(nn.Module):
    def forward(self, x):
        return x


class Plain:
    def forward(self, x):
        return x


class Mixin:
    def __init__(self, m: nn.Module):
        self.m = m
        self.own = Net()
        self.plain = Plain()
        self.train = Net()

    def make(self):
        return Net()


class First(nn.Module, Mixin):
    def __init__(self, m):
        nn.Module.__init__(self)
        Mixin.__init__(self, m)

    def forward(self, x):
        self.m.forward(x)  # FWD101:16
        self.own.forward(x)  # FWD101:18
        self.plain.forward(x)
        self.make().forward(x)  # FWD101:21
        self.train.forward(x)
        self.cuda().make().forward(x)  # FWD101:28


class Second(nn.Linear, Mixin):
    def use(self, x):
        self.own.forward(x)  # FWD101:18


class Hidden(nn.Module):
    def __init__(self, teacher: Net):
        super().__init__()
        object.__setattr__(self, "teacher", teacher)
        self.__dict__["student"] = teacher
        super().__setattr__("third", teacher)
        self.__setattr__("fourth", Net())
        nn.Module.__setattr__(self, "fifth", Net())
        object.__setattr__(self, "plain", Plain())
        self.__dict__["other"] = Plain()
        self.add_module("added", Net())
        self.register_module("registered", Net())
        setattr(self, "set", Net())

    def forward(self, x):
        self.teacher.forward(x)  # FWD101:22
        self.student.forward(x)  # FWD101:22
        self.third.forward(x)  # FWD101:20
        self.fourth.forward(x)  # FWD101:21
        self.fifth.forward(x)  # FWD101:20
        self.plain.forward(x)
        self.other.forward(x)
        self.added.forward(x)  # FWD101:20
        self.registered.forward(x)  # FWD101:25
        self.set.forward(x)  # FWD101:18
        return x


class Delegating(nn.Module):
    def __init__(self, inner: First):
        super().__init__()
        self.inner = inner

    def __getattr__(self, name):
        try:
            return super().__getattr__(name)
        except AttributeError:
            return getattr(self.inner, name)

    def forward(self, x):
        return self.inner(x)


def delegated(d: Delegating, x):
    d.inner.own.forward(x)  # FWD101:17


class Diamond(First, Mixin):
    def use(self, x):
        self.own.forward(x)  # FWD101:18
        self.unknown.forward(x)


class Trained(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = Net()

    def fit(self, x):
        model = self.train()
        model.net.forward(x)  # FWD101:19
        torch.compile(self.net)
        return self.eval().net.forward(x)  # FWD101:32
