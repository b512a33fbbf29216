"""__call__ assigned from something that gets to Module's own, or may."""

import functools

from somewhere import run, trace
from torch import nn


class Net(nn.Module):
    def forward(self, x):
        return x


original = Net.__call__


def counted(self, *args):
    print("called")
    return original(self, *args)


def extended(self, x):
    return super(Net, self).__call__(x)


def implemented(self, x):
    return self._call_impl(x)


def plain(self, x):
    return self.forward(x)


def wrapped(function):
    @functools.wraps(function)
    def inner(self, *args):
        return function(self, *args)

    return inner


Net.__call__ = counted
Net.__call__ = extended
Net.__call__ = implemented
Net.__call__ = wrapped(Net.__call__)
Net.__call__ = trace(original)
Net.__call__ = run
Net.__call__ = functools.partial(run)
Net.__call__ = original
Net.__call__ = plain  # FWD201:5
Net.__call__ = functools.partial(plain)  # FWD201:5
Net.__call__ = lambda self, x: x  # FWD201:5


def patched(loop):
    saved = Net.__call__
    Net.__call__ = lambda self, x: saved(self, x)
    try:
        loop()
    finally:
        Net.__call__ = saved


class Patch:
    def __enter__(self):
        self.saved = Net.__call__
        Net.__call__ = self.run

    def __exit__(self, *error):
        Net.__call__ = self.saved

    def run(self, net, x):
        return self.saved(net, x)


class Unknown(nn.Module):
    __call__ = run


class UnknownWrapper(nn.Module):
    __call__ = trace(plain)
