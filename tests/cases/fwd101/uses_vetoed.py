"""Use is no proof where a class that is no Module can be used so, and has a forward."""

import torch
from somewhere import load


class NotOne:
    def eval(self):
        return self

    def forward(self, x):
        return x


def disproven(flag, x):
    mixed = NotOne() if flag else load("net")
    mixed.eval()
    mixed.forward(x)
    sure = NotOne()
    sure.eval()
    sure.forward(x)


def unknown(net, other, x):
    net.eval()
    net.forward(x)
    other.register_full_backward_pre_hook(x)
    other.forward(x)  # FWD101:11
    torch.nn.Linear(2, 2).forward(x)  # FWD101:27
