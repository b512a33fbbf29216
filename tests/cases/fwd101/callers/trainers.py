import threading
from functools import partial


class Trainer:
    def __init__(self, model, other=None):
        self.model = model
        self.other = other

    @classmethod
    def make(cls, net):
        return cls(net)

    def fit(self, x):
        self.other.forward(x)
        return self.model.forward(x)  # FWD101:27

    def step(self, net, x):
        return net.forward(x)  # FWD101:20


class Longer(Trainer):
    def __init__(self, model):
        super().__init__(model)


class Explicit(Trainer):
    def __init__(self, model):
        Trainer.__init__(self, model)


class Same(Trainer):
    pass


TRAINERS = {"same": Same}


def train(net, x):
    x.train()
    return net.forward(x)  # FWD101:16


def either(net, x):
    return net.forward(x)


def pair(nets, x):
    first, second = nets
    second.forward(x)
    return first.forward(x)  # FWD101:18


def started(net, x):
    return net.forward(x)  # FWD101:16


def bound(net, x):
    return net.forward(x)  # FWD101:16


def nobody(net, x):
    return net.forward(x)


def start(net, x):
    threading.Thread(target=started, args=(net, x)).start()
    return partial(bound, net)
