"""A backward pass in ``forward`` runs on every call, even outside training.

Gradients pile up from validation batches, a step changes the weights while they are
evaluated, and ``zero_grad`` discards what the training loop has accumulated.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Autoencoder(nn.Module):
    """Computes its own gradients."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2, bias=False)
        nn.init.eye_(self.layer.weight)

    def forward(self, x):
        loss = nn.functional.mse_loss(self.layer(x), x + 1)
        loss.backward()  # FWD302:14
        return loss


class Adaptive(nn.Module):
    """Trains itself."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 1)
        self.optimizer = torch.optim.SGD(self.parameters(), lr=0.1)

    def forward(self, x):
        out = self.layer(x)
        out.sum().backward()  # FWD302:19
        self.optimizer.step()  # FWD302:24
        return out


class Classifier(nn.Module):
    """Starts from clean gradients."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 1, bias=False)

    def forward(self, x):
        self.zero_grad()  # FWD302:14
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
print("gradients from validation:", gradient)  # -> gradients from validation: True
fails = fails_without_gradient(autoencoder)
print("fails without gradient:", fails)  # -> fails without gradient: True

adaptive = Adaptive()
adaptive.eval()
same = torch.equal(adaptive(batch), adaptive(batch))
print("same result twice:", same)  # -> same result twice: False

classifier = Classifier()
classifier(batch).sum().backward()
classifier(batch * 10).sum().backward()
gradient = classifier.layer.weight.grad.tolist()
print("two batches:", gradient)  # -> two batches: [[10.0, 20.0]]
