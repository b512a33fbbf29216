"""A ``train`` that takes the mode can switch to evaluation, alone and inside others.

A training loop has a name of its own and leaves ``train`` to Module.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Encoder(nn.Module):
    """Keeps its batch statistics, as pretrained."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 4)
        self.norm = nn.BatchNorm1d(4)

    def train(self, mode=True):
        super().train(mode)
        self.norm.eval()
        return self

    def forward(self, x):
        return self.norm(self.layer(x))


class Regressor(nn.Module):
    """Trains itself."""

    def __init__(self, x, y):
        super().__init__()
        self.layer = nn.Linear(4, 1)
        self.data = (x, y)

    def fit(self):
        optimizer = torch.optim.SGD(self.parameters(), lr=0.1)
        x, y = self.data
        loss = nn.functional.mse_loss(self(x), y)
        loss.backward()
        optimizer.step()
        return self

    def forward(self, x):
        return self.layer(x)


def mode(switch):
    """The mode after a switch, or the type of the error."""
    try:
        return "training" if switch().training else "evaluation"
    except TypeError as error:
        return type(error).__name__


encoder = Encoder()
print("encoder:", mode(encoder.eval))  # -> encoder: evaluation
classifier = nn.Sequential(Encoder(), nn.Linear(4, 2))
print("classifier:", mode(classifier.eval))  # -> classifier: evaluation
print("trained classifier:", mode(classifier.train))  # -> trained classifier: training
regressor = Regressor(torch.ones(3, 4), torch.ones(3, 1))
print("regressor:", mode(regressor.eval))  # -> regressor: evaluation
