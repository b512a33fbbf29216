"""__call__ assigned, in a class body and from outside."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import torch
from torch import nn


def run(self, x):
    return self.forward(x)


class ByName(nn.Module):
    def forward(self, x):
        return x

    __call__ = forward  # FWD201:5


class ByFunction(nn.Module):
    __call__ = run  # FWD201:5


class ByLambda(nn.Module):
    __call__ = lambda self, x: self.forward(x)  # FWD201:5


class Annotated(nn.Module):
    __call__: Callable[..., Any] = run  # FWD201:5


class Implementation(nn.Module):
    _call_impl = run  # FWD201:5


class Chained(nn.Module):
    infer = __call__ = run  # FWD201:13


class Unpacked(nn.Module):
    __call__, infer = run, run  # FWD201:5


class Foreign(nn.Module):
    __call__ = dict.__call__  # FWD201:5


class OtherMethod(nn.Module):
    __call__ = nn.Module.extra_repr  # FWD201:5


class Net(nn.Module):
    def forward(self, x):
        return x


Net.__call__ = run  # FWD201:5
Net._call_impl = run  # FWD201:5
Net.__call__ = Net.forward  # FWD201:5
Net.__call__: Callable[..., Any] = run  # FWD201:5
Net.__call__, Net.infer = run, run  # FWD201:5
torch.nn.Sequential.infer = run


def patch(kind, instance: nn.Module):
    Net.__call__ = run  # FWD201:9
    kind.__call__ = run
    instance.forward = run


class Declared(nn.Module):
    __call__: Callable[..., torch.Tensor]


class Inherited(nn.Module):
    __call__: Callable[..., torch.Tensor] = nn.Module.__call__


class InheritedPlain(nn.Module):
    __call__ = nn.Module.__call__
    _call_impl = torch.nn.Module._call_impl


class InheritedFromBase(Net):
    __call__: Any = Inherited.__call__


class OnlyTyped(nn.Module):
    if TYPE_CHECKING:
        __call__ = run
        _call_impl: Any = run


InheritedPlain.__call__ = nn.Module.__call__


class NoModule:
    __call__ = run


class Unproven(Missing):
    __call__ = run


NoModule.__call__ = run
Unproven.__call__ = run
print(Net.__call__, Net().__call__(1))
