"""What may come before super().__init__(), and what may not."""

import torch
from torch import nn


def build(size):
    return nn.Linear(size, size)


class Layer(nn.Module):
    def __init__(self):
        self.layer = nn.Linear(2, 2)  # FWD206:14
        super().__init__()

    def forward(self, x):
        return self.layer(x)


class Weight(nn.Module):
    def __init__(self, size):
        self.size = size
        self.weight = nn.Parameter(torch.ones(size))  # FWD206:14
        super().__init__()

    def forward(self, x):
        return x * self.weight


class Buffer(nn.Module):
    def __init__(self):
        self.register_buffer("scale", torch.ones(1))  # FWD206:14
        super(Buffer, self).__init__()

    def forward(self, x):
        return x * self.scale


class Added(nn.Module):
    def __init__(self):
        self.add_module("layer", nn.Linear(2, 2))  # FWD206:14
        nn.Module.__init__(self)

    def forward(self, x):
        return self.layer(x)


class Blocks(nn.Module):
    def __init__(self, depth):
        self.depth = depth
        if depth > 1:
            self.blocks = nn.ModuleList([Layer() for _ in range(depth)])  # FWD206:18
        super().__init__()

    def forward(self, x):
        return x


class Built(nn.Module):
    def __init__(self):
        self.layer = build(2)  # FWD206:14
        super().__init__()

    def forward(self, x):
        return self.layer(x)


class Derived(Layer):
    def __init__(self):
        self.head = Layer()  # FWD206:14
        super().__init__()

    def forward(self, x):
        return self.head(super().forward(x))


class Chain(nn.Sequential):
    def __init__(self):
        self.norm: nn.Module = nn.LayerNorm(2)  # FWD206:14
        super().__init__(nn.Linear(2, 2))

    def forward(self, x):
        return self.norm(super().forward(x))


class First(nn.Module):
    """One is enough: nothing is assigned after it."""

    def __init__(self):
        self.one = self.two = nn.Linear(2, 2)  # FWD206:14
        self.three = nn.Linear(2, 2)
        super().__init__()

    def forward(self, x):
        return x


class Both(nn.Module):
    def __init__(self, size, deep):
        self.size, self.layer = size, nn.Linear(2, 2)  # FWD206:25
        super().__init__()

    def forward(self, x):
        return self.layer(x)


class Branch(nn.Module):
    def __init__(self, deep):
        self.layer = nn.Linear(2, 2) if deep else nn.Identity()  # FWD206:14
        super().__init__()

    def forward(self, x):
        return self.layer(x)


class LocalName(nn.Module):
    def __init__(self):
        layer = nn.Linear(2, 2)
        self.layer = layer  # FWD206:14
        super().__init__()

    def forward(self, x):
        return self.layer(x)


class Default(nn.Module):
    def __init__(self, layer=None, layers=()):
        if layer is None:
            layer = nn.Linear(2, 2)
        self.layer = layer
        last = nn.Identity()
        for last in layers:
            print(last)
        self.last = last
        super().__init__()

    def forward(self, x):
        return self.layer(x)


class Starred(nn.Module):
    def __init__(self, size):
        self.size, *self.sizes = nn.Linear(2, 2), size, size
        *self.rest, self.last = size, nn.Linear(2, 2), size
        super().__init__()

    def forward(self, x):
        return x * self.size


class Values(nn.Module):
    def __init__(self, size, *layers):
        self.size = int(size)
        self.scale = torch.ones(size)
        self.sizes = [size, size]
        self.act = torch.relu
        self.last = None
        self.kind = nn.Linear
        layer = nn.Linear(2, 2)
        super().__init__()
        self.layer = layer

    def forward(self, x):
        return self.layer(x)


class Given(nn.Module):
    def __init__(self, encoder):
        self.encoder = encoder
        super().__init__()

    def forward(self, x):
        return self.encoder(x)


class Perhaps(nn.Module):
    def __init__(self, deep):
        self.layer = nn.Linear(2, 2) if deep else None
        super().__init__()

    def forward(self, x):
        return x


class OwnRegistration(nn.Module):
    def __init__(self):
        self.add_module("scale", 2)
        super().__init__()

    def add_module(self, name, module):
        setattr(self, name, module)

    def forward(self, x):
        return x * self.scale


class Other(nn.Module):
    def __init__(self, other):
        other.layer = nn.Linear(2, 2)
        super().__init__()

    def forward(self, x):
        return x


class After(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        return self.layer(x)


class PreInit(type):
    def __call__(cls, *args, **kwargs):
        made = cls.__new__(cls)
        nn.Module.__init__(made)
        made.__init__(*args, **kwargs)
        return made


class Framework(nn.Module, metaclass=PreInit):
    pass


class InFramework(Framework):
    def __init__(self):
        self.layer = nn.Linear(2, 2)
        super().__init__()

    def forward(self, x):
        return self.layer(x)
