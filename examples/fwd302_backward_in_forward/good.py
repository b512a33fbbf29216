"""``forward`` only computes; the training loop calls backward and the optimizer.

Evaluation leaves gradients and weights as they are, and gradients accumulate over as
many batches as the loop wants.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Autoencoder(nn.Module):
    """Computes its loss."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2, bias=False)
        nn.init.eye_(self.layer.weight)

    def forward(self, x):
        return nn.functional.mse_loss(self.layer(x), x + 1)


class Adaptive(nn.Module):
    """Is trained from outside."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 1)

    def forward(self, x):
        return self.layer(x)


class Classifier(nn.Module):
    """Leaves gradients to the optimizer."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 1, bias=False)

    def forward(self, x):
        return self.layer(x)


batch = torch.tensor([[1.0, 2.0]])


def fails_without_gradient(module):
    """Whether the module can be used where gradients are off."""
    try:
        with torch.no_grad():
            module(batch)
    except RuntimeError:
        return True
    return False


autoencoder = Autoencoder()
autoencoder.eval()
autoencoder(batch)
autoencoder(batch)
gradient = autoencoder.layer.weight.grad is not None
print("gradients from validation:", gradient)  # -> gradients from validation: False
fails = fails_without_gradient(autoencoder)
print("fails without gradient:", fails)  # -> fails without gradient: False

adaptive = Adaptive()
adaptive.eval()
same = torch.equal(adaptive(batch), adaptive(batch))
print("same result twice:", same)  # -> same result twice: True

classifier = Classifier()
classifier(batch).sum().backward()
classifier(batch * 10).sum().backward()
gradient = classifier.layer.weight.grad.tolist()
print("two batches:", gradient)  # -> two batches: [[11.0, 22.0]]
