"""A gradient written by hand in ``forward`` is not the gradient that training uses.

On an intermediate result it is ignored. On a parameter, autograd adds its own gradient
to it. Clearing a gradient there discards what earlier batches have accumulated, and
a forward pass for validation before the step is enough for that.
"""

import torch
from torch import nn

torch.manual_seed(0)


class DomainClassifier(nn.Module):
    """Should reverse the gradient on its way to the encoder."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(2, 1, bias=False)

    def forward(self, x):
        features = self.encoder(x)
        features.grad = -torch.ones_like(features)  # FWD301:18
        return features


class Template(nn.Module):
    """Brings a derivative of its own: the gradient of a sum of products is known."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(2))

    def forward(self, x):
        self.weight.grad = x.sum(dim=0)  # FWD301:21
        return x @ self.weight


class Regressor(nn.Module):
    """Starts from a clean gradient, but in every forward pass."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(2))

    def forward(self, x):
        self.weight.grad = None  # FWD301:21
        return x @ self.weight


class Classifier(nn.Module):
    """Sets its gradient to zero in every forward pass."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 1)

    def forward(self, x):
        for parameter in self.parameters():
            if parameter.grad is not None:
                parameter.grad.zero_()  # FWD301:27
        return self.layer(x)


batch = torch.tensor([[1.0, 2.0]])

domain = DomainClassifier()
domain(batch).sum().backward()
gradient = domain.encoder.weight.grad.tolist()
print("reversed gradient:", gradient)  # -> reversed gradient: [[1.0, 2.0]]

template = Template()
template(batch).sum().backward()
gradient = template.weight.grad.tolist()
print("gradient by hand:", gradient)  # -> gradient by hand: [2.0, 4.0]

regressor = Regressor()
regressor(batch).sum().backward()
regressor(batch * 10).sum().backward()
gradient = regressor.weight.grad.tolist()
print("gradient of two batches:", gradient)  # -> gradient of two batches: [10.0, 20.0]

classifier = Classifier()
optimizer = torch.optim.SGD(classifier.parameters(), lr=0.5)
loss = classifier(batch).sum()
loss.backward()
validation_loss = classifier(batch).sum()
optimizer.step()
improved = (classifier(batch).sum() < validation_loss).item()
print("step lowered the loss:", improved)  # -> step lowered the loss: False
