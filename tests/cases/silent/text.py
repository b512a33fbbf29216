"""Words in text are no code.

>>> model = nn.Linear(2, 2)
>>> model.forward(x)
>>> x.grad = None
"""

import torch
from torch import nn


class Net(nn.Module):
    """Call ``net(x)``, not ``net.forward(x)``; def __call__(self) is the base's.

    Example::

        >>> net = Net()
        >>> out = net.forward(torch.ones(2))
        def __call__(self, x):
            return self.forward(x)
    """

    call = "self.forward(x)"
    source = """
    def __call__(self, x):
        x.grad = None
        return self.forward(x)
    """

    def forward(self, x):
        # x.grad = None; self.layer.forward(x); def __call__(self): pass
        r"""x.grad = None"""
        name = f"{x}.forward(x) and x.grad = {x}"
        print("net.forward(x)", 'grad', "x.grad = None", name, b"forward")
        forward, grad = x, x
        grad = forward
        forward = grad + self.forward_features(x)
        exec("net.forward(x); x.grad = None")
        return x  # net.forward(x)

    def forward_features(self, x):
        return self.layer.forward_features(x) + self.layer.preforward(x)

    def infer(self, x, forward=None, **options):
        options.update(forward=forward, grad=x)
        return options["forward"](x) + forward(x)

    __slots__ = ("__call__", "forward", "grad")


net = Net()
getattr(net, "__call__")(torch.ones(2))
net.forward_features(net.forward(torch.ones(2)))  # FWD101:26
