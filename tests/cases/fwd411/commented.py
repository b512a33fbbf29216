"""Dropout that stays on, as a comment beside it says, and comments that say nothing."""

import torch.nn.functional as F
from torch import nn


class Deliberate(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(2, 2)])
        self.rate = 0.5

    def forward(self, q, k, v):
        q = F.dropout(q)  # always applies dropout
        q = F.dropout(q, 0.5)  # MC dropout, see the paper
        q = F.dropout(  # keeps dropout on
            q, 0.5
        )
        # The dropout is always on,
        # as in the paper.
        q = F.dropout(q)
        q = F.dropout(q)  # even in eval mode
        # Dropout stays, also during inference.
        q = F.dropout(q)
        # always drop
        for layer in self.layers:
            q = F.dropout(layer(q), 0.5)
        return F.scaled_dot_product_attention(
            q, k, v, dropout_p=self.rate  # Monte Carlo dropout
        )


class Forgotten(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(2, 2)])

    def forward(self, x):
        x = F.dropout(x)  # FWD411:15
        # Always three dimensions here, and no dropout in evaluation.
        x = F.dropout(x.view(1, 1, -1))  # FWD411:15
        # always drop
        x = F.dropout(x)
        x = F.dropout(x)  # FWD411:15
        # always drop
        for layer in self.layers:
            x = layer(x)
            x = F.dropout(x, 0.5)  # FWD411:19
        # Dropout is always useful.
        return F.dropout(x)  # FWD411:18
