from torch import nn


class Net(nn.Module):
    def forward(self, x):
        return x


class Plain:
    def forward(self, x):
        return x
