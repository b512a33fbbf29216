import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


class Operands(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.mean = torch.zeros(3)  # FWD903:14
        self.std = torch.ones(1, 3, 1, 1)  # FWD903:14
        self.bins = torch.linspace(0, 1, dim)  # FWD903:14
        self.steps = torch.arange(dim).float().view(1, -1)  # FWD903:14
        self.prior: torch.Tensor = torch.tensor([1.0, 2.0])  # FWD903:14
        self.shift = torch.tensor(dim).reshape(1, 1)  # FWD903:14
        self.noise = torch.from_numpy(np.ones(3))  # FWD903:14
        self.old = torch.FloatTensor([1.0, 2.0])  # FWD903:14

    def forward(self, x):
        y = (x - self.mean) / 2
        y = x / self.std
        y = self.bins * x
        y = x @ self.steps.unsqueeze(0)
        y = x > self.prior
        y = x + self.shift
        y = x * self.noise[None, :, None]
        return x + self.old + y


class Arguments(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(3, 3)
        self.kernel = torch.ones(1, 1, 3, 3)  # FWD903:14
        self.matrix = torch.eye(3)  # FWD903:14
        self.weight = torch.rand(3)  # FWD903:14
        self.index = torch.tensor([0, 2])  # FWD903:14
        self.basis = torch.randn(3, 3)  # FWD903:14

    def forward(self, x):
        hidden = self.layer(x)
        y = F.conv2d(x, self.kernel)
        y = torch.matmul(hidden, self.matrix)
        y = F.cross_entropy(hidden, y, self.weight)
        y = hidden.index_select(1, self.index)
        return self.project(hidden) + y

    def project(self, x: torch.Tensor):
        return torch.einsum("bi,ij->bj", x, self.basis)


class Branches(nn.Module):
    def __init__(self, mean=None):
        super().__init__()
        if mean is None:
            self.mean = torch.zeros(3)  # FWD903:18
        else:
            self.mean = mean

    def forward(self, x):
        return x - self.mean


class Reshaped(nn.Module):
    def __init__(self):
        super().__init__()
        self.mean = torch.zeros(3)  # FWD903:14
        self.mean = self.mean.view(1, 3)

    def forward(self, x):
        return x - self.mean
