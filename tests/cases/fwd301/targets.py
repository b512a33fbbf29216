"""Every way of writing t.grad in forward."""

import contextlib

import torch
from torch import Tensor, nn


class Targets(nn.Module):
    def __init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(3))
        self.layer = nn.Linear(3, 3)

    def forward(self, t, other, values):
        t.grad = values  # FWD301:11
        self.weight.grad = None  # FWD301:21
        self.layer.weight.grad = values  # FWD301:27
        t.grad = other.grad = values  # FWD301:11 FWD301:24
        t.grad += values  # FWD301:11
        t.grad *= 0.5  # FWD301:11
        t.grad: Tensor = values  # FWD301:11
        t.grad, rest = values  # FWD301:11
        (first, t.grad) = values  # FWD301:19
        [t.grad, *rest] = values  # FWD301:12
        first, *t.grad = values  # FWD301:19
        first, (rest, t.grad) = values  # FWD301:25
        with contextlib.nullcontext(values) as t.grad:  # FWD301:50
            pass
        with contextlib.nullcontext(values) as (t.grad, rest):  # FWD301:51
            pass
        for t.grad in values:  # FWD301:15
            pass
        for _, t.grad in values:  # FWD301:18
            pass
        rest = [0 for t.grad in values]  # FWD301:25
        del t.grad  # FWD301:15
        del other, t.grad  # FWD301:22
        values[0].grad = first  # FWD301:19
        self.weights()[0].grad = first  # FWD301:27
        return rest


class ByName(nn.Module):
    def forward(self, t):
        setattr(t, "grad", None)  # FWD301:20
        setattr(t, 'grad', t.detach())  # FWD301:20
        setattr(self.weight, "grad", t)  # FWD301:30
        delattr(t, "grad")  # FWD301:20
        t.gradient = None
        t.requires_grad = True
        getattr(t, "grad", None)
        hasattr(t, "grad")
        return {"grad": t}["grad"]


class Inside(nn.Module):
    def forward(self, t, values):
        if t.requires_grad:
            t.grad = values  # FWD301:15
        for parameter in self.parameters():
            parameter.grad = None  # FWD301:23
        try:
            t.grad = values  # FWD301:15
        finally:
            t.grad = None  # FWD301:15
        with torch.no_grad():
            t.grad = values  # FWD301:15

        def scale():
            t.grad = values  # FWD301:15

        scale()
        return t


class Asynchronous(nn.Module):
    async def forward(self, t):
        t.grad = await t  # FWD301:11
        async for t.grad in t:  # FWD301:21
            pass


class Child(Inside):
    def forward(self, t, values):
        t.grad = values  # FWD301:11
        return super().forward(t, values)
