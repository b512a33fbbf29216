"""A Module does not know about tensors in plain attributes.

A change of device, or of dtype as here, does not apply to it; a checkpoint does
not contain it; a loaded model has the values of its own ``__init__``.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Projection(nn.Module):
    """Projects on directions that are drawn once."""

    def __init__(self):
        super().__init__()
        self.directions = torch.randn(3, 3)  # FWD903:14
        self.layer = nn.Linear(3, 2)

    def forward(self, x):
        return self.layer(x @ self.directions)


def runs(module, batch):
    try:
        module(batch)
    except RuntimeError:
        return False
    return True


batch = torch.randn(2, 3)
projection = Projection()
other = Projection()
other.load_state_dict(projection.state_dict())
same = torch.equal(projection(batch), other(batch))
print("loaded model answers alike:", same)  # -> loaded model answers alike: False

saved = "directions" in projection.state_dict()
print("directions are saved:", saved)  # -> directions are saved: False

moved = projection.to(torch.float64)
print("moved model runs:", runs(moved, batch.double()))  # -> moved model runs: False
