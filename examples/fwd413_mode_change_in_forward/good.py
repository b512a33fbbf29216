"""A ``forward`` that leaves the mode to its caller runs in the requested mode.

The classifier keeps training, with batch statistics that follow the data; the regressor
is deterministic in evaluation.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(4)
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        return self.layer(self.norm(x))


class Regressor(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(4)
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        return self.drop(self.norm(x))


batch = torch.randn(64, 4)

classifier = Classifier()
classifier.train()
for _ in range(3):
    classifier(batch)
print("still in training:", classifier.training)  # -> still in training: True
batches = classifier.norm.num_batches_tracked.item()
print("batches tracked in training:", batches)  # -> batches tracked in training: 3

regressor = Regressor()
regressor.eval()
same = torch.equal(regressor(batch), regressor(batch))
print("same prediction twice:", same)  # -> same prediction twice: True
batches = regressor.norm.num_batches_tracked.item()
print("batches tracked in evaluation:", batches)  # -> batches tracked in evaluation: 0
