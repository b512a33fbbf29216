"""An __init__ that never runs Module's, and one that does or need not."""

import abc
import functools
from dataclasses import dataclass
from typing import Generic, TypeVar

import torch
from torch import nn
from torch.nn import Module

T = TypeVar("T")


class Layers(nn.Module):
    def __init__(self):  # FWD206:9
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        return self.layer(x)


class Plain(Module):
    def __init__(self, scale):  # FWD206:9
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class Weight(torch.nn.Module):
    def __init__(self, size):  # FWD206:9
        """Make the weight."""
        if size:
            self.weight: nn.Parameter = nn.Parameter(torch.ones(size))

    def forward(self, x):
        return x * self.weight


class ForwardFirst(nn.Module):
    def forward(self, x):
        return x * self.scale

    def __init__(self, scale):  # FWD206:9
        self.scale = scale


class NotCalled(nn.Module):
    def __init__(self, scale):  # FWD206:9
        super().__init__
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class OnlySuper(nn.Module):
    def __init__(self, scale):  # FWD206:9
        super()
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class OnlyOldSuper(nn.Module):
    def __init__(self, scale):  # FWD206:9
        super(OnlyOldSuper, self)
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class OnlyAnnotated(nn.Module):
    def __init__(self, scale):
        self.scale: float

    def forward(self, x):
        return x


class Abstract(nn.Module, abc.ABC):
    def __init__(self, scale):  # FWD206:9
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class Typed(nn.Module, Generic[T]):
    def __init__(self, scale: T):  # FWD206:9
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class Tuple(nn.Module):
    def __init__(self, scale, shift):  # FWD206:9
        self.scale, self.shift = scale, shift

    def forward(self, x):
        return x * self.scale + self.shift


class Positional(nn.Module):
    def __init__(this, scale, /):  # FWD206:9
        this.scale = scale

    def forward(this, x):
        return x * this.scale


class Helped(nn.Module):
    def __init__(self, scale):  # FWD206:9
        self.scale = scale
        self.reset()

    def reset(self):
        self.scale = 1

    def forward(self, x):
        return x * self.scale


class Container(nn.ModuleList):
    def __init__(self, scale):  # FWD206:9
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class Called(nn.Module):
    def __init__(self, scale):
        super().__init__()
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class CalledOldStyle(nn.Module):
    def __init__(self, scale):
        super(CalledOldStyle, self).__init__()
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class CalledByClass(nn.Module):
    def __init__(self, scale):
        nn.Module.__init__(self)
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class CalledLast(nn.Module):
    def __init__(self, scale):
        self.scale = scale
        super().__init__()

    def forward(self, x):
        return x * self.scale


class CalledInBranch(nn.Module):
    def __init__(self, scale):
        if scale:
            super().__init__()
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class Stored(nn.Module):
    def __init__(self, scale):
        parent = super()
        parent.__init__()
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class Handed(nn.Module):
    def __init__(self, scale):
        initialise(self)
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class Adopted(nn.Module):
    def __init__(self, other):
        self.__dict__ = other.__dict__
        self.extra = 1

    def forward(self, x):
        return x


class InHelper(nn.Module):
    def __init__(self, scale):
        self.setup()
        self.scale = scale

    def setup(self):
        super().__init__()

    def forward(self, x):
        return x * self.scale


class Created(nn.Module):
    def __new__(cls, scale):
        made = super().__new__(cls)
        nn.Module.__init__(made)
        return made

    def __init__(self, scale):
        self.layer = nn.Linear(scale, 1)

    def forward(self, x):
        return self.layer(x)


class Setting(nn.Module):
    def __setattr__(self, name, value):
        object.__setattr__(self, name, value)

    def __init__(self, scale):
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class Meta(type):
    def __call__(cls, *args):
        made = cls.__new__(cls)
        nn.Module.__init__(made)
        made.__init__(*args)
        return made


class FromMeta(nn.Module, metaclass=Meta):
    def __init__(self, scale):
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class BelowMeta(FromMeta):
    def __init__(self):
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        return self.layer(x)


@dataclass(eq=False)
class Data(nn.Module):
    scale: float

    def __post_init__(self):
        super().__init__()

    def forward(self, x):
        return x * self.scale


@register
class Registered(nn.Module):
    def __init__(self, scale):
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class DecoratedInit(nn.Module):
    @initialised
    def __init__(self, scale):
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class Partial(nn.Module):
    __init__ = functools.partialmethod(nn.Module.__init__)

    def forward(self, x):
        return x


class Empty(nn.Module):
    def __init__(self):
        pass

    def forward(self, x):
        return x


class OwnCall(nn.Module):
    def __init__(self, scale):
        self.scale = scale

    def __call__(self, x):  # FWD201:9
        return self.forward(x)

    def forward(self, x):
        return x * self.scale


class Mixin(Called):
    """Its subclasses have another base that runs Module's."""

    def __init__(self, seed):
        self.seed = seed

    def forward(self, x):
        return super().forward(x) + self.seed


class Both(Mixin, Called):
    def __init__(self, scale, seed):
        Called.__init__(self, scale)
        Mixin.__init__(self, seed)


class Named(nn.Module):
    def __init__(self, scale):
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class NamedSubclass(Named):
    def __init__(self, scale):
        nn.Module.__init__(self)
        Named.__init__(self, scale)


class OpenBase(unknown.Base, nn.Module):
    def __init__(self, scale):
        self.scale = scale

    def forward(self, x):
        return x * self.scale


class NoForward(nn.Module):
    def __init__(self, scale):  # FWD206:9
        self.scale = scale


class NoModule:
    def __init__(self, scale):
        self.scale = scale

    def forward(self, x):
        return x * self.scale
