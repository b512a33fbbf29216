"""In a forward hook a call of the module would run the hook again, without end."""

import functools

import torch
from torch import nn
from torch.nn.modules.module import register_module_forward_hook


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = nn.Linear(2, 2)
        self.register_forward_hook(self._after)
        self.inner.register_forward_pre_hook(self._before, with_kwargs=True)
        self.inner.register_forward_hook(
            lambda m, i, o: self.inner.forward(i[0].detach())
        )

    def forward(self, x):
        return self.inner(x)

    def _after(self, module, values, result):
        return self.forward(values[0].flip(0)) + result

    def _before(self, layer: nn.Module, values, options):
        return (layer.forward(*values, **options),), options


def recompute(module: nn.Module, inputs, output):
    return module.forward(*inputs) - output


def renamed(layer: nn.Linear, inp, out):
    return layer.forward(inp[0]) + out


def typed(module: nn.Module, args: tuple, kwargs: dict, output: torch.Tensor):
    return module.forward(*args, **kwargs)


def output_hook(net: nn.Module, inputs, output):
    return net.forward(*inputs)


class Hooks:
    def compare(self, net: nn.Module, inputs, output):
        return net.forward(*inputs)


class Wrapper:
    def __call__(self, net: nn.Module, module_in, module_out):
        return net.forward(*module_in)


def handed_on(net: nn.Module, inputs, output):
    return net.forward(*inputs)


HANDED_ON = {"it": [handed_on]}


def made(m: nn.Module):
    def run(layer: nn.Linear, i, o):
        return layer.forward(*i)

    return run


def made_short(m: nn.Module):
    return lambda layer, i, o: m.forward(*i)


def called(m: nn.Module, i):
    return m.forward(*i)


def registered(m: nn.Module, i, o):
    return m.forward(*i)


def named(m: nn.Module, i, o):
    return m.forward(*i)


def everywhere(m: nn.Module, i, o):
    return m.forward(*i)


def partly(m: nn.Module, i, o, *, name):
    print(name, m.forward(*i))


def attach(net: Net):
    def local(m: nn.Module, i):
        return m.forward(*i)

    net.register_forward_hook(registered, always_call=True)
    net.register_forward_hook(hook=named)
    net.register_forward_hook(functools.partial(partly, name="net"))
    handles = [layer.register_forward_pre_hook(local) for layer in net.children()]
    register_module_forward_hook(everywhere)
    net.register_forward_hook(made(net))
    short = made_short(net)
    net.register_forward_hook(short)
    net.register_forward_hook(lambda m, i, o: called(m, i) + Told().told(m, i))
    net.register_forward_hook(lambda m, i, o: unknown.said(m, i))
    net.register_forward_pre_hook(lambda m, i: m.itself(i))
    net.register_forward_hook(functools.partial(net.forward, net))
    return handles


class Told:
    def told(self, m: nn.Module, i):
        return m.forward(*i)

    def said(self, m: nn.Module, i):
        return m.forward(*i)


class Itself(nn.Module):
    def itself(self, i):
        return self.forward(i)


class Recorder:
    def __init__(self, module: nn.Module):
        self.handle = module.register_forward_hook(self)

    def __call__(self, module: nn.Module, inputs, output):
        self.seen = module.forward(*inputs)


def control(m: nn.Module, i, o):
    return m.forward(i) + o  # FWD101:14
