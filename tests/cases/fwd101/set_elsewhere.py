"""Attributes that another method, class or initializer sets."""

from unittest import TestCase

import elsewhere
from torch import nn


class Net(nn.Module):
    def forward(self, x):
        return x


class Plain:
    def forward(self, x):
        return x


class Filled(TestCase):
    net = None
    other = None

    def setUp(self):
        self.net = Net()

    @classmethod
    def setUpClass(cls):
        cls.shared = Net()
        cls.other = Plain()

    def test(self):
        self.net.forward(1)  # FWD101:18
        self.shared.forward(1)  # FWD101:21
        self.other.forward(1)


class Base(TestCase):
    net = None
    made = None
    mixed = None
    unsure = None

    def make(self):
        raise NotImplementedError

    def check(self, x):
        self.net.forward(x)  # FWD101:18
        self.made.forward(x)  # FWD101:19
        self.mixed.forward(x)
        self.unsure.forward(x)


class First(Base):
    def setUp(self):
        self.net = Net()
        self.mixed = Plain()
        self.unsure = elsewhere.net()

    def make(self):
        self.made = Net()

    def test(self):
        self.net.forward(1)  # FWD101:18
        self.made.forward(1)  # FWD101:19


class Second(Base):
    @classmethod
    def setUpClass(cls):
        cls.net = Net()
        cls.unsure = Net()

    def make(self):
        self.made = Net()
        self.mixed = Net()


class Setter:
    net = None

    def set(self, net):
        self.net = net

    def use(self, x):
        self.net.forward(x)  # FWD101:18


setter = Setter()
setter.set(Net())


class Pytest:
    def setup_method(self, method):
        self.net = Net()

    @classmethod
    def setup_class(cls):
        cls.shared = Net()

    def test(self):
        self.net.forward(1)  # FWD101:18
        self.shared.forward(1)  # FWD101:21
        type(self).shared.forward(1)  # FWD101:27


class Holder(nn.Module):
    def __init__(self, m: nn.Module):
        super().__init__()
        self.m = m
        self.own = Net()

    def forward(self, x):
        return self.m(x)


class Mixin:
    def __init__(self, name):
        self.name = name
        self.label = Plain()


class Both(Mixin, Holder):
    def __init__(self, m):
        Mixin.__init__(self, "both")
        Holder.__init__(self, m)

    def use(self, x):
        self.m.forward(x)  # FWD101:16
        self.own.forward(x)  # FWD101:18
        self.name.forward(x)
        self.label.forward(x)


class Made:
    @classmethod
    def create(cls):
        self = cls()
        self.net = Net()
        return self

    def use(self, x):
        self.net.forward(x)  # FWD101:18


class New:
    def __new__(cls):
        self = super().__new__(cls)
        self.net = Net()
        return self

    def use(self, x):
        self.net.forward(x)  # FWD101:18


class Lazy:
    _net = None

    @property
    def net(self):
        if self._net is None:
            self._net = Net()
        return self._net

    @property
    def other(self):
        if not hasattr(self, "_other"):
            self._other = Net()
        return self._other

    def use(self, x):
        self.net.forward(x)  # FWD101:18
        self.other.forward(x)  # FWD101:20


class Single:
    _instance = None

    def __init__(self):
        self.net = Net()

    @classmethod
    def get(cls):
        if cls._instance is None:
            cls._instance = cls()
        return cls._instance


Single.get().net.forward(1)  # FWD101:18


class Listed:
    def __init__(self):
        self.nets = []
        self.plain = []

    def use(self, x):
        self.nets[0].forward(x)
        self.plain[0].forward(x)


class Adding(Listed):
    def add(self, item):
        self.nets.append(Net())
        self.plain.append(item)

    def again(self, x):
        self.nets[0].forward(x)  # FWD101:22
        self.plain[0].forward(x)
