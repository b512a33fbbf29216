"""What people fear, and torch supports: branches, loops, new tensors in forward."""

import torch
import torch.nn.functional as F
from torch import nn


class Dynamic(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(width, width) for _ in range(3)])
        self.skip = nn.Linear(width, width)
        self.dropout = nn.Dropout()
        self.register_buffer("steps", torch.zeros(()))

    def forward(self, x, repeats: int = 1, mask=None):
        if x.sum() > 0:
            x = F.relu(self.skip(x))
        elif mask is None:
            mask = torch.ones_like(x)
        for _ in range(repeats):
            for layer in self.layers:
                x = layer(x) + torch.randn(x.shape, device=x.device)
        while x.norm() > 10:
            x = x / 2
        noise = torch.zeros(3, requires_grad=True)
        position = torch.ones(3, requires_grad=True)
        with torch.no_grad():
            self.steps += 1
        x.requires_grad_(True)
        x.retain_grad()
        gradient = torch.autograd.grad(x.sum(), x, create_graph=True)[0]
        x.register_hook(lambda value: value * 2)
        try:
            x = self.dropout(x)
        except RuntimeError:
            return forward(x)
        return x + noise.sum() + position.sum() + gradient.detach()


def forward(x):
    return x


def train(model: nn.Module, batch, optimizer):
    optimizer.zero_grad()
    loss = model(batch).mean()
    loss.backward()
    for parameter in model.parameters():
        if parameter.grad is not None:
            parameter.grad.clamp_(-1, 1)
            parameter.grad.data.mul_(0.5)
            parameter.grad = parameter.grad / 2
    optimizer.step()
    return model.__call__(batch)


class Control(Dynamic):
    def predict(self, x):
        return self.forward(x)  # FWD102:21
