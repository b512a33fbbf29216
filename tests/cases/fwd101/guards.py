"""isinstance tests that make a Module of an unknown value, and where they end."""

import torch
from torch import nn


def branches(value, x):
    if isinstance(value, nn.Module):
        value.forward(x)  # FWD101:15
    else:
        value.forward(x)
    value.forward(x)
    if isinstance(value, str):
        value.forward(x)
    elif isinstance(value, torch.nn.Linear):
        value.forward(x)  # FWD101:15


def several_classes(value, x):
    if isinstance(value, (nn.Linear, nn.Conv2d)):
        value.forward(x)  # FWD101:15
    if isinstance(value, nn.Linear | nn.Conv2d):
        value.forward(x)  # FWD101:15
    if isinstance(value, (nn.Linear, torch.Tensor)):
        value.forward(x)
    if isinstance(value, nn.Linear) or isinstance(value, nn.Conv2d):
        value.forward(x)  # FWD101:15
    if isinstance(value, nn.Linear) or x is None:
        value.forward(x)


def conditions(value, x):
    if isinstance(value, nn.Module) and x is not None:
        value.forward(x)  # FWD101:15
    if not isinstance(value, nn.Module):
        value.forward(x)
    else:
        value.forward(x)  # FWD101:15
    first = isinstance(value, nn.Module) and value.forward(x)  # FWD101:52
    second = not isinstance(value, nn.Module) or value.forward(x)  # FWD101:56
    third = value.forward(x) if isinstance(value, nn.Module) else x  # FWD101:19
    fourth = x if isinstance(value, nn.Module) else value.forward(x)
    return first, second, third, fourth


def asserted(value, x):
    value.forward(x)
    assert isinstance(value, nn.Module)
    value.forward(x)  # FWD101:11


def early_return(value, x):
    if not isinstance(value, nn.Module):
        return None
    return value.forward(x)  # FWD101:18


def early_raise(value, x):
    if not isinstance(value, nn.Module):
        raise TypeError(value)
    return value.forward(x)  # FWD101:18


def loops(values, x):
    for value in values:
        if not isinstance(value, nn.Module):
            continue
        value.forward(x)  # FWD101:15
    while isinstance(x, nn.Module):
        x = x.forward(x)  # FWD101:15
    return [value.forward(x) for value in values if isinstance(value, nn.Module)]  # FWD101:19


class Wrapper:
    def __init__(self, inner):
        self.inner = inner

    def run(self, x):
        if isinstance(self.inner, nn.Module):
            return self.inner.forward(x)  # FWD101:31
        return self.inner.forward(x)


def rebound_after(value, x, load):
    if isinstance(value, nn.Module):
        value = load(value)
        value.forward(x)


def excluded(value: nn.Module, x):
    if isinstance(value, nn.Linear):
        return value.weight
    return value.forward(x)  # FWD101:18


def other_names(value, other, x):
    if isinstance(value, nn.Module):
        other.forward(x)
    if callable(value) or hasattr(value, "forward"):
        value.forward(x)
