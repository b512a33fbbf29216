"""A Parameter that ``forward`` creates is never trained.

Each call creates a new one that no optimizer holds; created from a result, it also
cuts the gradient of everything before it.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Scaled(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        scale = nn.Parameter(torch.ones(2))  # FWD403:20
        return self.layer(x) * scale


class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.scores = nn.Linear(2, 2)

    def forward(self, x):
        weights = nn.Parameter(torch.softmax(self.scores(x), dim=-1))  # FWD403:22
        return (x * weights).sum()


class Prompt(nn.Module):
    def __init__(self):
        super().__init__()
        self.prompt = nn.Parameter(torch.zeros(2))

    def forward(self, x):
        self.prompt = nn.Parameter(torch.zeros(2))  # FWD403:26
        return x + self.prompt


x = torch.tensor([[1.0, 2.0]])

scaled = Scaled()
scaled(x)
print("tensors that learn:", len([*scaled.parameters()]))  # -> tensors that learn: 2

attention = Attention()
attention(x).backward()
learns = attention.scores.weight.grad is not None
print("gradient reaches the scores:", learns)  # -> gradient reaches the scores: False

prompt = Prompt()
optimizer = torch.optim.SGD(prompt.parameters(), lr=0.5)
for _ in range(3):
    optimizer.zero_grad()
    prompt(x).sum().backward()
    optimizer.step()
learnt = prompt.prompt.tolist()
print("learnt prompt:", learnt)  # -> learnt prompt: [0.0, 0.0]
