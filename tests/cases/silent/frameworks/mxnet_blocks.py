from mxnet import gluon
from mxnet.gluon import nn


class Net(nn.HybridBlock):
    def __init__(self):
        super().__init__()
        self.dense = nn.Dense(3)
        self.layers = nn.Sequential()

    def __call__(self, *args):
        return self.forward(*args)

    def forward(self, x):
        x.grad = None
        for layer in self.layers:
            x = layer.forward(x)
        return self.dense.forward(x)

    def run(self, x):
        return self.forward(x)


class Plain(gluon.Block):
    def run(self, x):
        return self.forward(x)


def use(net: nn.Module, linear: nn.Linear, x):
    nn.Linear(3, 3).forward(x)
    return net.forward(linear.forward(x))
