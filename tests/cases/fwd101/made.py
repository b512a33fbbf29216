"""Objects that generators and class methods make."""

import contextlib
from typing import Type, TypeVar

from torch import nn
from typing_extensions import Self

T = TypeVar("T", bound="Makes")


class Makes:
    """Not a Module itself: what its methods make is of the class they are called on."""

    @classmethod
    def typed(cls: Type[T]) -> T:
        return cls()

    @classmethod
    def self_typed(cls) -> Self:
        return cls()

    @classmethod
    def untyped(cls):
        made = cls()
        made.ready = True
        return made

    def same(self):
        return self

    def forward(self, x):
        return x

    @classmethod
    def plain(cls):
        return Makes()


class Net(Makes, nn.Module):
    pass


def makes(x):
    Net.typed().forward(x)  # FWD101:17
    Net.self_typed().forward(x)  # FWD101:22
    Net.untyped().forward(x)  # FWD101:19
    Net().same().forward(x)  # FWD101:18
    Net.plain().forward(x)
    Makes.typed().forward(x)
    Makes.untyped().forward(x)
    Makes().same().forward(x)


def layers():
    for width in range(3):
        layer = nn.Linear(width, width)
        yield layer, width


def more_layers():
    yield from [nn.ReLU(), nn.Tanh()]
    got = yield nn.GELU()
    yield got or nn.ReLU()


def not_only_layers():
    yield nn.ReLU()
    yield 3


@contextlib.contextmanager
def lent():
    yield nn.Linear(2, 2)


def generators(x):
    for layer, width in layers():
        layer.forward(x)  # FWD101:15
        width.forward(x)
    for layer in more_layers():
        layer.forward(x)
    next(layers())[0].forward(x)  # FWD101:23
    for item in not_only_layers():
        item.extra.forward(x)
    with lent() as layer:
        layer.forward(x)  # FWD101:15
    layers().forward(x)


class Factory:
    def __call__(self):
        return nn.Linear(2, 2)


class Builder(nn.Module):
    def forward(self, x):
        return nn.Linear(2, 2)


def called_objects(x):
    factory, builder = Factory(), Builder()
    factory().forward(x)  # FWD101:15
    builder(2).forward(x)  # FWD101:16
    factory.forward(x)


def sequences(x):
    repeated = [nn.Linear(2, 2)] * 2
    repeated[0].forward(x)  # FWD101:17
    formatted = [nn.Linear(2, 2)] % x
    formatted[0].forward(x)


def given_a_list(nets, x):
    nets[0].forward(x)  # FWD101:13


given_a_list([nn.Linear(2, 2)], 1)
