"""Methods and functions that forward plainly runs, and those it does not."""

import torch
from torch import nn


class Helpers(nn.Module):
    def forward(self, t):
        t = self._scale(t)
        self._reset()

        def nested():
            t.grad = None  # FWD301:15

        nested()
        return t

    def _scale(self, t):
        t.grad = t * 2  # FWD301:11
        return t

    def _reset(self):
        for parameter in self.parameters():
            parameter.grad.zero_()  # FWD301:23

    def zero_grad(self, set_to_none=True):
        for parameter in self.parameters():
            parameter.grad = None

    def training_step(self, batch, optimizer):
        self(batch).sum().backward()
        for parameter in self.parameters():
            parameter.grad *= 0.5
        optimizer.step()


class Deep(nn.Module):
    def forward(self, t):
        return self._outer(t)

    def _outer(self, t):
        return self._inner(self._inner(t))

    def _inner(self, t):
        t.grad = None  # FWD301:11
        return self._outer(t)

    def _other(self, t):
        t.grad = None


class Template(nn.Module):
    def forward(self, t):
        return self.block(t)

    def block(self, t):
        t.grad = None  # FWD301:11
        return t


class Filled(Template):
    def block(self, t):
        t.grad = t  # FWD301:11
        return t


class OwnForward(Template):
    def forward(self, t):
        return t

    def block(self, t):
        t.grad = t
        return t


class Hooked(nn.Module):
    """What hooks run, they run in the backward pass."""

    def forward(self, t):
        self._register(t)
        t.register_hook(lambda gradient: self._clear(t))
        return t

    def _register(self, t):
        def hook(gradient):
            self._clear(t)

        t.register_hook(hook)

    def _clear(self, t):
        t.grad = None


class OtherReceiver(nn.Module):
    def forward(self, t):
        return self.inner._scale(t)

    def _scale(self, t):
        t.grad = t
        return t


class HookInForward(nn.Module):
    """What a tensor's hook does happens in the backward pass."""

    def forward(self, t):
        def double(gradient):
            t.grad = gradient * 2

        t.register_hook(double)
        t.register_hook(lambda gradient: gradient * 2)
        t.register_hook(lambda gradient: setattr(t, "grad", gradient))
        return t


class FunctionInForward(nn.Module):
    def forward(self, t):
        class Double(torch.autograd.Function):
            @staticmethod
            def forward(ctx, x):
                ctx.grad = x
                x.grad = None
                return x * 2

        return Double.apply(t)


class NeverCalled(nn.Module):
    def forward(self, t):
        return t

    def clip(self, t):
        t.grad.clamp_(-1, 1)


class Control(nn.Module):
    def forward(self, t):
        t.grad = None  # FWD301:11
        return t
