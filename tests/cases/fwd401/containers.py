"""Every way in which layers and Parameters get into a plain container."""

from collections import OrderedDict, defaultdict
from functools import partial

import torch
from torch import nn
from torch.nn import Linear


def make_layer(width):
    return nn.Sequential(nn.Linear(width, width), nn.ReLU())


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layer = nn.Linear(width, width)


class ChildBlock(Block):
    pass


class Literals(nn.Module):
    def __init__(self, n, wide):
        super().__init__()
        self.a = [nn.Linear(1, 1), nn.ReLU()]  # FWD401:14
        self.b = (nn.ReLU(), Linear(1, 1))  # FWD401:14
        self.c = {"x": nn.Conv2d(1, 1, 1)}  # FWD401:14
        self.d = [nn.Embedding(n, 1) for _ in range(n)]  # FWD401:14
        self.e = {str(i): nn.LSTM(1, 1) for i in range(n)}  # FWD401:14
        self.f = list(nn.Linear(1, 1) for _ in range(n))  # FWD401:14
        self.g = dict(x=nn.Linear(1, 1))  # FWD401:14
        self.h = OrderedDict([("x", nn.Linear(1, 1))])  # FWD401:14
        self.i = [nn.Linear(1, 1)] + [nn.Linear(1, 1) for _ in range(n)]  # FWD401:14
        self.j = [nn.Linear(1, 1) if wide else nn.Identity(), nn.ReLU()]  # FWD401:14
        self.k: list = [nn.Linear(1, 1), nn.Linear(1, 1)]  # FWD401:14
        self.l = [[nn.Linear(1, 1)] for _ in range(n)]  # FWD401:14
        self.m = [nn.Linear(1, 1).to("cpu"), nn.Linear(1, 1)]  # FWD401:14
        self.n = [nn.utils.weight_norm(nn.Linear(1, 1)), nn.ReLU()]  # FWD401:14

    def forward(self, x):
        for layer in self.a:
            x = layer(x)
        for name, layer in self.c.items():
            x = layer(x)
        for i, (one, other) in enumerate(zip(self.d, self.i)):
            x = one(other(x)) + i
        return self.b[1](x) + self.e["x"](x) + self.l[0][0](x)


class Kinds(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.dropouts = [nn.Dropout(0.5) for _ in range(n)]  # FWD401:14
        self.norms = [nn.BatchNorm1d(n, affine=False) for _ in range(n)]  # FWD401:14
        self.layer_norms = [nn.LayerNorm(n) for _ in range(n)]  # FWD401:14
        self.weights = [nn.Parameter(torch.zeros(n)) for _ in range(n)]  # FWD401:14
        self.nested = [nn.Sequential(nn.Linear(n, n)) for _ in range(n)]  # FWD401:14
        self.blocks = [Block(n) for _ in range(n)]  # FWD401:14
        self.children_ = [ChildBlock(n) for _ in range(n)]  # FWD401:14
        self.made = [make_layer(n) for _ in range(n)]  # FWD401:14
        linear = partial(nn.Linear, n)
        self.partial = [linear(n) for _ in range(n)]  # FWD401:14

    def forward(self, x):
        y = sum(dropout(x) for dropout in self.dropouts)
        for weight in self.weights:
            y = y * weight + torch.matmul(weight, y)
        return y


class Grown(nn.Module):
    def __init__(self, names, n):
        super().__init__()
        self.layers = []  # FWD401:14
        for _ in range(n):
            self.layers.append(nn.Linear(1, 1))
        self.heads = {}  # FWD401:14
        for name in names:
            self.heads[name] = nn.Linear(1, 1)
        self.added = []  # FWD401:14
        self.added += [nn.Linear(1, 1)]
        self.extended = list()  # FWD401:14
        self.extended.extend([nn.Linear(1, 1), nn.ReLU()])
        self.updated = defaultdict(dict)  # FWD401:14
        self.updated.update({"x": nn.Linear(1, 1)})
        self.slots = [None] * n  # FWD401:14
        for i in range(n):
            self.slots[i] = nn.Linear(1, 1)
        self.named = []  # FWD401:14
        for _ in range(n):
            layer = nn.Linear(1, 1)
            nn.init.zeros_(layer.weight)
            self.named.append(layer)
        collected = []
        for _ in range(n):
            collected.append(nn.Linear(1, 1))
        self.collected = collected  # FWD401:14
        copied = [nn.ReLU()]
        copied.append(nn.Linear(1, 1))
        self.copied = tuple(copied)  # FWD401:14
        self.elsewhere = []  # FWD401:14
        self._fill()

    def _fill(self):
        self.elsewhere.append(nn.Linear(1, 1))

    def forward(self, x):
        for index in range(len(self.layers)):
            x = self.layers[index](x)
        first = self.named[0]
        return first(x) + self.heads["x"](x)


class Branches(nn.Module):
    def __init__(self, many):
        super().__init__()
        if many:
            self.embed = [nn.Embedding(2, 2) for _ in range(many)]  # FWD401:18
        else:
            self.embed = nn.Embedding(2, 2)

    def forward(self, x):
        return sum(embed(x) for embed in self.embed)


class Comma(nn.Module):
    def __init__(self):
        super().__init__()
        self.proj = nn.Linear(1, 1),  # FWD401:14
        self.wrapped = (  # FWD401:14
            nn.Linear(1, 1),
        )

    def forward(self, x):
        check(self.proj)
        return self.proj(x)


def check(value):
    return value


class Base(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = []


class Derived(Base):
    def __init__(self):
        super().__init__()
        self.parts.append(nn.Linear(1, 1))  # FWD401:14
