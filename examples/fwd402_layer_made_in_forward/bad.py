"""A layer that ``forward`` creates is a different one in each call.

Its weights are new random numbers that no optimizer trains or checkpoint saves; its
dropout ignores ``eval()``; its running statistics start again.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Projection(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(3, 8)

    def forward(self, x):
        return nn.Linear(8, 4)(self.encoder(x))  # FWD402:19


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(100, 1)

    def forward(self, x):
        x = nn.Dropout(0.5)(x)  # FWD402:16
        return self.out(x)


class Normalized(nn.Module):
    def forward(self, x):
        norm = nn.BatchNorm1d(2, affine=False)  # FWD402:19
        return norm(x)


class Rebuilt(nn.Module):
    """Replaces the layer that the optimizer holds."""

    def __init__(self):
        super().__init__()
        self.out = nn.Linear(3, 1)

    def forward(self, x):
        self.out = nn.Linear(x.shape[1], 1)  # FWD402:23
        return self.out(x)


x = torch.ones(1, 3)
projection = Projection()
same = torch.equal(projection(x), projection(x))
print("projection repeats itself:", same)  # -> projection repeats itself: False

names = {name.partition(".")[0] for name in projection.state_dict()}
print("layers in the checkpoint:", len(names))  # -> layers in the checkpoint: 1

classifier = Classifier().eval()
ones = torch.ones(1, 100)
same = torch.equal(classifier(ones), classifier(ones))
print("eval mode is deterministic:", same)  # -> eval mode is deterministic: False

normalized = Normalized()
normalized(torch.randn(64, 2) + 5)
batch = normalized.eval()(torch.full((4, 2), 9.0))
shifted = bool(batch.mean() > 0.1)
print("eval mode sees the shift:", shifted)  # -> eval mode sees the shift: False

rebuilt = Rebuilt()
optimizer = torch.optim.SGD(rebuilt.parameters(), lr=0.1)
rebuilt(x).sum().backward()
held = optimizer.param_groups[0]["params"][0] is rebuilt.out.weight
print("optimizer holds the weight:", held)  # -> optimizer holds the weight: False
