"""Containers whose layers are registered too, need it not, or are hidden on purpose."""

import torch
from torch import nn

from missing import Layer, make


class Registered(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.converted = [nn.Linear(1, 1) for _ in range(n)]
        self.converted = nn.ModuleList(self.converted)
        self.sequence = []
        self.sequence.append(nn.Linear(1, 1))
        self.net = nn.Sequential(*self.sequence)
        self.looped = [nn.Linear(1, 1), nn.ReLU()]
        for i, layer in enumerate(self.looped):
            self.add_module(str(i), layer)
        self.named = {"a": nn.Linear(1, 1)}
        for name, layer in self.named.items():
            setattr(self, name, layer)
        self.single = []
        layer = nn.Linear(1, 1)
        self.first = layer
        self.single.append(layer)
        self.twice = []
        self.twice.append(nn.Linear(1, 1))
        self.register_module("last", self.twice[-1])
        self.weights = [nn.Parameter(torch.zeros(1)) for _ in range(n)]
        for i, weight in enumerate(self.weights):
            self.register_parameter(f"weight{i}", weight)
        self.later = [nn.Linear(1, 1), nn.Linear(1, 1)]
        self.attribute = [nn.Linear(1, 1), nn.Linear(1, 1)]
        self.kept = self.attribute
        local = [nn.Linear(1, 1), nn.Linear(1, 1)]
        self.shared = local
        self.modules_ = nn.ModuleList(local)
        self.reads = [nn.Linear(1, 1), nn.Linear(1, 1)]
        self.read = self.reads[0]
        self.both = {}
        self.both["a"] = self.a2 = nn.Linear(1, 1)

    def register(self):
        self.all = nn.ModuleList([*self.later])


class ByHand(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.nets = [nn.Linear(1, 1) for _ in range(n)]
        self.frozen = [nn.Linear(1, 1).eval(), nn.Linear(1, 1).eval()]
        self.fixed = [nn.Linear(1, 1).requires_grad_(False) for _ in range(n)]
        self.manual = [nn.Linear(1, 1) for _ in range(n)]
        self.trained = [nn.Parameter(torch.zeros(1)) for _ in range(n)]
        self.optimizer = torch.optim.SGD(self.trained, lr=0.1)

    def parameters(self, recurse=True):
        yield from super().parameters(recurse)
        for net in self.nets:
            yield from net.parameters()

    def train(self, mode=True):
        for layer in self.manual:
            layer.train(mode)
        return super().train(mode)


class Returned(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = [nn.Linear(1, 1), nn.Linear(1, 1)]
        self.passed = {"a": nn.Linear(1, 1), "b": nn.Linear(1, 1)}
        self.inner = Layer(self.passed)

    def get_parts(self):
        return self.parts


class Holder:
    def __init__(self, model):
        self.layers = nn.ModuleList(model.handed)


class Handed(nn.Module):
    def __init__(self):
        super().__init__()
        self.handed = [nn.Linear(1, 1), nn.Linear(1, 1)]


class Parent(nn.Module):
    def __init__(self):
        super().__init__()
        self.stages = [nn.Linear(1, 1), nn.Linear(1, 1)]


class Child(Parent):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(*self.stages)


class Hidden(nn.Module):
    def __init__(self, teacher, model: nn.Module):
        super().__init__()
        self.model = model
        self._teacher = [teacher]
        self._models = [self.model, model]
        self._own = [nn.Linear(1, 1)]
        self._pair = (nn.Linear(1, 1),)

    def forward(self, x):
        return self._own[0](x) + self._pair[0](x)


class Fixed(nn.Module):
    """Loads its weights itself."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(1, 1)
        self.load_state_dict(torch.load("weights.pt"))


class NothingToRegister(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.activations = [nn.ReLU(), nn.GELU(), nn.Softmax(dim=1)]
        self.pools = [nn.MaxPool2d(2), nn.AvgPool2d(2), nn.Identity(), nn.Flatten()]
        self.norms = [nn.InstanceNorm2d(3), nn.LayerNorm(3, elementwise_affine=False)]
        self.open = [nn.LayerNorm(3, elementwise_affine=n), nn.GroupNorm(1, 3, affine=n)]
        self.losses = {"a": nn.MSELoss(), "b": nn.CrossEntropyLoss()}
        self.off = [nn.Dropout(0.0), nn.Dropout(p=0)]
        self.loaded = [Fixed(), Fixed()]
        self.unknown = [Layer(), make(n)]
        self.numbers = [int(n), float(n)]
        self.empty = [nn.Sequential(), nn.Sequential(nn.ReLU())]
        self.list = nn.ModuleList([nn.Linear(1, 1)])
        self.list.append(nn.Linear(1, 1))
        self.maybe = [] if n else nn.ModuleList()
        self.maybe.append(nn.Linear(1, 1))
        local = [nn.Linear(1, 1)]
        self.net = nn.Sequential(*local)


class Magic(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(1, 1), nn.Linear(1, 1)]

    def __setattr__(self, name, value):
        super().__setattr__(name, nn.ModuleList(value))


class Property(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(1, 1), nn.Linear(1, 1)]

    @property
    def layers(self):
        return self._layers

    @layers.setter
    def layers(self, value):
        self._layers = nn.ModuleList(value)


class Plain:
    def __init__(self):
        self.layers = [nn.Linear(1, 1), nn.Linear(1, 1)]


class Unproven(Layer):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(1, 1), nn.Linear(1, 1)]


class Control(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(1, 1), nn.Linear(1, 1)]  # FWD401:14
