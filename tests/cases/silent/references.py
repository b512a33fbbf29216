"""forward looked at, stored, wrapped and restored: never called on the Module."""

import functools
import inspect
import types

import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x):
        return self.layer(x)

    def _set_signature_columns(self):
        signature = inspect.signature(self.forward)
        return list(signature.parameters)


def introspect(model: nn.Module):
    names = inspect.signature(model.forward).parameters
    code = model.forward.__code__.co_varnames
    specification = inspect.getfullargspec(model.forward)
    same = model.forward is nn.Module.forward
    print(model.forward.__doc__, hasattr(model, "forward"), callable(model.forward))
    return names, code, specification, same


def wrap(module: nn.Module, cast_inputs):
    module._old_forward = module.forward

    @functools.wraps(module.forward)
    def new_forward(self, *args, **kwargs):
        return self._old_forward(*cast_inputs(args), **kwargs)

    module.forward = types.MethodType(new_forward, module)
    module.forward.__func__.wrapped = True
    return module


def restore(module: nn.Module):
    if hasattr(module, "_old_forward"):
        module.forward = module._old_forward
        delattr(module, "_old_forward")
    return module


def temporarily(model: Net, x):
    original = model.forward
    try:
        model.forward = functools.partial(original, scale=2)
        model.forward = torch.compile(model.forward)
        return original(x)
    finally:
        model.forward = original


def patch_class():
    old = Net.forward

    def forward(self, x):
        return old(self, x) * 2

    Net.forward = forward
    del Net.forward


def decorated(model: nn.Module):
    model.forward = torch.no_grad()(model.forward)
    setattr(model, "forward", model.forward)
    return {"forward": model.forward}, [model.forward, (model.forward,)]


def control(model: nn.Module, x):
    return model.forward(x)  # FWD101:18
