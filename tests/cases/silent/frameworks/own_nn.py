"""A framework written from scratch, with the names of torch's."""


class Module:
    def __call__(self, *args):
        return self.forward(*args)

    def forward(self, x):
        raise NotImplementedError


class nn:
    Module = Module

    class Linear(Module):
        def forward(self, x):
            x.grad = 0
            return x


class MLP(nn.Module):
    def __init__(self):
        self.layers = [nn.Linear(), nn.Linear()]
        self.linear = nn.Linear()

    def forward(self, x):
        for layer in self.layers:
            x = layer.forward(x)
        return self.linear.forward(x)

    def predict(self, x):
        return self.forward(x)


def use(module: Module, x):
    return MLP().forward(module.forward(x))
