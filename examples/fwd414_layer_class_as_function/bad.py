"""A layer's class takes settings: a tensor passed to it is not used as input.

Some classes take the tensor for a setting and return a layer, which then fails in the
next one or is the result; others raise an error about something else.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 3)

    def forward(self, x):
        return nn.Softmax(self.layer(x))  # FWD414:19


class Regressor(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(4, 4)
        self.head = nn.Linear(4, 1)

    def forward(self, x):
        x = self.hidden(x)
        x = nn.ReLU(x)  # FWD414:16
        return self.head(x)


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        x = nn.Dropout(x)  # FWD414:16
        return self.layer(x)


def result(module):
    """The type of the result, or of the error."""
    try:
        return type(module(torch.ones(2, 4))).__name__
    except (RuntimeError, TypeError) as error:
        return type(error).__name__


print("classifier:", result(Classifier()))  # -> classifier: Softmax
print("regressor:", result(Regressor()))  # -> regressor: TypeError
print("encoder:", result(Encoder()))  # -> encoder: RuntimeError
