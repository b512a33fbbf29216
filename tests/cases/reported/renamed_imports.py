"""Functions and Parameters that are imported under other names."""

import torch
from missing import dropout as unknown
from torch import nn
from torch.nn import (
    Parameter as Weight,
    parameter as Parameters,
)
from torch.nn.functional import alpha_dropout as alpha, dropout as drop
from torch.nn.functional import scaled_dot_product_attention as attend


class Renamed(nn.Module):
    def __init__(self):
        super().__init__()
        self.rate = 0.1
        self.weight = Weight(torch.zeros(4)).view(1, 4)  # FWD404:23
        self.whole = Weight(torch.zeros(4))
        self.drop = nn.Dropout(0.5)

    def forward(self, q, k, v):
        q = drop(q, 0.5)  # FWD411:13
        q = drop(q, 0.5, training=self.training)
        k = alpha (k, 0.5)  # FWD411:13
        k = self.drop(unknown(k, 0.5))
        v = attend(q, k, v, dropout_p=self.rate)  # FWD412:13
        return v * Weight(torch.zeros(4))  # FWD403:20


def drop_all(x):
    return drop(x, 0.5)
