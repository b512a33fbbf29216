"""``forward`` is ordinary Python: nothing here is a pitfall.

Branches and loops that depend on data, recursion, new tensors, early returns, any
function: eager torch runs them all, and autograd records what happened. And not every
attribute named ``forward`` or ``grad`` is a call or a gradient to worry about.
"""

import inspect

import torch
from torch import nn
from torch.utils.checkpoint import checkpoint

torch.manual_seed(0)


class Router(nn.Module):
    """Branches on data and returns early."""

    def __init__(self):
        super().__init__()
        self.positive = nn.Linear(2, 1, bias=False)
        self.negative = nn.Linear(2, 1, bias=False)
        nn.init.constant_(self.positive.weight, 1.0)
        nn.init.constant_(self.negative.weight, -1.0)

    def forward(self, x):
        if x.numel() == 0:
            return torch.zeros(0, 1)
        if x.sum() > 0:
            return self.positive(x)
        return self.negative(x)


class Halver(nn.Module):
    """Loops as long as the data asks for, and tidies up whatever happens."""

    def __init__(self):
        super().__init__()
        self.steps = 0
        self.running = False

    def forward(self, x):
        self.running = True
        self.steps = 0
        try:
            while x.norm() > 1:
                x = x / 2
                self.steps += 1
            return x
        finally:
            self.running = False


class TreeSum(nn.Module):
    """Calls itself for the branches of a tree of nested lists."""

    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.tensor(0.5))

    def forward(self, tree):
        if isinstance(tree, float):
            return torch.tensor(tree)
        return self.weight * sum(self(branch) for branch in tree)


def equal_shares(count):
    return torch.ones(count) / count


class NoisyMean(nn.Module):
    """Creates new tensors and calls functions."""

    def forward(self, x, noise=0.0):
        total = torch.zeros(x.shape[1])
        for share, row in zip(equal_shares(len(x)), x, strict=True):
            total = total + share * row
        return total + noise * torch.randn_like(total)


class CheckpointedNet(nn.Module):
    """Passes the module itself to the checkpoint and retains a gradient to look at."""

    def __init__(self):
        super().__init__()
        self.block = nn.Sequential(nn.Linear(2, 2, bias=False), nn.ReLU())
        nn.init.eye_(self.block[0].weight)
        self.hidden = None

    def forward(self, x):
        self.hidden = checkpoint(self.block, x, use_reentrant=False)
        self.hidden.retain_grad()
        return self.hidden.sum()


class Force(nn.Module):
    """Differentiates inside forward: a force is the slope of an energy."""

    def __init__(self):
        super().__init__()
        self.stiffness = nn.Parameter(torch.tensor(3.0))

    def forward(self, position):
        position = position.detach().requires_grad_()
        energy = 0.5 * self.stiffness * position.square().sum()
        (slope,) = torch.autograd.grad(energy, position, create_graph=True)
        return -slope


class RoundStraightThrough(torch.autograd.Function):
    """Has a different kind of forward: static, never called as a module."""

    @staticmethod
    def forward(ctx, x):
        return x.round()

    @staticmethod
    def backward(ctx, gradient):
        return gradient


class Quantizer(nn.Module):
    def forward(self, x):
        return RoundStraightThrough.apply(x)


class ScaledQuantizer(Quantizer):
    """Extends the parent's forward."""

    def forward(self, x):
        return super().forward(x * 10) / 10


class ClampedQuantizer(Quantizer):
    """Extends a forward named by its class."""

    def forward(self, x):
        return Quantizer.forward(self, x).clamp(max=2.0)


class SpatialGradient(nn.Module):
    def forward(self, x):
        return x[..., 1:] - x[..., :-1]


class EdgeLoss(nn.Module):
    """Keeps a layer under the name grad, which is no gradient of a tensor."""

    def __init__(self):
        super().__init__()
        self.grad = SpatialGradient()

    def forward(self, x):
        return self.grad(x).abs().sum()


router = Router()
row = torch.ones(1, 2)
print("positive branch:", router(row).item())  # -> positive branch: 2.0
print("negative branch:", router(-row).item())  # -> negative branch: 2.0
print("empty batch:", router(row[:0]).tolist())  # -> empty batch: []

halver = Halver()
halved = halver(torch.tensor([3.0, 4.0]))
print("halved:", halved.tolist())  # -> halved: [0.375, 0.5]
print("steps taken:", halver.steps)  # -> steps taken: 3
print("still running:", halver.running)  # -> still running: False

tree_sum = TreeSum()
total = tree_sum([1.0, [2.0, [4.0, 8.0]]])
print("sum of the tree:", total.item())  # -> sum of the tree: 2.5

average = NoisyMean()
rows = torch.tensor([[1.0, 2.0], [3.0, 4.0]])
print("mean of the rows:", average(rows).tolist())  # -> mean of the rows: [2.0, 3.0]
arguments = list(inspect.signature(average.forward).parameters)
print("arguments:", arguments)  # -> arguments: ['x', 'noise']

checkpointed = CheckpointedNet()
checkpointed(row).backward()
gradient = checkpointed.hidden.grad
print("gradient kept:", gradient.tolist())  # -> gradient kept: [[1.0, 1.0]]

force = Force()(torch.tensor([1.0, -2.0]))
print("force:", force.tolist())  # -> force: [-3.0, 6.0]

values = torch.tensor([0.26, 2.61])
print("rounded:", Quantizer()(values).tolist())  # -> rounded: [0.0, 3.0]
tenths = (ScaledQuantizer()(values) * 10).round().int()
print("tenths:", tenths.tolist())  # -> tenths: [3, 26]
print("clamped:", ClampedQuantizer()(values).tolist())  # -> clamped: [0.0, 2.0]

edges = EdgeLoss()(torch.tensor([1.0, 4.0, 2.0]))
print("edges:", edges.item())  # -> edges: 5.0

# A training loop outside any forward may write gradients as it likes.
layer = nn.Linear(2, 1)
nn.init.zeros_(layer.weight)
optimizer = torch.optim.SGD(layer.parameters(), lr=1.0)
for _ in range(3):
    loss = (layer(torch.ones(4, 2)) - 10).square().mean()
    optimizer.zero_grad()
    loss.backward()
    for parameter in layer.parameters():
        parameter.grad = parameter.grad.sign()
    optimizer.step()
print("trained weight:", layer.weight.tolist())  # -> trained weight: [[3.0, 3.0]]
