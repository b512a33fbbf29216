"""Parameters made once, frozen, optimized or handed on; other functions."""

import torch
from torch import nn

from missing import Parameter as Unknown, register


class Lazy(nn.Module):
    def forward(self, x, init=False):
        if self.weight is None:
            self.weight = nn.Parameter(torch.ones(x.shape[1]))
        if not hasattr(self, "bias"):
            self.bias = nn.Parameter(torch.zeros(x.shape[1]))
        if init:
            self.scale = nn.Parameter(x.std(0))
        try:
            self.shift
        except AttributeError:
            self.shift = nn.Parameter(x.mean(0))
        return x * self.weight + self.bias


class Frozen(nn.Module):
    def forward(self, x):
        mask = nn.Parameter(torch.ones(2), requires_grad=False)
        other = nn.Parameter(torch.ones(2), False)
        given = nn.Parameter(torch.ones(2), requires_grad=self.flag)
        self.state = nn.Parameter(x, requires_grad=False)
        return x * mask * other * given


class Inner(nn.Module):
    def forward(self, x):
        delta = nn.Parameter(torch.zeros(2))
        optimizer = torch.optim.SGD([delta], lr=0.1)
        for _ in range(3):
            (x + delta).sum().backward()
            optimizer.step()
        return x + delta


class Gradient(nn.Module):
    def forward(self, x):
        probe = nn.Parameter(torch.zeros(2))
        (gradient,) = torch.autograd.grad((x * probe).sum(), probe)
        return gradient


class HandedOn(nn.Module):
    def forward(self, x):
        weight = nn.Parameter(torch.ones(2))
        other = nn.Parameter(torch.ones(2))
        listed = [nn.Parameter(torch.ones(2))]
        kept = nn.Parameter(torch.ones(2))
        self.history.append(kept)
        register(self, other)
        setattr(self, "w", nn.Parameter(torch.ones(2)))
        layer = nn.Linear(2, 2)
        layer.weight = nn.Parameter(x)
        plain = nn.Parameter(x).data
        return weight, listed, plain, x * kept * other

    def reset(self):
        self.weight = nn.Parameter(torch.ones(2))


class Collected(nn.Module):
    def forward(self, x, made):
        one = nn.Parameter(torch.ones(2))
        made = made + (one,)
        two = nn.Parameter(torch.ones(2))
        made += [two]
        three = nn.Parameter(torch.ones(2))
        made += (three,)
        filled = nn.Parameter(torch.ones(2))
        self.history.append(nn.init.zeros_(filled))
        unused = nn.Parameter(torch.empty(2))
        nn.init.zeros_(unused)
        return x * one * two * three * filled, made


class Returned(nn.Module):
    def forward(self, x):
        return nn.Parameter(x)


class NoGradient(nn.Module):
    @torch.no_grad()
    def forward(self, x):
        return x * nn.Parameter(torch.ones(2))


class Within(nn.Module):
    def forward(self, x):
        with torch.no_grad():
            self.weight = nn.Parameter(self.weight.clamp(0, 1))

        def inner(y):
            return y * nn.Parameter(torch.ones(2))

        return inner(x) + (lambda y: y * nn.Parameter(torch.ones(2)))(x) + Unknown(x) * 2


class Plain:
    def forward(self, x):
        return x * nn.Parameter(torch.ones(2))


class Control(nn.Module):
    def forward(self, x):
        return x * nn.Parameter(torch.ones(2))  # FWD403:23
