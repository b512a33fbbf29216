"""train() and eval() on self in forward."""

import torch
from torch import nn, no_grad


class Evaluates(nn.Module):
    def forward(self, x):
        self.eval()  # FWD413:14
        return self.layer(x)


class Trains(nn.Module):
    def forward(self, x):
        self.train()  # FWD413:14
        return self.layer(x)


class Both(nn.Module):
    def forward(self, x):
        self.eval()  # FWD413:14
        out = self.layer(x)
        self.train()  # FWD413:14
        return out


class Constants(nn.Module):
    def forward(self, x):
        self.train(False)  # FWD413:14
        self.train(mode=True)  # FWD413:14
        return x


class Guarded(nn.Module):
    def forward(self, x, mask=None):
        if mask is None:
            self.eval()  # FWD413:18
        return self.eval()(x)  # FWD413:21


class OtherReceiver(nn.Module):
    def forward(this, x):
        this.eval()  # FWD413:14
        return x


class Frozen(nn.Module):
    """An override that goes on to Module's own method."""

    def train(self, mode=True):
        super().train(mode)
        self.norm.eval()
        return self

    def forward(self, x):
        self.train()  # FWD413:14
        return x


class Child(Evaluates):
    def forward(self, x):
        self.eval()  # FWD413:14
        self.train(True)  # FWD413:14
        return super().forward(x)


class Layers(nn.Module):
    def forward(self, x, other: nn.Module):
        self.norm.eval()
        self.layers[0].train()
        other.eval()
        for layer in self.layers:
            layer.eval()
        return x


class PutsBack(nn.Module):
    def forward(self, x):
        was_training = self.training
        self.eval()
        out = self.layer(x)
        self.train(was_training)
        return out


class ModeOfCaller(nn.Module):
    def forward(self, x, training=True):
        if training:
            self.train()
        else:
            self.eval()
        return x


class ModeGiven(nn.Module):
    def forward(self, x, mode):
        self.train(mode)
        self.eval()
        return x


class Asks(nn.Module):
    def forward(self, x):
        if self.training:
            self.eval()
        return x


class WithoutGradient(nn.Module):
    def forward(self, x):
        self.eval()
        with torch.no_grad():
            return self.layer(x)


class Decorated(nn.Module):
    @torch.inference_mode()
    def forward(self, x):
        self.eval()
        return self.layer(x)


class NotTrained(nn.Module):
    def __init__(self, layer):
        super().__init__()
        self.layer = layer
        for parameter in self.parameters():
            parameter.requires_grad = False

    def forward(self, x):
        self.eval()
        return self.layer(x)


class Freezing(nn.Module):
    def freeze(self):
        self.layer.requires_grad_(False)

    def forward(self, x):
        self.eval()
        return self.layer(x)


class DropoutEnsemble(nn.Module):
    def forward(self, x):
        self.train()
        return self.layer(x)


class Sampler(nn.Module):
    """Estimates its uncertainty from several passes."""

    def forward(self, x):
        self.train()
        return self.layer(x)


class OwnMeaning(nn.Module):
    def train(self):  # FWD212:9
        for batch in self.loader:
            self(batch).sum().backward()

    def eval(self):
        print(self.score)
        return self

    def forward(self, x):
        self.train()
        self.eval()
        return x


class Elsewhere(nn.Module):
    def __init__(self):
        super().__init__()
        self.eval()

    def predict(self, x):
        self.eval()
        return self(x)

    def fit(self, loader):
        self.train()

    def forward(self, x):
        def later():
            self.eval()

        self.eval
        return x, later, lambda: self.train()


class Plain:
    def forward(self, x):
        self.eval()
        return x


class Unproven(Missing):
    def forward(self, x):
        self.eval()
        self.train()
        return x


def forward(self, x):
    self.eval()
    return x


class WithoutGradient(nn.Module):
    def forward(self, x):
        self.eval()
        with no_grad():
            return x + 1
