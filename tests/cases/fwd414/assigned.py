"""What a name holds where it is handed to a layer's class, and elsewhere."""

import torch
from torch import Tensor, nn


class Reaching(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)
        self.rnn = nn.LSTM(4, 4)

    def forward(self, data, many):
        out = self.encode(data)
        out = self.fc(out)
        out = nn.ReLU(out)  # FWD414:18
        for _ in range(many):
            out = nn.Dropout(self.fc(out)) + out  # FWD414:22
        if many:
            out = out.abs()
        else:
            out = -out
        out += 1
        sequence, (hidden, _) = self.rnn(out)
        kept = nn.Dropout(sequence)  # FWD414:19
        first, second = out.chunk(2, dim=-1)
        gate = nn.Sigmoid(second)  # FWD414:19
        one, two = self.fc(first), 2
        both = nn.Tanh(one)  # FWD414:19
        either = first if many else second * 2
        return nn.Softmax(either), kept, gate, both, two  # FWD414:19


class Elsewhere(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 4)

    def forward(self, x, many, rate):
        size = self.fc(x)
        size = 4
        flat = nn.Softmax(size)
        if many:
            rate = self.fc(x)
        kept = nn.Dropout(rate)
        height, width = self.fc(x).shape
        pool = nn.AvgPool2d(height)
        one, two = self.fc(x), 2
        norm = nn.Softmax(two)
        rate = torch.ones(1)
        print(rate.shape)
        wide = nn.Upsample(many if one else 2)
        x = x["image"]
        return nn.ReLU(x), flat, kept, pool, norm, wide


class Tested(nn.Module):
    def forward(self, x, masks: list[Tensor], mask: Tensor | None = None):
        if isinstance(x, (list, tuple)):
            one = nn.ReLU(x)
        elif isinstance(x, Tensor):
            one = nn.ReLU(x)  # FWD414:22
        if not isinstance(x, Tensor):
            two = nn.ReLU(x)
        if not isinstance(x, dict):
            two = nn.ReLU(x)  # FWD414:22
        three = nn.Sigmoid(mask)  # FWD414:20
        return one, two, three, nn.ReLU(masks)


class Used(nn.Module):
    def forward(self, image, config):
        settings = config or self.config
        rate = nn.Dropout(config)
        config = torch.ones(2)
        config = config.view(1, config.shape[0])
        return nn.Dropout(config), settings, rate  # FWD414:19
