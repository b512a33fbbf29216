"""Functional dropout gets the mode of the Module that calls it."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)


class Classifier(nn.Module):
    def __init__(self, dropout=0.5):
        super().__init__()
        self.dropout = dropout
        self.hidden = nn.Linear(8, 64)
        self.output = nn.Linear(64, 3)

    def forward(self, x):
        hidden = F.relu(self.hidden(x))
        hidden = F.dropout(hidden, self.dropout, training=self.training)
        return self.output(hidden)


class SelfNormalizing(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(8, 64)

    def forward(self, x):
        hidden = F.selu(self.hidden(x))
        return F.alpha_dropout(hidden, p=0.5, training=self.training)


batch = torch.randn(4, 8)

classifier = Classifier().eval()
same = torch.equal(classifier(batch), classifier(batch))
print("same answer in eval mode:", same)  # -> same answer in eval mode: True

network = SelfNormalizing().train()
changed = not torch.equal(network(batch), network(batch))
print("dropout acts in training:", changed)  # -> dropout acts in training: True
