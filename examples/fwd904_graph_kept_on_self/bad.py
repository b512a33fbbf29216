"""A value that forward keeps on ``self`` keeps the graph that it was computed with.

The Module then cannot be copied, for example to average weights. A list of losses
holds the graphs of all batches and, without a backward pass, their activations.
"""

import copy

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)


class Attention(nn.Module):
    """Keeps its last weights for a picture of them."""

    def __init__(self):
        super().__init__()
        self.score = nn.Linear(4, 1)
        self.weights = None

    def forward(self, x):
        weights = torch.softmax(self.score(x), dim=0)
        self.weights = weights  # FWD904:14
        return (weights * x).sum(dim=0)


class Regressor(nn.Module):
    """Keeps its losses for a curve of them."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 1)
        self.losses = []

    def forward(self, x, target):
        loss = F.mse_loss(self.layer(x), target)
        self.losses.append(loss)  # FWD904:14
        return loss


def copies(module):
    try:
        copy.deepcopy(module)
    except RuntimeError:
        return False
    return True


attention = Attention()
print(
    "control, copied before a call:", copies(attention)
)  # -> control, copied before a call: True
attention(torch.randn(3, 4))
print("copied after a call:", copies(attention))  # -> copied after a call: False

regressor = Regressor()
for _ in range(5):
    regressor(torch.randn(8, 4), torch.randn(8, 1))
kept = sum(loss.requires_grad for loss in regressor.losses)
print("graphs kept:", kept)  # -> graphs kept: 5
