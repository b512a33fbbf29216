"""Overrides of train and eval that give the Module back, and those that do not."""

import sys
from abc import abstractmethod
from typing import TYPE_CHECKING, overload

import torch
from torch import nn


class Frozen(nn.Module):
    def train(self, mode=True):  # FWD211:9
        super().train(mode)
        self.norm.eval()


class Declared(nn.Module):
    def train(self, mode: bool = True) -> None:  # FWD211:9
        super().train(mode)


class Flag(nn.Module):
    def train(self, is_train: bool = True):  # FWD211:9
        super().train(is_train)


class Required(nn.Module):
    def train(self, mode):  # FWD211:9
        for child in self.children():
            child.train(mode)


class Early(nn.Module):
    def train(self, mode=True):  # FWD211:9
        if self.training == mode:
            return
        return super().train(mode)

    def eval(self):  # FWD211:9
        if self.training:
            return super().eval()


class Nothing(nn.Module):
    def eval(self):  # FWD211:9
        return None


class Passing(nn.Module):
    def train(self, mode=True):  # FWD211:9
        pass


class Decorated(nn.Module):
    @torch.no_grad()
    def train(self, mode=True):  # FWD211:9
        super().train(mode)
        self.cache = {}


class More(nn.Module):
    def train(self, mode=True, reset=True):  # FWD211:9
        super().train(mode)

    def eval(self, inference=False):  # FWD211:9
        super(More, self).eval()


class Anything(nn.Module):
    def train(self, *args, **kwargs):  # FWD211:9
        nn.Module.train(self, *args, **kwargs)


class Branches(Frozen):
    def train(self, mode=True):  # FWD211:9
        try:
            return super().train(mode)
        except RuntimeError:
            print("not switched")

    def eval(self):  # FWD211:9
        match self.kind:
            case "frozen":
                return self
            case "free":
                return super().eval()


class Looping(nn.Module):
    def eval(self):  # FWD211:9
        while True:
            if self.step():
                break


class Conditional(nn.Module):
    if sys.platform == "linux":

        def train(self, mode=True):  # FWD211:13
            super().train(mode)

    try:
        import apex
    except ImportError:

        def eval(self):  # FWD211:13
            super().eval()


class ModeByName(nn.Module):
    def train(self, is_training):  # FWD211:9
        super().train(is_training)


class ReturnsSuper(nn.Module):
    def train(self, mode=True):
        return super().train(mode)

    def eval(self):
        return self.train(False)


class ReturnsSelf(nn.Module):
    def train(self, mode=True):
        super().train(mode)
        self.norm.eval()
        return self

    def eval(self):
        with torch.no_grad():
            self.fold()
            return super().eval()


class AllBranches(nn.Module):
    def train(self, mode=True):
        if mode:
            raise RuntimeError("only for evaluation")
        elif self.frozen:
            return self
        else:
            return super().train(mode)

    def eval(self):
        match self.kind:
            case "frozen":
                return self
            case _:
                return super().eval()


class Ends(nn.Module):
    def train(self, mode=True):
        try:
            return super().train(mode)
        finally:
            self.switched = True

    def eval(self):
        while True:
            if self.ready():
                return super().eval()


class Stops(nn.Module):
    def train(self, mode=True):
        if not mode:
            return super().train(mode)
        sys.exit("not trainable")

    def eval(self):
        try:
            return super().eval()
        except RuntimeError:
            raise
        else:
            return self


class AllPaths(nn.Module):
    def train(self, mode=True):
        with torch.no_grad():
            return self
        assert False

    def eval(self):
        assert False, "never evaluated"


class OwnTrainingLoop(nn.Module):
    def train(self, epoch, loader):
        for batch in loader:
            self(batch).sum().backward()

    def eval(self, loader):
        for batch in loader:
            self(batch)


class OtherParameters(nn.Module):
    def train(self, stage="all"):
        self.stage = stage

    def eval(self, *, verbose=False):
        print(verbose)


class OneLoader(nn.Module):
    def train(self, loader):
        print(loader)

    def eval(self, **options):
        print(options)


class Declarations(nn.Module):
    @abstractmethod
    def train(self, mode=True):
        """Subclasses say how."""

    def eval(self):
        raise NotImplementedError


class Typed(nn.Module):
    @overload
    def train(self, mode: bool = ...): ...

    @overload
    def train(self): ...

    if TYPE_CHECKING:

        def eval(self): ...

        def train(self, mode=True):
            """Only for editors."""


class Attributes(nn.Module):
    @property
    def train(self):
        print("not a method")

    def eval(self):
        yield self


class Assigned(nn.Module):
    async def train(self, mode=True):
        await self.switch(mode)

    @wrapped
    def eval(self):
        super().eval()


class NotModule:
    def train(self, mode=True):
        self.mode = mode

    def eval(self):
        self.mode = False


class Unproven(Missing):
    def train(self, mode=True):
        super().train(mode)


def train(self, mode=True):
    self.mode = mode


def eval(self):
    self.mode = False


class Inner(nn.Module):
    def forward(self, x):
        def train(self, mode=True):
            print(mode)

        return x

    class Trainer:
        def train(self, mode=True):
            print(mode)
