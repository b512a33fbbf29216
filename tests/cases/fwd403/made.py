"""Parameters that forward makes and computes with."""

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn import Parameter
from torch.nn.init import ones_
from torch.nn.parameter import Parameter as P


class Computed(nn.Module):
    def __init__(self):
        super().__init__()
        self.rnn = nn.LSTM(2, 2)
        self.weight = nn.Parameter(torch.ones(2))

    def forward(self, x):
        scale = nn.Parameter(torch.ones(2))  # FWD403:20
        shift = Parameter(torch.zeros(2))  # FWD403:17
        gate = torch.nn.Parameter(x.mean(), requires_grad=True)  # FWD403:25
        x = x * scale + shift
        x = torch.sigmoid(gate) * x
        x = x + nn.Parameter(torch.zeros(2))  # FWD403:20
        x = F.linear(x, nn.Parameter(torch.zeros(2, 2)))  # FWD403:28
        x = torch.matmul(x, nn.Parameter(torch.eye(2)).to(x.device))  # FWD403:32
        first = nn.Parameter(torch.zeros(1, 2)).to(x.device)  # FWD403:20
        second = nn.Parameter(torch.zeros(1, 2)).to(x.device)  # FWD403:21
        x, _ = self.rnn(x, (first, second))
        tokens = nn.Parameter(torch.zeros(1, 2))  # FWD403:21
        x = torch.add(tokens.expand(2, 2), x)
        row = -nn.Parameter(torch.zeros(2))[0]  # FWD403:19
        return x + row


class Stored(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        self.weight = nn.Parameter(torch.ones(2))  # FWD403:26
        self.layer.weight = nn.Parameter(self.layer.weight / 2)  # FWD403:32
        self.moved = nn.Parameter(torch.ones(2)).to(x.device)  # FWD403:25
        self.annotated: torch.Tensor = Parameter(torch.ones(2))  # FWD403:40
        return self.layer(x) * self.weight


class Filled(nn.Module):
    def forward(self, x):
        weight = nn.Parameter(torch.empty(2, 2))  # FWD403:21
        nn.init.xavier_uniform_(weight)
        x = x @ weight
        bias = nn.init.zeros_(nn.Parameter(torch.empty(2)))  # FWD403:34
        x = x + bias
        gate = nn.Parameter(torch.empty(2))  # FWD403:19
        x = x * torch.sigmoid(ones_(gate))
        self.kept = nn.init.zeros_(nn.Parameter(torch.empty(2)))  # FWD403:39
        return x


class Augmented(nn.Module):
    def forward(self, x):
        shift = nn.Parameter(torch.zeros(2))  # FWD403:20
        x += shift
        x *= nn.Parameter(torch.ones(2))  # FWD403:17
        x[0] -= torch.sigmoid(nn.Parameter(torch.ones(2)))  # FWD403:34
        x @= torch.stack([nn.Parameter(torch.ones(2)), x[0]])  # FWD403:30
        return x
