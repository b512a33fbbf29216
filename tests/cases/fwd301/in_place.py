"""Gradients changed in place, through data, items and methods with an underscore."""

import torch
from torch import nn


class InPlace(nn.Module):
    def forward(self, t, i, values):
        t.grad.data = values  # FWD301:11
        t.grad[i] = values  # FWD301:11
        t.grad[...] = values  # FWD301:11
        t.grad[:, 0] = values  # FWD301:11
        t.grad[i][0] = values  # FWD301:11
        t.grad[i] += values  # FWD301:11
        t.grad.data[i] = values  # FWD301:11
        t.grad.data += values  # FWD301:11
        t.grad[i], _ = values  # FWD301:11
        t.grad.zero_()  # FWD301:11
        t.grad.copy_(values)  # FWD301:11
        t.grad.add_(values, alpha=2)  # FWD301:11
        t.grad.mul_(0.5).clamp_(-1, 1)  # FWD301:11
        t.grad.data.zero_()  # FWD301:11
        t.grad[i].zero_()  # FWD301:11
        self.weight.grad.div_(2)  # FWD301:21
        del t.grad[i]  # FWD301:15
        with torch.no_grad():
            self.layer.bias.grad.fill_(0.0)  # FWD301:29
        return t


class Harmless(nn.Module):
    def forward(self, t, i, values):
        t.retain_grad()
        t.requires_grad_()
        t.requires_grad = True
        gradient = t.grad
        norm = t.grad.norm() + t.grad[i].sum() + t.grad.data.mean()
        table = {t.grad: values}
        table[t.grad] = values
        values[t.grad.argmax()] = norm
        t.grad.requires_grad_(False)
        t.gradient = values
        t.data = values  # FWD902:11
        (gradient,) = torch.autograd.grad(t.sum(), t)
        with torch.set_grad_enabled(False):
            print(t.grad, t.grad.shape, t.grad is None)
        if t.grad is not None:
            values = t.grad * 2
        grad = values
        return gradient, grad, table


class Control(nn.Module):
    def forward(self, t):
        t.grad = None  # FWD301:11
        return t
