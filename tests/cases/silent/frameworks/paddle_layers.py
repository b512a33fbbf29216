import paddle
import paddle.nn as nn


class Net(nn.Layer):
    def __init__(self):
        super().__init__()
        self.linear = nn.Linear(3, 3)
        self.layers = nn.LayerList([nn.Linear(3, 3), nn.ReLU()])

    def __call__(self, x):
        return self.forward(x)

    def forward(self, x):
        x.grad = None
        for layer in self.layers:
            x = layer.forward(x)
        return self.linear.forward(x)

    def run(self, x):
        return self.forward(x)


def use(net: paddle.nn.Layer, x):
    nn.Sequential(nn.Linear(3, 3)).forward(x)
    if isinstance(x, nn.Linear):
        return x.forward(x)
    return net.forward(x)
