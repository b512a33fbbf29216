import torch
import torch.nn.functional as F
from torch import Tensor, nn


class Activations(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.norm = nn.LayerNorm(2)

    def forward(self, x, mask):
        scores = torch.softmax(self.layer(x), dim=-1)
        scores.data.masked_fill_(mask, 0.0)  # FWD902:16
        scores.data[mask] = 0.0  # FWD902:16
        scores.data[:, 0].mul_(2.0)  # FWD902:16
        scores.data.view(-1).add_(1.0)  # FWD902:16
        scores.data = scores * 2  # FWD902:16
        scores.data *= 2.0  # FWD902:16
        hidden = self.norm(scores) + 1
        kept = hidden.data  # FWD902:23
        flat = hidden.data.view(-1)  # FWD902:23
        first = hidden.data[0]  # FWD902:24
        return kept + flat + first + torch.relu(hidden.data)  # FWD902:56


class Parameters(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(2, 2))
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        self.weight.data.clamp_(0.0, 1.0)  # FWD902:21
        self.weight.data = self.weight / 2  # FWD902:21
        self.layer.weight.data = torch.renorm(  # FWD902:27
            self.layer.weight.data, p=2, dim=0, maxnorm=1
        )
        weight = self.weight
        x = F.linear(x, weight.data)  # FWD902:32
        return F.linear(x, self.layer.weight.data, self.layer.bias)  # FWD902:46


class Arguments(nn.Module):
    def forward(self, x: Tensor, energies, y: torch.Tensor):
        x.data.mul_(2.0)  # FWD902:11
        y.data[0] = 0.0  # FWD902:11
        energies.data.masked_fill_(x > 0, -1.0)  # FWD902:18
        return F.softmax(energies, dim=-1)


class InLoop(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        x = self.layer(x)
        for _ in range(3):
            x = torch.tanh(x)
            x.data.clamp_(0.0)  # FWD902:15
        return x


class Argument(nn.Module):
    def forward(self, x, mask):
        x.data.mul_(2)  # FWD902:11
        x.data[mask] = 0  # FWD902:11
        mask.data.mul_(2)
        return x


class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x, count):
        parts = [torch.zeros(2)]
        for _ in range(count):
            parts.append(self.layer(x))
        parts = torch.stack(parts, 0)
        parts.data.mul_(2.0)  # FWD902:15
        rows = torch.cat(list(x), 0)
        rows.data[0] = 1.0  # FWD902:14
        logs = {"loss": parts.sum().data}  # FWD902:37
        for both in [torch.ones(2), x]:
            both = torch.cat(both)
            both.data.mul_(2.0)  # FWD902:18
        return keep(parts.data), logs  # FWD902:27


class ImportsLate(nn.Module):
    def forward(self, x, z, first):
        first.data.zero_()
        from torch.nn import functional as late

        x = late.relu(z)
        z.data.zero_()  # FWD902:11
        return x
