"""self.forward in methods of Modules, direct and indirect ones."""

import pytorch_lightning as pl
import torch
from torch import nn


class Model(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.shape = self.forward(torch.ones(2)).shape  # FWD102:27

    def forward(self, x):
        return self.layer(x)

    def predict(self, x):
        with torch.no_grad():
            return self.forward(x).argmax(-1)  # FWD102:25

    @torch.no_grad()
    def generate(self, x, steps):
        for _ in range(steps):
            x = self.forward(x)  # FWD102:22
        return x

    def both(self, x):
        return self.forward(x) + self.layer.forward(x)  # FWD102:21 FWD101:45

    def nested(self, x):
        def closure():
            return self.forward(x)  # FWD102:25

        return closure() + (lambda: self.forward(x))()  # FWD102:42

    def batched(self, batches):
        return [self.forward(batch) for batch in batches]  # FWD102:22

    async def stream(self, x):
        yield self.forward(x)  # FWD102:20

    @property
    def output(self):
        return self.forward(torch.ones(2))  # FWD102:21

    @classmethod
    def example(cls, x):
        return cls.forward(cls(), x)

    @staticmethod
    def reference(self, x):
        return self.forward(x)

    def rebound(self, x, other):
        self = other
        return self.forward(x)


class Child(Model):
    def loss(self, x, y):
        return (self.forward(x) - y).pow(2).mean()  # FWD102:22

    def sampled(this, x):
        return this.forward(x)  # FWD102:21


class Trainer(pl.LightningModule):
    def training_step(self, batch, index):
        x, y = batch
        return nn.functional.mse_loss(self.forward(x), y)  # FWD102:44

    def validation_step(self, batch, index):
        return self(batch[0])


class Plain:
    def forward(self, x):
        return x

    def run(self, x):
        return self.forward(x)


class Unproven(Missing):
    def run(self, x):
        return self.forward(x)


def function(self: nn.Module, x):
    return self.forward(x)  # FWD101:17


class Outer:
    class Inner(nn.Module):
        def run(self, x):
            return self.forward(x)  # FWD102:25

    def run(self, x):
        return self.forward(x)
