"""Containers that helpers of ``__init__`` fill or return, and layers that they make."""

import torch
from torch import nn
from torch.nn import Parameter as Weight

import blocks


def make_block(width):
    block = nn.Sequential(nn.Linear(width, width), nn.ReLU())
    return block


def make_blocks(count):
    return [nn.Linear(1, 1) for _ in range(count)]


def stack(count):
    layers = []
    for _ in range(count):
        layers.append(nn.Linear(1, 1))
        layers.append(nn.ReLU())
    return nn.Sequential(*layers)


class FilledByHelpers(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.build(count)

    def build(self, count):
        self.layers = []  # FWD401:14
        self._fill(count)

    def _fill(self, count):
        for _ in range(count):
            self.layers.append(nn.Linear(1, 1))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Returned(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.layers = self._make_layers(count)  # FWD401:14
        self.heads = make_blocks(count)  # FWD401:14
        self.pairs: dict = self._make_pairs()  # FWD401:14

    def _make_layers(self, count):
        layers = [nn.ReLU()]
        for _ in range(count):
            layers.append(nn.Linear(1, 1))
        return layers

    @staticmethod
    def _make_pairs():
        return {"a": nn.Linear(1, 1), "b": nn.ReLU()}

    def forward(self, x):
        for layer, head in zip(self.layers, self.heads):
            x = head(layer(x))
        return self.pairs["a"](x)


class MadeByHelpers(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.blocks = [make_block(i) for i in range(count)]  # FWD401:14
        self.stacks = [stack(count), stack(count)]  # FWD401:14
        self.own = []  # FWD401:14
        for _ in range(count):
            self.own.append(self._make(count))
        self.scales = [Weight(torch.ones(1)) for _ in range(count)]  # FWD401:14

    def _make(self, width):
        return nn.Linear(width, width)

    def forward(self, x):
        for scale in self.scales:
            x = x * scale
        return self.own[0](self.blocks[0](self.stacks[0](x)))


class Converted(nn.Module):
    def __init__(self, count):
        super().__init__()
        layers = [nn.Linear(1, 1)]
        layers = nn.Sequential(*layers)
        self.layers = layers
        if count:
            parts = [nn.Linear(1, 1)]
        else:
            parts = nn.ModuleList()
        self.parts = parts
        self.blocks = self._make_layers(count)
        self.blocks = nn.ModuleList(self.blocks)
        self.sequence = nn.Sequential(*self._make_layers(count))
        self.either = self._make_either(count)
        self.nothing = self._make_nothing(count)
        self.frozen = [self._make_frozen() for _ in range(count)]
        self.foreign = [blocks.make(count), self.make(count)]
        self.replaced = self.make_all(count)
        self.found = self._find(count)
        self.kept = self._make_kept()
        self.registered = self._make_registered(count)
        self.sizes = self._sizes(count)
        self.given = self._given(nn.ReLU())

    make_all = blocks.make_all

    def _make_layers(self, count):
        return [nn.Linear(1, 1) for _ in range(count)]

    def _make_either(self, count):
        if count:
            return [nn.Linear(1, 1)]
        return nn.ModuleList()

    def _make_nothing(self, count):
        for _ in range(count):
            yield [nn.Linear(1, 1)]

    def _make_frozen(self):
        layer = nn.Linear(1, 1)
        layer.requires_grad_(False)
        return layer

    @blocks.registered
    def _find(self, count):
        return [nn.Linear(1, 1) for _ in range(count)]

    def _make_kept(self):
        layers = [nn.Linear(1, 1), nn.ReLU()]
        self.all = nn.ModuleList(layers)
        return layers

    def _make_registered(self, count):
        layers = []
        for i in range(count):
            layer = nn.Linear(1, 1)
            self.add_module(str(i), layer)
            layers.append(layer)
        return layers

    def _sizes(self, count):
        sizes = [self._size(i) for i in range(count)]
        return sizes

    def _size(self, i):
        return int(i)

    def _given(self, layer):
        layers = [layer, layer]
        return layers


class Executed(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.layers = [self._make(count) for _ in range(count)]
        self.heads = [nn.Linear(1, 1), nn.Linear(1, 1)]
        self._register()

    def _make(self, width):
        return nn.Linear(width, width)

    def _register(self):
        for i, layer in enumerate(self.layers):
            exec(f"self.layer{i} = layer")


class MadeAndRegistered(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.layers = [self._make(i) for i in range(count)]
        self.heads = [self._make_head(i) for i in range(count)]
        self.norms = [self._make_norm() for _ in range(count)]
        self.known = [self._make_known() for _ in range(count)]

    def _make(self, i):
        layer = nn.Linear(1, 1)
        self.add_module(f"layer{i}", layer)
        return layer

    def _make_head(self, i):
        head = nn.Linear(1, 1)
        setattr(self, f"head{i}", head)
        return head

    def _make_norm(self):
        norm = nn.LayerNorm(1)
        self.norm = norm
        return norm

    def _make_known(self):
        layer = nn.Linear(1, 1)
        return blocks.known(layer)


class MadeAndSet(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.layers = [self._make() for _ in range(count)]  # FWD401:14

    def _make(self):
        layer = nn.Linear(1, 1)
        nn.init.zeros_(layer.weight)
        layer.bias.data.fill_(1.0)
        return layer
