"""A class whose base is not found: what it does to itself tells what it is."""

import torch
from somewhere import Base


class Trainer(Base):
    def forward(self, x):
        return x

    def restore(self, state, x):
        self.load_state_dict(state)
        return self.forward(x)  # FWD102:21

    @staticmethod
    def check(model, x):
        return model.forward(x)


class Runner(Base):
    def forward(self, x):
        return x

    def run(self, model, x):
        model.eval()
        return self.forward(x)


class OwnCall(Base):
    def __call__(self, x):
        return self.forward(x)

    def restore(self, state, x):
        self.load_state_dict(state)
        return self.forward(x)
