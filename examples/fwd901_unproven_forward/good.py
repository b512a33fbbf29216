"""The scorer itself is called, so its hooks run."""

import torch
from torch import nn


def score(scorer, batch):
    """Return the mean score that an undeclared scorer gives to a batch."""
    return scorer(batch).mean()


torch.manual_seed(0)
seen = []
linear = nn.Linear(3, 1)
linear.register_forward_hook(lambda module, inputs, output: seen.append(output))
judges = {"mean": score}
judges["mean"](linear, torch.ones(2, 3))

print("hook calls:", len(seen))  # -> hook calls: 1
