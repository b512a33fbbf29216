"""Layers that forward makes and applies."""

import torch
import torch.nn as tnn
from torch import nn
from torch.nn import Dropout


class Block(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layer = nn.Linear(width, width, bias=False)

    def forward(self, x):
        return self.layer(x)


class Noise(nn.Module):
    def __init__(self):
        super().__init__()
        self.dropout = nn.Dropout(0.1)

    def forward(self, x):
        return self.dropout(x)


def make():
    return nn.Conv1d(1, 1, 1)


class AtOnce(nn.Module):
    def forward(self, x, n):
        x = nn.Linear(n, 4)(x)  # FWD402:16
        x = tnn.Conv2d(1, 1, 1)(x)  # FWD402:17
        x = torch.nn.Embedding(4, 4)(x)  # FWD402:22
        x = nn.Linear(n, 4).to(x.device)(x)  # FWD402:16
        x = nn.Sequential(nn.Linear(n, 4), nn.ReLU())(x)  # FWD402:16
        x = Block(n)(x)  # FWD402:13
        x = make()(x)  # FWD402:13
        x = nn.LayerNorm(x.shape[1:])(x)  # FWD402:16
        x, _ = nn.GRU(n, n)(x)  # FWD402:19
        if x.dim() == 3:
            x = nn.PReLU()(x)  # FWD402:20
        return sum(nn.Linear(n, 1)(part) for part in x)  # FWD402:23


class Modes(nn.Module):
    def forward(self, x):
        x = nn.Dropout(0.5)(x)  # FWD402:16
        x = Dropout(self.p)(x)  # FWD402:13
        x = nn.AlphaDropout()(x)  # FWD402:16
        x = nn.BatchNorm1d(3, affine=False)(x)  # FWD402:16
        x = Noise()(x)  # FWD402:13
        return nn.RReLU()(x)  # FWD402:19


class Named(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(1, 1)

    def forward(self, x):
        layer = nn.Linear(1, 1)  # FWD402:20
        layer = layer.to(x.device)
        x = layer(x)
        drop: nn.Module = nn.Dropout()  # FWD402:30
        x = drop(x)
        if (norm := nn.BatchNorm1d(1)) is not None:  # FWD402:24
            x = norm(x)
        assert x.dim() == 2
        if x.dim() > 2:
            raise ValueError
        self.fc = nn.Linear(x.shape[1], 1)  # FWD402:22
        return self.fc(x)
