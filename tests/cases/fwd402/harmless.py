"""Layers that keep nothing, are made once, or are set before they are applied."""

import copy

import torch
import torch.nn.functional as F
from torch import nn

from missing import Layer


class Blur(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 1, 3, bias=False)
        self.conv.weight.data.fill_(1 / 9)

    def forward(self, x):
        return self.conv(x)


class Stateless(nn.Module):
    def forward(self, x, y):
        x = nn.ReLU()(x)
        x = nn.Softmax(dim=-1)(x)
        x = nn.MaxPool2d(2)(x)
        x = nn.Flatten()(nn.Upsample(scale_factor=2)(x))
        x = nn.InstanceNorm2d(3)(x)
        x = nn.LayerNorm(3, elementwise_affine=False)(x)
        x = nn.BatchNorm1d(3, affine=False, track_running_stats=False)(x)
        x = nn.Dropout(0)(x)
        x = nn.Sequential(nn.ReLU(), nn.Flatten())(x)
        x = nn.Sequential(self.a, self.b)(x)
        x = Layer()(x)
        x = Blur()(x)
        return nn.MSELoss()(x, y) + F.dropout(x, 0.5, self.training)


class Lazy(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = None
        self.ready = False

    def forward(self, x):
        if self.fc is None:
            self.fc = nn.Linear(x.shape[1], 1)
        if not hasattr(self, "other"):
            self.other = nn.Linear(1, 1)
        if not self.ready:
            self.third = nn.Linear(1, 1)
            self.ready = True
        try:
            x = self.last(x)
        except AttributeError:
            self.last = nn.Linear(1, 1)
            x = self.last(x)
        return self.fc(x) + self.other(x) + self.third(x)


class LateExit(nn.Module):
    def forward(self, x):
        if hasattr(self, "fc"):
            return self.fc(x)
        self.fc = nn.Linear(x.shape[1], 1)
        return self.fc(x)


class Cached(nn.Module):
    def forward(self, x):
        layer = self.cache.get(x.shape[1])
        if layer is None:
            layer = nn.Linear(x.shape[1], 1)
            self.cache[x.shape[1]] = layer
        return layer(x)


class Trained(nn.Module):
    def forward(self, x):
        if self.training:
            x = nn.Dropout(0.5)(x)
        x = nn.Dropout(0.5 if self.training else 0)(x)
        x = nn.Dropout(0.5).train(self.training)(x)
        x = nn.Dropout(0.5).eval()(x)
        drop = nn.Dropout(0.5)
        drop.train(self.training)
        x = drop(x)
        if not self.training:
            return x
        return nn.Dropout(0.5)(x)


class SetHere(nn.Module):
    def forward(self, x, kernel):
        blur = nn.Conv2d(1, 1, 3)
        blur.weight = nn.Parameter(kernel, requires_grad=False)
        x = blur(x)
        loaded = nn.Linear(1, 1)
        loaded.load_state_dict(self.state)
        x = loaded(x)
        copied = nn.Linear(1, 1)
        copied.weight.data.copy_(kernel)
        x = copied(x)
        constant = nn.Linear(1, 1)
        nn.init.constant_(constant.weight, 1.0)
        x = constant(x)
        handed = nn.Linear(1, 1)
        self.prepare(handed)
        x = nn.Embedding(2, 2, _weight=kernel)(x)
        x = nn.Embedding.from_pretrained(kernel)(x)
        return copy.copy(self.layer)(handed(x))


class NotApplied(nn.Module):
    def forward(self, x):
        layer = nn.Linear(1, 1)
        return layer, self.layer(x)

    def build(self, x):
        return nn.Linear(1, 1)(x)


class Plain:
    def forward(self, x):
        return nn.Linear(1, 1)(x)


class Control(nn.Module):
    def forward(self, x):
        return nn.Linear(1, 1)(x)  # FWD402:19
