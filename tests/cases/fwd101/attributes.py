"""Attributes of objects, wherever the class or one of its bases assigns them."""

from typing import ClassVar, Optional

import torch
from torch import nn


class Encoder(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.inner = nn.Linear(width, width)

    def forward(self, x):
        return self.inner.forward(x)  # FWD101:27


class Base(nn.Module):
    shared: ClassVar[nn.Module] = nn.Identity()
    declared: nn.Linear

    def __init__(self):
        super().__init__()
        self.inherited = nn.Linear(2, 2)


class Model(Base):
    def __init__(self, bias: bool, other):
        super().__init__()
        self.encoder = Encoder(4)
        self.left, self.right = nn.Linear(2, 2), nn.Linear(2, 2)
        self.first = self.second = nn.Tanh()
        self.annotated: nn.Module = other
        self.maybe = nn.Linear(2, 2) if bias else None
        self.late: Optional[nn.Module] = None
        self.mixed = nn.Linear(2, 2) if bias else other
        self.unknown = other
        if bias:
            self.branch = nn.Linear(2, 2)
        else:
            self.branch = nn.Identity()

    def build(self):
        self.made_later = nn.Conv2d(3, 3, 1)

    @property
    def head(self) -> nn.Linear:
        return self.left

    def untyped_tail(self):
        return self.right

    def forward(self, x):
        x = self.encoder.forward(x)  # FWD101:26
        x = self.encoder.inner.forward(x)  # FWD101:32
        x = self.left.forward(x) + self.right(x)  # FWD101:23
        x = self.right.forward(x)  # FWD101:24
        x = self.first.forward(self.second(x))  # FWD101:24
        x = self.second.forward(x)  # FWD101:25
        x = self.annotated.forward(x)  # FWD101:28
        x = self.branch.forward(x)  # FWD101:25
        x = self.made_later.forward(x)  # FWD101:29
        x = self.inherited.forward(x)  # FWD101:28
        x = self.shared.forward(x)  # FWD101:25
        x = self.declared.forward(x)  # FWD101:27
        x = self.head.forward(x)  # FWD101:23
        x = self.untyped_tail().forward(x)  # FWD101:33
        if self.maybe is not None:
            x = self.maybe.forward(x)  # FWD101:28
        if self.late is not None:
            x = self.late.forward(x)  # FWD101:27
        x = self.mixed.forward(x)
        return self.unknown.forward(x)


class Trainer:
    """Not a Module itself, but it holds some."""

    def __init__(self, model: nn.Module, criterion):
        self.model = model
        self.criterion = criterion
        self.teacher = Model(True, None)

    def step(self, batch):
        prediction = self.model.forward(batch)  # FWD101:33
        target = self.teacher.encoder.forward(batch)  # FWD101:39
        with torch.no_grad():
            return self.criterion.forward(prediction, target)


trainer = Trainer(Encoder(3), None)
trainer.model.forward(torch.ones(3))  # FWD101:15
trainer.teacher.forward(torch.ones(3))  # FWD101:17
trainer.criterion.forward(torch.ones(3))


class Other:
    """No Module: what is unknown may be one of these."""

    def forward(self, *args):
        return args
