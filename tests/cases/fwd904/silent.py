import torch
import torch.nn.functional as F
from torch import nn


class Detached(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.losses = []

    def forward(self, x, y):
        hidden = self.layer(x)
        loss = F.mse_loss(hidden, y)
        self.hidden = hidden.detach()
        self.scores = torch.softmax(hidden, dim=-1).detach().cpu()
        self.value = loss.item()
        self.numbers = hidden.tolist()
        self.array = hidden.detach().numpy()
        self.losses.append(loss.item())
        self.losses.append(loss.detach())
        self.data = hidden.data
        copy = hidden.detach()
        self.copy = copy * 2
        return loss


class NoGraph(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        hidden = self.layer(x)
        self.best = hidden.argmax(dim=-1)
        self.positive = hidden > 0
        self.shape = hidden.shape
        self.length = hidden.size(0)
        self.zeros = torch.zeros_like(hidden)
        self.inputs = x
        self.dtype = self.layer.weight.dtype
        self.count = len(hidden)
        return hidden


class WithoutGradient(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        with torch.no_grad():
            self.target = self.layer(x)
        return self.layer(x)


class Decorated(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    @torch.no_grad()
    def forward(self, x):
        self.hidden = self.layer(x)
        return self.hidden


class Cleared(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.cache = []

    def forward(self, x):
        self.hidden = self.layer(x)
        output = self.decode()
        self.hidden = None
        self.scores = self.layer(output)
        del self.scores
        self.state = self.layer(output)
        self.cache.append(self.state)
        return output

    def decode(self):
        return self.hidden * 2

    def reset(self):
        self.state = None

    def take(self):
        return self.cache.pop()


class Asked(nn.Module):
    def __init__(self, keep_attention=False):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.keep_attention = keep_attention

    def forward(self, x, return_hidden=False):
        hidden = self.layer(x)
        if self.keep_attention:
            self.attention = torch.softmax(hidden, dim=-1)
        if return_hidden and x.dim() == 2:
            self.hidden = hidden
        if not return_hidden:
            return hidden
        self.last = hidden
        return hidden


class Frozen(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2).requires_grad_(False)

    def forward(self, x):
        self.hidden = self.layer(x)
        return self.hidden


class Unproven(nn.Module):
    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, x):
        self.mean = x.mean(dim=0)
        self.hidden = self.encoder(x)
        self.other = self.helper(x)
        local = nn.functional.relu(x)
        self.local = local
        return self.hidden

    def helper(self, x):
        return x


class OtherObjects(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x, output):
        output.hidden = self.layer(x)
        results = []
        results.append(output.hidden)
        return results

    def encode(self, x):
        self.hidden = self.layer(x)
        return self.hidden


class NotAModule:
    def __init__(self):
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        self.hidden = self.layer(x)
        return self.hidden


class RestsOnItself(nn.Module):
    def __init__(self, other):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.other = other

    def forward(self, x, is_odd):
        after = self.layer(x)
        for _ in range(3):
            before = after
            after = before if is_odd else self.other
            self.kept = before
        return after
