"""Bases of frameworks that have their Module's state from __init__, as torch's do."""

import lightning
import pytorch_lightning as pl
from skorch import NeuralNet
from torch import nn
from transformers import PreTrainedModel


class Never(pl.LightningModule):
    def __init__(self, size):  # FWD206:9
        self.layer = nn.Linear(size, size)

    def forward(self, x):
        return self.layer(x)


class Early(lightning.LightningModule):
    def __init__(self, size):
        self.layer = nn.Linear(size, size)  # FWD206:14
        super().__init__()

    def forward(self, x):
        return self.layer(x)


class Pretrained(PreTrainedModel):
    def __init__(self, config):
        self.size = config.size
        self.layer = nn.Linear(2, 2)  # FWD206:14
        super().__init__(config)

    def forward(self, x):
        return self.layer(x)


class Usual(pl.LightningModule):
    def __init__(self, size):
        super().__init__()
        self.save_hyperparameters()
        self.layer = nn.Linear(size, size)

    def forward(self, x):
        return self.layer(x)


class NoModule(NeuralNet):
    def __init__(self, size):
        self.layer = nn.Linear(size, size)
