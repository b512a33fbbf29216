"""Parameters are created in ``__init__``; what ``forward`` computes is a plain tensor."""

import torch
from torch import nn

torch.manual_seed(0)


class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.scale = nn.Parameter(torch.ones(2))

    def forward(self, x):
        return self.layer(x) * self.scale


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.scores = nn.Linear(2, 2)

    def forward(self, x):
        weights = torch.softmax(self.scores(x), dim=-1)
        return (x * weights).sum()


class Prompt(nn.Module):
    def __init__(self):
        super().__init__()
        self.prompt = nn.Parameter(torch.zeros(2))

    def forward(self, x):
        return x + self.prompt


x = torch.tensor([[1.0, 2.0]])

scaled = Scaled()
scaled(x)
print("tensors that learn:", len([*scaled.parameters()]))  # -> tensors that learn: 3

attention = Attention()
attention(x).backward()
learns = attention.scores.weight.grad is not None
print("gradient reaches the scores:", learns)  # -> gradient reaches the scores: True

prompt = Prompt()
optimizer = torch.optim.SGD(prompt.parameters(), lr=0.5)
for _ in range(3):
    optimizer.zero_grad()
    prompt(x).sum().backward()
    optimizer.step()
learnt = prompt.prompt.tolist()
print("learnt prompt:", learnt)  # -> learnt prompt: [-1.5, -1.5]
