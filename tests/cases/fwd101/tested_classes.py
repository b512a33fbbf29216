"""isinstance tests: aliases of classes, classes of containers, unknown classes."""

import collections.abc
import numbers
import typing
from collections.abc import Iterable, Mapping, Sequence
from typing import List, Optional, Tuple, Union

import elsewhere
import torch
from torch import nn
from torch.nn import Conv2d, Linear

TYPES = (nn.Linear, nn.Conv2d)
ONE = Linear | Conv2d
MANY = Union[Linear, Conv2d]
NESTED = (TYPES, nn.ReLU)
ADDED = TYPES + (nn.ReLU,)
LIST = tuple([nn.Linear, nn.Conv2d])
MIXED = (nn.Linear, torch.Tensor)
UNSURE = (nn.Linear, elsewhere.Layer)
GROWN = (nn.Linear,)
GROWN += (nn.Conv2d,)


class Net(nn.Module):
    kinds = (nn.Linear, nn.Conv2d)

    def __init__(self):
        super().__init__()
        self.types = (nn.Linear, Conv2d)

    def forward(self, x):
        return x

    def walk(self, layer, x):
        if isinstance(layer, self.kinds):
            layer.forward(x)  # FWD101:19
        if isinstance(layer, self.types):
            layer.forward(x)  # FWD101:19
        if isinstance(layer, Net.kinds):
            layer.forward(x)  # FWD101:19
        if isinstance(layer, type(self)):
            layer.forward(x)  # FWD101:19
        if isinstance(layer, self.__class__):
            layer.forward(x)  # FWD101:19


def aliases(m, x):
    if isinstance(m, TYPES):
        m.forward(x)  # FWD101:11
    if isinstance(m, ONE):
        m.forward(x)  # FWD101:11
    if isinstance(m, MANY):
        m.forward(x)  # FWD101:11
    if isinstance(m, NESTED):
        m.forward(x)  # FWD101:11
    if isinstance(m, ADDED):
        m.forward(x)  # FWD101:11
    if isinstance(m, LIST):
        m.forward(x)  # FWD101:11
    if isinstance(m, (TYPES, nn.ReLU)):
        m.forward(x)  # FWD101:11
    if isinstance(m, TYPES + (nn.ReLU,)):
        m.forward(x)  # FWD101:11
    if isinstance(m, GROWN):
        m.forward(x)  # FWD101:11
    if isinstance(m, MIXED):
        m.forward(x)
    if isinstance(m, UNSURE):
        m.forward(x)
    if not isinstance(m, TYPES):
        m.forward(x)


def containers(m: Union[nn.Module, List[nn.Module]], x):
    if isinstance(m, Sequence):
        for part in m:
            part.forward(x)  # FWD101:18
    else:
        m.forward(x)  # FWD101:11


def a_list(m: Union[nn.Module, List[nn.Module], Tuple[nn.Module, ...]], x):
    if isinstance(m, (list, tuple)):
        m[0].forward(x)  # FWD101:14
        return
    m.forward(x)  # FWD101:7


def made_a_list(m: Union[nn.Module, List[nn.Module]], x):
    if not isinstance(m, list):
        m = [m]
    for part in m:
        part.forward(x)  # FWD101:14


def a_mapping(m: "nn.Module | dict[str, nn.Module]", x):
    if isinstance(m, Mapping):
        m["a"].forward(x)  # FWD101:16
    elif isinstance(m, nn.ModuleDict):
        m["a"].forward(x)  # FWD101:16
    else:
        m.forward(x)  # FWD101:11


def not_erased(m: nn.Module, x):
    if isinstance(m, Iterable):
        m.forward(x)  # FWD101:11
    else:
        m.forward(x)  # FWD101:11
    if isinstance(m, collections.abc.Sequence):
        return
    m.forward(x)  # FWD101:7
    if isinstance(m, typing.Sequence):
        raise TypeError(m)
    m.forward(x)  # FWD101:7
    if isinstance(m, elsewhere.Wrapper):
        m.forward(x)  # FWD101:11
        m = m.inner
        m.forward(x)
    else:
        m.forward(x)  # FWD101:11


def constructed(x):
    net = Net()
    if isinstance(net, elsewhere.Mixin):
        net.forward(x)  # FWD101:13
    net.forward(x)  # FWD101:9
    if not isinstance(net, (elsewhere.Mixin, str)):
        net.forward(x)  # FWD101:13


def maybe(m: Optional[nn.Module], x):
    assert not isinstance(m, numbers.Number)
    m.forward(x)  # FWD101:7
    assert isinstance(m, elsewhere.Thing)
    m.forward(x)  # FWD101:7


def unknown(m, x):
    if isinstance(m, elsewhere.Thing):
        m.forward(x)
    if isinstance(m, Sequence):
        m.forward(x)
        m[0].forward(x)
    if isinstance(m, (list, tuple)):
        m[0].forward(x)


class Plain:
    def forward(self, x):
        return x


def either(m: Union[Net, Plain], x):
    if isinstance(m, elsewhere.Thing):
        m.forward(x)
    if isinstance(m, Plain):
        m.forward(x)
    else:
        m.forward(x)  # FWD101:11
    if isinstance(m, Net):
        m.forward(x)  # FWD101:11
    if type(m) is Net:
        m.forward(x)  # FWD101:11
    if type(m) == Net:
        m.forward(x)  # FWD101:11
    if type(m) is not Net:
        m.forward(x)
    if issubclass(type(m), Net):
        m.forward(x)  # FWD101:11


def kinds(m, x):
    if type(m) is Net:
        m.forward(x)  # FWD101:11
    if type(m) in (nn.Linear, nn.Conv2d):
        m.forward(x)  # FWD101:11
    if type(m) in TYPES:
        m.forward(x)  # FWD101:11
    if type(m) is not Net:
        return
    m.forward(x)  # FWD101:7


def cases(m, x):
    match m:
        case nn.Linear():
            m.forward(x)  # FWD101:15
        case Net() | nn.Conv2d():
            m.forward(x)  # FWD101:15
        case Net() as net:
            net.forward(x)  # FWD101:17
        case str():
            m.forward(x)
        case _:
            m.forward(x)
