import torch
import torch.nn.functional as F
from torch import nn


class Activations(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.weight = nn.Parameter(torch.ones(2))
        self.attention = nn.MultiheadAttention(2, 1)
        self.lstm = nn.LSTM(2, 2)

    def forward(self, x):
        self.hidden = self.layer(x)  # FWD904:14
        scores = torch.softmax(self.layer(x), dim=-1)
        self.scores = scores  # FWD904:14
        self.mean = scores.mean(dim=0) * 2  # FWD904:14
        self.scaled: torch.Tensor = x * self.weight  # FWD904:14
        self.both, y = scores, x  # FWD904:14
        self.pair = (x, scores)  # FWD904:14
        self.first = self.second = scores  # FWD904:14 FWD904:27
        y, self.attended = self.attention(y, y, y)  # FWD904:17
        output, self.state = self.lstm(y)  # FWD904:22
        if self.training:
            self.penalty = output[0] + scores.sum()  # FWD904:18
        return scores


class Losses(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.criterion = nn.CrossEntropyLoss()
        self.history = []
        self.named = {}
        self.loss = None

    def forward(self, x, y):
        logits = self.layer(x)
        self.loss = None
        self.loss = self.criterion(logits, y)  # FWD904:14
        self.history.append(F.mse_loss(logits, y))  # FWD904:14
        self.named["loss"] = self.criterion(logits, y)  # FWD904:14
        return logits


class InLoop(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 2)])
        self.outputs = []

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
            if x.dim() == 2:
                self.outputs.append(x)  # FWD904:22
        self.last = x
        return x


class Steps(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        after = self.layer(x)
        for _ in range(3):
            before = after
            self.first = before  # FWD904:18
            after = before.relu()
            self.second = after  # FWD904:18
        return after
