import torch
import torch.nn.functional as F
from torch import nn


class Registered(nn.Module):
    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.zeros(3))
        self.weight = nn.Parameter(torch.ones(3))
        self.std = nn.Buffer(torch.ones(3))
        self.register_buffer("scale", None)
        self.scale = torch.ones(3)
        self.later = torch.ones(3)
        self.later = nn.Parameter(self.later)

    def forward(self, x):
        return (x - self.mean) / self.std * self.weight * self.scale * self.later


class RegisteredByName(nn.Module):
    def __init__(self):
        super().__init__()
        self.mean = torch.zeros(3)
        for name in ("mean",):
            value = self.__dict__.pop(name)
            self.register_buffer(name, value)

    def forward(self, x):
        return x - self.mean


class Moved(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.zeros(3)
        self.b = torch.zeros(3)
        self.c = torch.zeros(3)
        self.d = torch.zeros(3)
        self.e = torch.zeros(3)
        self.f = torch.zeros(3)
        self.g = torch.zeros(3)

    def forward(self, x):
        y = x - self.a.to(x.device) + self.b.type_as(x)
        if self.c.device != x.device:
            self.c = self.c.to(x)
        d = self.d
        d = d.to(x.device)
        e = torch.as_tensor(self.e, device=x.device)
        f = move_to(self.f, x)
        return x - self.c + y + d + e + f + x * self.g.unsqueeze(0).to(x) + x * self.a


def move_to(tensor, like):
    return tensor.to(like.device)


class OnDevice(nn.Module):
    def __init__(self, device):
        super().__init__()
        self.mean = torch.zeros(3, device=device)
        self.std = torch.ones(3).to(device)
        self.scale = torch.ones(3).cuda()
        self.shift = torch.ones(3, **{"device": device})

    def forward(self, x):
        return (x - self.mean) / self.std * self.scale + self.shift


class MovedByClass(nn.Module):
    def __init__(self):
        super().__init__()
        self.mean = torch.zeros(3)

    def _apply(self, fn):
        self.mean = fn(self.mean)
        return super()._apply(fn)

    def forward(self, x):
        return x - self.mean


class MovedByTo(nn.Module):
    def __init__(self):
        super().__init__()
        self.tensors = [torch.zeros(3)]
        self.mean = torch.zeros(3)

    def to(self, *args, **kwargs):
        for tensor in vars(self).values():
            tensor.data = tensor.data
        return super().to(*args, **kwargs)

    def forward(self, x):
        return x - self.mean


class Numbers(nn.Module):
    def __init__(self, alpha):
        super().__init__()
        self.zero = torch.tensor(0.0)
        self.alpha = torch.tensor(alpha)
        self.length = torch.tensor([1, 2]).tolist()
        self.total = torch.ones(3).sum().item()
        self.array = torch.ones(3).numpy()
        self.size = torch.ones(3).shape

    def forward(self, x):
        return x * self.zero + self.alpha + self.total + len(self.length)


class NotMixed(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = torch.arange(10)
        self.order = torch.randperm(3)
        self.rates = torch.linspace(0, 1, 10)
        self.unused = torch.zeros(3)
        self.kept = torch.zeros(3)

    def forward(self, x, epoch):
        size = self.table.size(0) + self.table.tolist()[0]
        rate = self.rates[epoch]
        for value in self.rates.tolist():
            x = x * value
        return x[:, self.order] * rate + size + len(self.kept)


class SetLater(nn.Module):
    def __init__(self):
        super().__init__()
        self.mask = torch.zeros(0)
        self.cache = torch.Tensor()

    def set_mask(self, mask):
        self.mask = mask

    def forward(self, x):
        self.cache = x.detach()
        return x * self.mask


class OwnFunctions(nn.Module):
    def __init__(self):
        super().__init__()
        self.mean = zeros(3)
        self.sin = self.tensor([1.0])

    def tensor(self, numbers):
        return nn.Parameter(torch.Tensor(numbers))

    def forward(self, x):
        return x - self.mean + F.relu(x + self.sin)


def zeros(size):
    return 0.0 * size


class NotAModule:
    def __init__(self):
        self.mean = torch.zeros(3)

    def forward(self, x):
        return x - self.mean


class Wrapped(nn.Module):
    def __init__(self, register):
        super().__init__()
        self.mean = torch.zeros(3)
        self.mean = register(self.mean)

    def forward(self, x):
        return x - self.mean
