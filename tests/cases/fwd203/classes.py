"""Classes in which a misspelled name is a mistake, and classes in which it is not."""

from abc import ABC, abstractmethod
from typing import TYPE_CHECKING

import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        return self.layer(x)


class DeepEncoder(Encoder):
    def forwad(self, x):  # FWD203:9
        return super().forward(self.layer(x))


class ScaledLinear(nn.Linear):
    def forawrd(self, x):  # FWD203:9
        return super().forward(x) * 2


class Stack(nn.ModuleList):
    def frward(self, x):  # FWD203:9
        for layer in self:
            x = layer(x)
        return x


class Predictor(nn.Module):
    def forwrd(self, x):  # FWD203:9
        return x

    def predict(self, x):
        return self.forward(x).argmax()  # FWD102:21


class Conditional(nn.Module):
    if torch.cuda.is_available():

        def forwhrd(self, x):  # FWD203:13
            return x.cuda()

    elif TYPE_CHECKING:
        from somewhere import nothing
    else:

        def forwkrd(self, x):  # FWD203:13
            return x


class ForCheckers(nn.Module):
    if TYPE_CHECKING:

        def forwaqrd(self, x):
            return x


class AlsoAnEncoder(Encoder):
    """Beside a forward that runs, these may be meant."""

    def forwards(self, xs):
        return [x + 1 for x in xs]


class CapitalEncoder(Encoder):
    def Forward(self, x):
        return x


class Both(nn.Module):
    def forward(self, x):
        return self.forwrad(x)

    def forwrad(self, x):
        return x


class OwnForwardAndSlip(nn.Module):
    def forward(self, x):
        return x

    def fforward(self, x):
        return x


class Assigned(nn.Module):
    def froward(self, x):
        return x

    forward = froward


class AssignedLater(nn.Module):
    def __init__(self, fast):
        super().__init__()
        self.forward = self.slow if not fast else torch.relu

    def fowrward(self, x):
        return x

    def slow(self, x):
        return x


class CalledHere(nn.Module):
    def predict(self, x):
        return self.fordward(x)

    def fordward(self, x):
        return x


class CalledElsewhere(nn.Module):
    def forwarrd(self, x):
        return x


def use(model, x):
    return model.forwarrd(x)


class CalledByName(nn.Module):
    def forwardd(self, x):
        return x


def use_by_name(model, x):
    return getattr(model, "forwardd")(x)


class OwnCall(nn.Module):
    def __call__(self, x):  # FWD201:9
        return x

    def fprward(self, x):
        return x


class Caller(nn.Module):
    def forwaed(self, xs):
        return [self(x) for x in xs]


class ForwardCaller(nn.Module):
    def forwatd(self, xs):
        return [self.forward(x) for x in xs]  # FWD102:22


class Property(nn.Module):
    @property
    def forwqrd(self):
        return 1


class Static(nn.Module):
    @staticmethod
    def forwsrd(x):
        return x


class Exported(nn.Module):
    @torch.jit.export
    def forwaqd(self, x):
        return x


class Abstract(nn.Module, ABC):
    @abstractmethod
    def encode(self, x): ...

    def fotward(self, x):
        return self.encode(x)


class Stub(nn.Module):
    def foeward(self, x):
        raise NotImplementedError


class Interface(nn.Module):
    def forwurd(self, x):
        raise NotImplementedError


class Implementation(Interface):
    def forwurd(self, x):
        return x


class NoModule:
    def fprwxrd(self, x):
        return x


class OpenBase(unknown.Base, nn.Module):
    def fzrward(self, x):
        return x


class Function(torch.autograd.Function):
    @staticmethod
    def fowardd(ctx, x):
        return x


def foqward(self, x):
    return x
