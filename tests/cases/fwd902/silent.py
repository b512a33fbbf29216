import torch
from torch import nn
from torch.nn.utils.rnn import PackedSequence, pack_padded_sequence


class Metadata(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        x = self.layer(x)
        size, dtype = x.data.size(), x.data.dtype
        noise = x.data.new_zeros(size) + x.data.new(size).bernoulli_(0.5)
        address = x.data.data_ptr() + x.data_ptr()
        numbers = x.data.cpu().numpy(), x.data.tolist(), x.data.sum().item()
        copies = x.data.clone() + x.data.detach() + x.detach()
        print(f"{x.data}", x.data.shape)
        if x.data.max() > 1 or x.data.dim() == self.layer.weight.data.dim():
            x = x * 2
        return x, dtype, noise, address, numbers, copies


class Packed(nn.Module):
    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(2, 2)
        self.layer = nn.Linear(2, 2)

    def forward(self, x, lengths, packed: PackedSequence):
        sequence = pack_padded_sequence(x, lengths)
        output, _ = self.lstm(sequence)
        hidden = self.layer(output.data) + self.layer(packed.data)
        return sequence.data, output.data, hidden


class Graph(nn.Module):
    def forward(self, batch, data, graph, edges):
        x = batch.data
        graph.data["x"] = x
        edges.data["weight"] *= 2
        return data.data.x + self.data


class Owned(nn.Module):
    def __init__(self):
        super().__init__()
        self.data = torch.ones(2)
        self.register_buffer("mean", torch.ones(2))
        self.fixed = nn.Parameter(torch.ones(2), requires_grad=False)

    def forward(self, x):
        self.mean.data.mul_(0.9).add_(x)
        self.fixed.data.copy_(x)
        self.data = x
        return self.data


class WithoutGradient(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        with torch.no_grad():
            self.layer.weight.data.clamp_(0.0)
        with torch.inference_mode():
            y = self.layer(x).data
        return self.layer(x) + y


class Decorated(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    @torch.no_grad()
    def forward(self, x):
        return self.layer(x).data


class Box:
    def __init__(self):
        self.data = [1]


class Objects(nn.Module):
    def forward(self, x):
        box = Box()
        box.data = [2]
        return box.data, x


class MadeHere(nn.Module):
    def forward(self, x):
        mask = torch.zeros(2, 2)
        mask.data[0] = 1.0
        index = x.argmax(-1)
        index.data[0] = 1
        return mask.data, index.data


class OtherMethods(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.layer.weight.data.fill_(0.0)

    def reset(self):
        self.layer.weight.data.zero_()
        self.layer.bias.data = torch.zeros(2)

    def forward(self, x):
        return self.layer(x)


class Unproven(nn.Module):
    def forward(self, x, lengths):
        lengths = lengths.data
        return self.decode(x).data, lengths

    def decode(self, x):
        return x


class NotAModule:
    def __init__(self):
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        return self.layer(x).data


class LookedAt(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        x = self.layer(x)
        loss = x.sum()
        if torch.isnan(self.layer.weight.data).any():
            x = torch.zeros_like(x.data)
        print(loss.data)
        x = x * 2 if loss.data else x
        while x.data[0]:
            x = x - 1
        logs = {"loss": item(loss.data), "mean": float(x.data.mean()), "n": len(x.data)}
        return x, logs


class MadeOfNumbers(nn.Module):
    def forward(self, arrays):
        windows = []
        for array in arrays:
            windows.append(torch.tensor(array))
        windows = torch.stack(windows, 0)
        flipped = windows[:, 1:].flip(1)
        flipped[:, -1].data *= -1
        mask = torch.cat([torch.zeros(2), torch.ones(2)])
        mask.data[0] = 1.0
        return torch.cat([windows, flipped], 1), mask


def item(tensor):
    return tensor.item()
