"""Parameters that only a docstring declares, in the styles that are in use."""

import torch
from torch import nn


class Plain:
    pass


def google(a, b, c, d, e, x):
    """Run them.

    Args:
        a (torch.nn.Module): a model.
        b (nn.Module, optional): another one, (nn.Linear) or not. Defaults to None.
        c (Plain): not a model.
        d (callable): as nn.Module has it.
        e (:class:`~torch.nn.Linear` or None): a layer.
    """
    a.forward(x)  # FWD101:7
    b.forward(x)  # FWD101:7
    c.forward(x)
    d.forward(x)
    e.forward(x)  # FWD101:7


def numpy(a, b, c, x):
    """Run them.

    Parameters
    ----------
    a : torch.nn.Module
        A model.
    b : nn.Module or Plain
        One of them.
    c : Plain
        No model.
    """
    a.forward(x)  # FWD101:7
    b.forward(x)
    c.forward(x)


def sphinx(a, b, c, x):
    """Run them.

    :param a: a model, as ``nn.Module`` is
    :type a: torch.nn.Module
    :param nn.Module b: another
    :param c: (nn.Module) or so
    """
    a.forward(x)  # FWD101:7
    b.forward(x)  # FWD101:7
    c.forward(x)


class System(nn.Module):
    """A model and its loss.

    Args:
        model (torch.nn.Module): Instance of model.
        loss_func (callable): Loss function.
    """

    def __init__(self, model, loss_func):
        super().__init__()
        self.model = model
        self.loss_func = loss_func

    def run(self, *args):
        return self.loss_func.forward(self.model.forward(*args))  # FWD101:50


def annotated(a: Plain, x: torch.Tensor):
    """The annotation counts.

    Args:
        a (nn.Module): what it was once.
    """
    a.forward(x)
