import equinox.nn
import flax.linen as nn
from flax import nnx
from tinygrad.nn import Linear


class Net(nn.Module):
    features: int

    def setup(self):
        self.dense = nn.Dense(self.features)

    @nn.compact
    def __call__(self, x):
        return self.forward(nn.Dense(3).forward(x))

    def forward(self, x):
        x.grad = None
        return self.dense.forward(x)

    def run(self, x):
        return self.forward(x)


class Block(nnx.Module):
    def __call__(self, x):
        return x

    def run(self, x):
        return self.forward(x)


def use(module: nn.Module, linear: equinox.nn.Linear, x):
    Linear(3, 3).forward(x)
    nn.Sequential([nn.Dense(3)]).forward(x)
    return module.forward(linear.forward(x))
