"""Overrides of train that can take a mode, and those that cannot."""

from abc import abstractmethod

import torch
from torch import nn
from torch.nn import Module as Base


class Plain(nn.Module):
    def train(self):  # FWD212:9
        self.training = True
        return self


class CallsSuper(Base):
    def train(self):  # FWD212:9
        return super().train(True)


class Loop(nn.Module):
    def train(self):  # FWD212:9
        for batch in self.loader:
            self(batch).sum().backward()


class Annotated(nn.Module):
    def train(self: "Annotated") -> "Annotated":  # FWD212:9
        return self


class PositionalOnly(nn.Module):
    def train(self, /):  # FWD212:9
        return self


class KeywordOnly(nn.Module):
    def train(self, *, mode=True):  # FWD212:9
        return super().train(mode)


class KeywordArguments(nn.Module):
    def train(self, **kwargs):  # FWD212:9
        return super().train(**kwargs)


class OtherName(nn.Module):
    def train(this):  # FWD212:9
        return this


class Layer(nn.Linear):
    def train(self):  # FWD212:9
        return self


class Child(Plain):
    def train(self):  # FWD212:9
        return self


class Held(nn.Sequential):
    @torch.no_grad()
    def train(self):  # FWD212:9
        return self


class WithEval(nn.Module):
    """A Module that holds this one calls train(False), not eval()."""

    def train(self):  # FWD212:9
        return self

    def eval(self):
        self.training = False
        return self


def local():
    class Net(nn.Module):
        def train(self):  # FWD212:13
            return self

    return Net()


class Conditional(nn.Module):
    if torch.cuda.is_available():

        def train(self):  # FWD212:13
            return self


class Mode(nn.Module):
    def train(self, mode=True):
        return super().train(mode)


class OtherParameter(nn.Module):
    def train(self, flag=True):
        return super().train(flag)


class Arguments(nn.Module):
    def train(self, *args):
        return super().train(*args)


class AllArguments(nn.Module):
    def train(self, *args, **kwargs):
        return super().train(*args, **kwargs)


class OnlyArguments(nn.Module):
    def train(*args):
        return args[0]


class OwnLoop(nn.Module):
    def train(self, epoch, loader):
        print(epoch, loader)


class Raises(nn.Module):
    def train(self):
        raise NotImplementedError


class Abstract(nn.Module):
    @abstractmethod
    def train(self):
        """Subclasses say how."""


class Static(nn.Module):
    @staticmethod
    def train(net):
        print(net)


class ClassMethod(nn.Module):
    @classmethod
    def train(cls):
        return cls()


class Property(nn.Module):
    @property
    def train(self):
        return True


class Wrapped(nn.Module):
    @wrapped
    def train(self):
        return self


class Evaluation(nn.Module):
    def eval(self):
        return super().eval()


class Trainer:
    def train(self):
        print("training")


class Unproven(Missing):
    def train(self):
        return self


class Nested(nn.Module):
    class Trainer:
        def train(self):
            print("training")

    def fit(self):
        def train(self):
            print("training")

        train(self)


def train(self):
    return self
