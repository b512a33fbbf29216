"""Classes of layers that are called with tensors, and as they should be."""

import torch
from torch import Tensor, nn
from torch.nn import Dropout, Flatten
from torch.nn import functional as F


class Activations(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, x):
        x = nn.ReLU(x)  # FWD414:16
        x = self.fc(x)
        x = nn.Dropout(self.fc(x))  # FWD414:16
        x = self.fc(nn.ReLU(x))  # FWD414:24
        x = torch.relu(nn.Flatten(x))  # FWD414:27
        x = nn.Sigmoid(F.relu(x)) + x  # FWD414:16
        return nn.Softmax(x)  # FWD414:19


class Named(nn.Module):
    def forward(self, scores: Tensor, mask):
        flat = Flatten(scores)  # FWD414:16
        kept = Dropout(mask.view(-1))  # FWD414:16
        wide = torch.nn.Tanh(mask)  # FWD414:25
        return nn.LogSoftmax(scores, dim=1), flat, kept, wide  # FWD414:19


class Results(nn.Module):
    def forward(self, x, target: torch.Tensor):
        scores = x.mean(dim=1)
        loss = nn.MSELoss(scores, target)  # FWD414:19
        other = nn.CrossEntropyLoss(scores, target)  # FWD414:20
        return {"loss": loss, "other": other, "p": nn.GELU(-scores)}  # FWD414:55


class Sizes(nn.Module):
    def forward(self, x, dim, p=0.1):
        width = x.size(1)
        x = nn.MaxPool1d(width, 3)(x)
        x = nn.AvgPool1d(x.size(-1), 4)(x)
        x = nn.Unflatten(1, x.shape[1:])(x)
        pool = nn.AdaptiveAvgPool2d(width)
        norm = nn.Upsample(width)
        x = nn.Softmax(dim)(norm(pool(x)))
        factory = nn.Dropout(p)
        return nn.Dropout(p), factory, x


class Called(nn.Module):
    def forward(self, x):
        x = nn.ReLU()(x)
        x = nn.Softmax(-1)(x)
        layer = nn.ReLU(x)
        return layer(x)


class Kept(nn.Module):
    def forward(self, x):
        self.layer = nn.ReLU(x)
        self.layers.append(nn.ReLU(x))
        layers = [nn.Flatten(x)]
        nn.Flatten(x)
        return nn.Sequential(nn.ReLU(x)), layers, nn.ReLU(x)(x)


class Containers(nn.Module):
    def forward(self, x, weights: Tensor):
        x = nn.Parameter(x)
        items = nn.ParameterList([x])
        loss = nn.CrossEntropyLoss(weights)
        binary = nn.BCEWithLogitsLoss(weights)
        table = nn.Embedding.from_pretrained(x)
        return F.relu(x), items, loss, binary, table


class Own(nn.Module):
    def __init__(self, x):
        super().__init__()
        self.x = x


class Projects(nn.Module):
    def forward(self, x):
        own = Own(x)
        return Own(x), own


class Unknown(nn.Module):
    def forward(self, length, rate, config: dict, x):
        a, b = x.shape
        for size in x.shape:
            rate = nn.Dropout(size)
        return nn.Softmax(length), nn.Dropout(rate), nn.ReLU(config), nn.Flatten(a)


class Numbers(nn.Module):
    def forward(self, x):
        count = x.numel()
        ratio = x.size(0) / 2
        total = x.item()
        return nn.Dropout(count), nn.Dropout(ratio), nn.Softmax(total)


class Elsewhere(nn.Module):
    def build(self, x: Tensor):
        return nn.ReLU(x)

    def forward(self, x):
        def later():
            return nn.ReLU(x)

        return later


class Plain:
    def forward(self, x):
        return nn.ReLU(x)


class Unproven(Missing):
    def forward(self, x):
        return nn.ReLU(x)


def forward(x: Tensor):
    return nn.ReLU(x)
