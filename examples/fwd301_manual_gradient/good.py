"""Gradients are changed where autograd computes them, and cleared by the training loop.

A hook on the intermediate result reverses what flows back through it, an autograd
function brings a derivative of its own, and the loop, not the module, decides when a
gradient starts from zero.
"""

import torch
from torch import nn

torch.manual_seed(0)


class DomainClassifier(nn.Module):
    """Reverses the gradient on its way to the encoder."""

    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(2, 1, bias=False)

    def forward(self, x):
        features = self.encoder(x)
        features.register_hook(lambda gradient: -gradient)
        return features


class Product(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, weight):
        ctx.save_for_backward(x, weight)
        return x @ weight

    @staticmethod
    def backward(ctx, gradient):
        x, weight = ctx.saved_tensors
        return torch.outer(gradient, weight), gradient @ x


class Template(nn.Module):
    """Brings a derivative of its own: the gradient of a sum of products is known."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(2))

    def forward(self, x):
        return Product.apply(x, self.weight)


class Regressor(nn.Module):
    """Leaves gradients to the training loop."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(2))

    def forward(self, x):
        return x @ self.weight


class Classifier(nn.Module):
    """Leaves gradients to the optimizer."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 1)

    def forward(self, x):
        return self.layer(x)


batch = torch.tensor([[1.0, 2.0]])

domain = DomainClassifier()
domain(batch).sum().backward()
gradient = domain.encoder.weight.grad.tolist()
print("reversed gradient:", gradient)  # -> reversed gradient: [[-1.0, -2.0]]

template = Template()
template(batch).sum().backward()
gradient = template.weight.grad.tolist()
print("gradient by hand:", gradient)  # -> gradient by hand: [1.0, 2.0]

regressor = Regressor()
regressor.weight.grad = None
regressor(batch).sum().backward()
regressor(batch * 10).sum().backward()
gradient = regressor.weight.grad.tolist()
print("gradient of two batches:", gradient)  # -> gradient of two batches: [11.0, 22.0]

classifier = Classifier()
optimizer = torch.optim.SGD(classifier.parameters(), lr=0.5)
optimizer.zero_grad()
loss = classifier(batch).sum()
loss.backward()
validation_loss = classifier(batch).sum()
optimizer.step()
improved = (classifier(batch).sum() < validation_loss).item()
print("step lowered the loss:", improved)  # -> step lowered the loss: True
