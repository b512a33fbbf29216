"""A forward that has an effect, may have one, or declares that it returns nothing."""

import logging

import pyro
import torch
import torch.distributed
from torch import nn

from somewhere import record


class Returns(nn.Module):
    def forward(self, x):
        y = x * 2
        return y


class Keeps(nn.Module):
    def forward(self, x):
        y = x * 2
        self.last = y


class KeepsFirst(nn.Module):
    def forward(self, x):
        self.last = x
        y = x * 2


class Counts(nn.Module):
    def forward(self, x):
        self.count += 1
        y = x * 2


class Fills(nn.Module):
    def forward(self, batch):
        batch["out"] = batch["in"] * 2
        size = len(batch)


class Appends(nn.Module):
    def forward(self, x):
        self.seen.append(x)
        y = x * 2


class InPlace(nn.Module):
    def forward(self, x):
        y = x.mul_(2)


class InPlaceLocal(nn.Module):
    def forward(self, x):
        y = x[0]
        y.mul_(2)


class Augmented(nn.Module):
    def forward(self, x):
        x += 1
        y = x * 2


class AugmentedAlias(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = nn.Identity()
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        y = self.norm(x)
        y += 1
        z = y * 2


class AugmentedWeight(nn.Module):
    def forward(self, x):
        y = self.weight.view(-1)
        y += 1


class AugmentedItem(nn.Module):
    def forward(self, x):
        for y in x:
            y += 1


class AppendsToArgument(nn.Module):
    def forward(self, x, seen, more=[]):
        seen.append(x * 2)
        more.append(x * 2)


class FillsArgument(nn.Module):
    def forward(self, x, seen=None):
        if seen is None:
            seen = {}
        seen["x"] = x * 2


class FillsAlias(nn.Module):
    def forward(self, x):
        seen = self.seen
        seen["x"] = x * 2


class Tried(nn.Module):
    def forward(self, x):
        try:
            y = x * 2
        finally:
            return y


class Out(nn.Module):
    def forward(self, x, y):
        z = torch.add(x, x, out=y)


class PrintsLast(nn.Module):
    def forward(self, x):
        y = x * 2
        print(y)


class Logs(nn.Module):
    def forward(self, x):
        y = x * 2
        logging.info("%s", y)


class Sends(nn.Module):
    def forward(self, x):
        work = torch.distributed.all_reduce(x)


class Sample(nn.Module):
    def forward(self, x, y):
        scale = pyro.sample("scale", x)
        observed = pyro.sample("observed", scale, obs=y)


class Records(nn.Module):
    def forward(self, x):
        y = record(x)


class Helper(nn.Module):
    def forward(self, x):
        y = self.update(x)

    def update(self, x):
        self.last = x
        return x


class Pops(nn.Module):
    def forward(self, queue):
        first = queue.pop()


class Discards(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(2, 2)

    def forward(self, x):
        _ = self.backbone(x)


class DiscardsNamed(nn.Module):
    def __init__(self):
        super().__init__()
        self.backbone = nn.Linear(2, 2)

    def forward(self, x):
        self.backbone(x)


class Template(nn.Linear):
    def forward(self, x):
        super().forward(x)
        x = x * 2


class NoResult(nn.Module):
    def forward(self, x) -> None:
        y = x * 2


class EarlyExit(nn.Module):
    def forward(self, x=None):
        if x is None:
            return
        return x * 2


class EarlyExits(nn.Module):
    def forward(self, x=None, seen=()):
        if x is None:
            self.reset()
            return
        for y in seen:
            if y is x:
                return
            _ = y * 2
        return x * 2


class NothingFound(nn.Module):
    def forward(self, xs, limit):
        for x in xs:
            if x.sum() > limit:
                return x
            rest = x * 2


class Mode(nn.Module):
    def forward(self, x, mode):
        if mode == "double":
            return x * 2
        elif mode == "half":
            return x / 2


class Empty(nn.Module):
    def forward(self, x):
        pass


class Ellipsis(nn.Module):
    def forward(self, x): ...


class Documented(nn.Module):
    def forward(self, x):
        """Return x."""


class Raises(nn.Module):
    def forward(self, x):
        name = type(self)
        raise NotImplementedError(name)


class Generator(nn.Module):
    def forward(self, x):  # FWD204:9
        yield x
        y = x * 2


class Global(nn.Module):
    def forward(self, x):
        global last
        last = x * 2


class Decorated(nn.Module):
    @returning("y")
    def forward(self, x):
        y = x * 2


class NoModule:
    def forward(self, x):
        y = x * 2
