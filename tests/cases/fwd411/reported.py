import torch
import torch.nn.functional as F
import torch.nn.functional
from torch import nn
from torch.nn import functional
from torch.nn.functional import dropout


class Default(nn.Module):
    def forward(self, x):
        return F.dropout(x)  # FWD411:18


class Kinds(nn.Module):
    def forward(self, x):
        x = F.dropout(x, 0.5)  # FWD411:15
        x = F.dropout1d(x, 0.5)  # FWD411:15
        x = F.dropout2d(x, p=0.5)  # FWD411:15
        x = F.dropout3d(x, p=0.5, inplace=True)  # FWD411:15
        x = F.alpha_dropout(x, 0.5)  # FWD411:15
        return F.feature_alpha_dropout(x)  # FWD411:18


class Names(nn.Module):
    def forward(self, x):
        x = torch.nn.functional.dropout(x)  # FWD411:33
        x = nn.functional.dropout(x)  # FWD411:27
        x = functional.dropout(x)  # FWD411:24
        return dropout(input=x)  # FWD411:16


class Attribute(nn.Module):
    """Sets its dropout rate."""

    def __init__(self, config, dropout):
        super().__init__()
        self.p = dropout
        self.config = config
        self.rates = [0.1, 0.2]
        self.layers = nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2)])

    def forward(self, x):
        x = F.dropout(x, p=self.p)  # FWD411:15
        x = F.dropout(x, self.config.dropout)  # FWD411:15
        half = self.p / 2
        x = F.dropout(x, half)  # FWD411:15
        for layer, p in zip(self.layers, self.rates):
            x = layer(x)
            if p > 0:
                x = F.dropout(x, p)  # FWD411:23
        if self.p > 0.0:
            x = F.dropout(x, self.p)  # FWD411:19
        return [F.dropout(x, rate) for rate in self.rates]  # FWD411:19


class OtherConditions(nn.Module):
    def forward(self, x, mask=None, return_features=False):
        if mask is not None:
            x = F.dropout(x)  # FWD411:19
        if return_features:
            x = F.dropout(x)  # FWD411:19
        assert not (return_features and mask)
        return F.dropout(x) if x.dim() == 3 else x  # FWD411:18


class Helpers(nn.Module):
    def forward(self, x):
        return self.calc_loss(self.encode(x))

    def encode(self, x):
        return F.dropout(x)  # FWD411:18

    def calc_loss(self, x):
        return F.dropout(x).sum()  # FWD411:18

    def nested(self, x):
        def inner(y):
            return F.dropout(y, 0.2)  # FWD411:22

        return inner(x)


class InLambda(nn.Module):
    def __init__(self):
        super().__init__()
        self.drop = lambda x: F.dropout(x, 0.5)  # FWD411:33

    def forward(self, x):
        return self.drop(x)


class AlphaInTraining(nn.Module):
    def forward(self, x, p):
        if self.training:
            x = F.alpha_dropout(x, p)  # FWD411:19
        return x


class Base(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p


class Derived(Base):
    def forward(self, x):
        return F.dropout(x, self.p)  # FWD411:18


class ChangesItsOwn(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def anneal(self, p):
        self.p = p


class NextToOneThatChanges(nn.Module):
    def __init__(self, p):
        super().__init__()
        self.p = p

    def forward(self, x):
        return F.dropout(x, self.p)  # FWD411:18
