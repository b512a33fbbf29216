"""A forward that indentation makes local to another method."""

import functools

from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

        def forward(self, x):  # FWD203:13
            return self.layer(x)


class AfterBranch(nn.Module):
    def __init__(self, deep):
        super().__init__()
        if deep:
            self.layer = nn.Linear(2, 2)

            def forward(self, x):  # FWD203:17
                return self.layer(x)


class AfterReset(nn.Module):
    def reset_parameters(self):
        nn.init.zeros_(self.weight)

        def forward(self, x):  # FWD203:13
            return self.weight * x


class Returned(nn.Module):
    def build(self):
        def forward(self, x):
            return x

        return forward


class Called(nn.Module):
    def predict(self, x):
        def forward(self, x):
            return x

        return forward(self, x)


class Assigned(nn.Module):
    def __init__(self):
        super().__init__()

        def forward(self, x):
            return x

        self.forward = functools.partial(forward, self)


class NotAMethod(nn.Module):
    def __init__(self, blocks):
        super().__init__()

        def forward(x):
            return blocks(x)


class Decorated(nn.Module):
    def __init__(self, registry):
        super().__init__()

        @registry.add
        def forward(self, x):
            return x


class Local(nn.Module):
    def __init__(self):
        super().__init__()

        def forward(self, x):
            return x

        self.functions = locals()


class ByName(nn.Module):
    def __init__(self):
        super().__init__()

        def forward(self, x):
            return x

        setattr(self, "forward", lambda x: x)


class HasOne(nn.Module):
    def __init__(self):
        super().__init__()

        def forward(self, x):
            return x

    def forward(self, x):
        return x


class InnerClass(nn.Module):
    def __init__(self):
        super().__init__()

        class Inner(nn.Module):
            def forward(self, x):
                return x

        self.inner = Inner()


class NoModule:
    def __init__(self):
        def forward(self, x):
            return x
