"""autograd does not see what is done through ``.data``.

A masked softmax is correct in the forward pass, but the backward pass uses the masked
values instead of those that it saved. A copy that is only a view changes the original.
A weight that is read through ``.data`` is never trained.
"""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)


class MaskedAttention(nn.Module):
    def __init__(self):
        super().__init__()
        self.score = nn.Linear(2, 1, bias=False)

    def forward(self, x, mask):
        attention = torch.softmax(self.score(x).squeeze(-1), dim=-1)
        attention.data.masked_fill_(mask, 0.0)  # FWD902:19
        return (attention * x[..., 0]).sum()


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2, bias=False)

    def forward(self, x):
        hidden = torch.tanh(self.layer(x))
        base = hidden.data  # FWD902:23
        base.mul_(0.5)
        return (hidden + base).sum()


class Scale(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(1, 2))

    def forward(self, x):
        return F.linear(x, self.weight.data)  # FWD902:40


def gradient(module, output):
    return torch.autograd.grad(output, module.parameters())[0]


batch = torch.randn(1, 4, 2)
mask = torch.tensor([[False, True, False, True]])

attention = MaskedAttention()
weights = torch.softmax(attention.score(batch).squeeze(-1), dim=-1)
expected = gradient(attention, (weights * ~mask * batch[..., 0]).sum())
right = torch.allclose(gradient(attention, attention(batch, mask)), expected)
print(
    "attention's gradient is right:", right
)  # -> attention's gradient is right: False

residual = Residual()
expected = gradient(residual, torch.tanh(residual.layer(batch)).sum())
right = torch.allclose(gradient(residual, residual(batch)), expected)
print("residual's gradient is right:", right)  # -> residual's gradient is right: False

scale = Scale()
trained = scale(batch).requires_grad
print("weight is in the graph:", trained)  # -> weight is in the graph: False
