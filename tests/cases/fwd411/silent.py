import torch
import torch.nn.functional as F
from torch import nn


class Told(nn.Module):
    def forward(self, x, *args, **kwargs):
        x = F.dropout(x, training=self.training)
        x = F.dropout(x, 0.5, self.training)
        x = F.dropout(x, 0.5, True)
        x = F.dropout(x, 0.5, training=True)
        x = F.alpha_dropout(x, 0.5, self.training)
        x = F.dropout(x, *args)
        x = F.dropout(*args)
        return F.dropout(x, **kwargs)


class Guarded(nn.Module):
    def __init__(self):
        super().__init__()
        self.p = 0.5

    def forward(self, x):
        if self.training:
            x = F.dropout(x)
        if self.p > 0 and self.training:
            x = F.dropout(x, self.p)
        x = F.dropout(x) if self.training else x
        active = self.training and self.p > 0
        if active:
            x = F.dropout(x)
        if not self.training:
            return x
        return F.dropout(x)


class Rate(nn.Module):
    def __init__(self):
        super().__init__()
        self.none = 0.0

    def forward(self, x, p):
        x = F.dropout(x, 0)
        x = F.dropout(x, p=0.0)
        x = F.dropout(x, p)
        x = F.dropout(x, self.none)
        x = F.dropout(x, p=0.5 if self.training else 0.0)
        rate = 0.5 if self.training else 0.0
        x = F.dropout(x, rate)
        x = F.alpha_dropout(x, 0.0)
        return F.dropout(x, p=0.5 * self.training)


class ByMode(nn.Module):
    def __init__(self):
        super().__init__()
        self.p = 0.5

    def train(self, mode=True):
        self.p = 0.5 if mode else 0.0
        return super().train(mode)

    def forward(self, x):
        return F.dropout(x, self.p)


class ByProperty(nn.Module):
    def __init__(self):
        super().__init__()
        self._p = 0.5

    @property
    def p(self):
        return self._p if self.training else 0.0

    def forward(self, x):
        return F.dropout(x, self.p)


class UnknownAttribute(nn.Module):
    def forward(self, x):
        return F.dropout(x, self.p)


class RateOfLayer(nn.Module):
    def __init__(self):
        super().__init__()
        self.drop = nn.Dropout(0.5)

    def disable(self):
        self.drop.p = 0.0

    def forward(self, x):
        return F.dropout(x, self.drop.p)


class CallerDecides(nn.Module):
    def forward(self, inputs, use_dropout=False):
        x, dropout_switch = inputs
        if use_dropout:
            x = F.dropout(x)
        if dropout_switch:
            x = F.dropout(x)
        return self.perturb(x)

    def perturb(self, x, noise_enabled=False):
        return F.dropout(x) if noise_enabled else x


class TrainingOnly(nn.Module):
    def forward(self, x):
        if self.training:
            x = self.drop_edges(x)
        return x

    def drop_edges(self, x):
        return self.drop_all(F.dropout(x))

    def drop_all(self, x):
        return F.dropout(x)

    def training_step(self, batch):
        return F.dropout(batch).sum()

    def contrastive_loss(self, x):
        return F.dropout(x).sum()


class MCDropout(nn.Module):
    def forward(self, x):
        return F.dropout(x, 0.5)


class BayesianHead(nn.Module):
    def forward(self, x):
        return F.dropout(x, 0.5)


class Uncertain(nn.Module):
    def forward(self, x):
        return x

    def monte_carlo(self, x):
        return F.dropout(x)


class Prenet(nn.Module):
    """Two layers.

    This module always applies dropout, also in evaluation.
    """

    def forward(self, x):
        return F.dropout(x, 0.5)


class Layers(nn.Module):
    def __init__(self):
        super().__init__()
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        dropout = self.dropout
        return dropout(x) + self.dropout(x)


class WithTrain(nn.Module):
    def forward(self, x):
        return torch.dropout(x, 0.5, train=True)


class NotAModule:
    def forward(self, x):
        return F.dropout(x)


def mask_edges(edges):
    return F.dropout(edges, 0.1)


class Branches(nn.Module):
    def __init__(self, dropout_p):
        super().__init__()
        self.dropout_p = dropout_p

    def forward(self, x):
        if not self.training:
            dropout_p = 0.0
        else:
            dropout_p = self.dropout_p
        if dropout_p > 0.0:
            x = F.dropout(x, dropout_p)
        return F.dropout(x, dropout_p)


class Rated(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.drop_rate = rate

    def forward(self, x):
        return F.dropout(x, self.drop_rate)


class Annealing:
    def anneal(self, rate):
        self.drop_rate = rate


class Annealed(Annealing, Rated):
    pass


class HeldRate(nn.Module):
    def __init__(self, rate):
        super().__init__()
        self.held_rate = rate

    def forward(self, x):
        return F.dropout(x, self.held_rate)


class Schedule:
    def step(self, layer):
        layer.held_rate = 0.0
