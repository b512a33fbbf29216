"""Layers are created once, in ``__init__``; ``forward`` only applies them."""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)


class Projection(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(3, 8)
        self.projection = nn.Linear(8, 4)

    def forward(self, x):
        return self.projection(self.encoder(x))


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.out = nn.Linear(100, 1)

    def forward(self, x):
        x = F.dropout(x, 0.5, self.training)
        return self.out(x)


class Normalized(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(2, affine=False)

    def forward(self, x):
        return self.norm(x)


class Rebuilt(nn.Module):
    """Learns the width from the first batch."""

    def __init__(self):
        super().__init__()
        self.out = nn.LazyLinear(1)

    def forward(self, x):
        return self.out(x)


x = torch.ones(1, 3)
projection = Projection()
same = torch.equal(projection(x), projection(x))
print("projection repeats itself:", same)  # -> projection repeats itself: True

names = {name.partition(".")[0] for name in projection.state_dict()}
print("layers in the checkpoint:", len(names))  # -> layers in the checkpoint: 2

classifier = Classifier().eval()
ones = torch.ones(1, 100)
same = torch.equal(classifier(ones), classifier(ones))
print("eval mode is deterministic:", same)  # -> eval mode is deterministic: True

normalized = Normalized()
normalized(torch.randn(64, 2) + 5)
batch = normalized.eval()(torch.full((4, 2), 9.0))
shifted = bool(batch.mean() > 0.1)
print("eval mode sees the shift:", shifted)  # -> eval mode sees the shift: True

rebuilt = Rebuilt()
rebuilt(x)
optimizer = torch.optim.SGD(rebuilt.parameters(), lr=0.1)
rebuilt(x).sum().backward()
held = optimizer.param_groups[0]["params"][0] is rebuilt.out.weight
print("optimizer holds the weight:", held)  # -> optimizer holds the weight: True
