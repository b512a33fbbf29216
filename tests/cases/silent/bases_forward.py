"""A base class's forward, which can only be reached by name."""

import torch
from torch import nn
from torch.nn import Linear


class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        return self.layer(x)


class Child(Base):
    def forward(self, x):
        return super().forward(x)


class OldChild(Base):
    def forward(self, x):
        return super(OldChild, self).forward(x) + super(
            OldChild, self
        ).forward(x)


class Alias(Base):
    def forward(self, x):
        parent = super()
        return parent.forward(x)

    def features(self, x):
        return super().forward(x)


class Nested(Base):
    def forward(self, x):
        def run(y):
            return super(Nested, self).forward(y)

        return torch.utils.checkpoint.checkpoint(run, x)


class Unbound(Base, nn.Sequential):
    def forward(self, x):
        x = Base.forward(self, x)
        x = nn.Sequential.forward(self, x)
        return torch.nn.Sequential.forward(self, input=x)


class Noisy(Linear):
    def forward(self, x):
        return Linear.forward(self, x + torch.randn_like(x))


def by_class(module: nn.Module, x):
    type(module).forward(module, x)
    module.__class__.forward(module, x)
    kind = type(module)
    kind.forward(module, x)
    return kind.__mro__[1].forward(module, x)


def by_class_parameter(kind: type[nn.Module], module, x):
    return kind.forward(module, x)


def control(x):
    return Child().forward(x)  # FWD101:20
