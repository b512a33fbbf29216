"""A forward that loses what it computes."""

import einops
import torch
import torch.nn.functional as F
from torch import nn


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.first = nn.Linear(4, 8)
        self.second = nn.Linear(8, 2)

    def forward(self, x):  # FWD205:9
        x = F.relu(self.first(x))
        x = self.second(x)


class BareReturn(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 8)

    def forward(self, x):  # FWD205:9
        """Forward pass."""
        x = self.layer(x)
        return


class ConvLayerNorm(nn.LayerNorm):
    def forward(self, x):  # FWD205:9
        x = einops.rearrange(x, "b ... t -> b t ...")
        x = super().forward(x)
        x = einops.rearrange(x, "b t ... -> b ... t")
        return


class Noise(nn.Module):
    def forward(self, x):  # FWD205:9
        noise = torch.empty_like(x)
        noise.normal_(0, 1)


class OnePath(nn.Module):
    def forward(self, x, flat=False):  # FWD205:9
        if flat:
            return x.flatten(1)
        x = x.mean(dim=1)


class ElsePath(nn.Module):
    def forward(self, x, flat=False):  # FWD205:9
        if flat:
            return x.flatten(1)
        elif x.dim() > 2:
            y = x.mean(dim=1)
        else:
            return x


class BothPaths(nn.Module):
    def forward(self, x):  # FWD205:9
        if x.dim() > 2:
            x = torch.mean(x, dim=1)
        else:
            x = x * 2


class Blocks(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([Classifier(), BareReturn()])

    def forward(self, x):  # FWD205:9
        for block in self.blocks:
            x = block(x)


class Context(nn.Module):
    def forward(self, x):  # FWD205:9
        with torch.no_grad():
            y = x @ x.transpose(0, 1)


class Annotated(nn.Module):
    def forward(self, x: torch.Tensor) -> torch.Tensor:  # FWD205:9
        scale: float = 2.0
        y: torch.Tensor = x * scale


class Pair(nn.Module):
    def forward(self, x):  # FWD205:9
        left, right = x.chunk(2, dim=-1)
        product = left * right


class Checked(nn.Module):
    def forward(self, x):  # FWD205:9
        if x.dim() != 2:
            raise ValueError(x.shape)
        assert x.size(0) > 1
        x = torch.softmax(x, dim=-1)


class Comprehension(nn.Module):
    def __init__(self):
        super().__init__()
        self.heads = nn.ModuleList([nn.Linear(2, 2)])

    def forward(self, x):  # FWD205:9
        outputs = [head(x) for head in self.heads]
        result = torch.stack(outputs)


class Prints(nn.Module):
    def forward(self, x):  # FWD205:9
        print(x.shape)
        y = x * 2


class Guarded(nn.Module):
    def forward(self, x):  # FWD205:9
        try:
            y = x * 2
        except RuntimeError:
            y = x


class Frozen(nn.Module):
    @torch.no_grad()
    def forward(self, x):  # FWD205:9
        y = x * 2


class Collected(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList([nn.Linear(2, 2)])

    def forward(self, x):  # FWD205:9
        outputs = []
        for block in self.blocks:
            x = block(x)
            outputs.append(x)


class Named(nn.Module):
    def forward(self, x):  # FWD205:9
        outputs = {"mean": x.mean()}
        outputs["sum"] = x.sum()


class Residual(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 2, 3, padding=1)
        self.norm = nn.BatchNorm2d(2)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):  # FWD205:9
        out = self.conv(x)
        out = self.relu(self.norm(out))
        out += x
        out = self.relu(out)


class NamedAsMethod(nn.Module):
    def __init__(self):
        super().__init__()
        self.relu = nn.ReLU()

    def forward(self, x):  # FWD205:9
        x = self.relu(x)


class Scaled(nn.Module):
    def forward(self, x):  # FWD205:9
        y = x * 2
        y = y.view(-1)
        y += 1


class LeavesEarly(nn.Module):
    def forward(self, x):  # FWD205:9
        if x.dim() == 1:
            y = x.mean()
            return
        return x * 2
