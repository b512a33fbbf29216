"""A ``forward`` that changes the mode changes it for all later code.

After the first batch the classifier trains without dropout and with batch statistics
that are frozen; the regressor is random, and updates statistics, in evaluation.
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
        self.eval()  # FWD413:14
        return self.layer(self.norm(x))


class Regressor(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(4)
        self.drop = nn.Dropout(0.5)

    def forward(self, x):
        self.train()  # FWD413:14
        return self.drop(self.norm(x))


batch = torch.randn(64, 4)

classifier = Classifier()
classifier.train()
for _ in range(3):
    classifier(batch)
print("still in training:", classifier.training)  # -> still in training: False
batches = classifier.norm.num_batches_tracked.item()
print("batches tracked in training:", batches)  # -> batches tracked in training: 0

regressor = Regressor()
regressor.eval()
same = torch.equal(regressor(batch), regressor(batch))
print("same prediction twice:", same)  # -> same prediction twice: False
batches = regressor.norm.num_batches_tracked.item()
print("batches tracked in evaluation:", batches)  # -> batches tracked in evaluation: 2
