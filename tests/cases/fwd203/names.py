"""Names that one slip makes of forward, and names that are no slip."""

import torch
from torch import nn


class Dropped(nn.Module):
    def foward(self, x):  # FWD203:9
        return x


class DroppedEnd(nn.Module):
    def forwar(self, x):  # FWD203:9
        return x


class DroppedStart(nn.Module):
    def orward(self, x):  # FWD203:9
        return x


class Swapped(nn.Module):
    def forwrad(self, x):  # FWD203:9
        return x


class SwappedStart(nn.Module):
    def ofrward(self, x):  # FWD203:9
        return x


class SwappedEnd(nn.Module):
    def forwadr(self, x):  # FWD203:9
        return x


class Changed(nn.Module):
    def farward(self, x):  # FWD203:9
        return x


class ChangedStart(nn.Module):
    def gorward(self, x):  # FWD203:9
        return x


class Added(nn.Module):
    def foreward(self, x):  # FWD203:9
        return x


class Doubled(nn.Module):
    def forwardd(self, x):  # FWD203:9
        return x


class Plural(nn.Module):
    def forwards(self, x):  # FWD203:9
        return x


class Capital(nn.Module):
    def Forward(self, x):  # FWD203:9
        return x


class Capitals(nn.Module):
    def FORWARD(self, x):  # FWD203:9
        return x


class Special(nn.Module):
    def __forward__(self, x):  # FWD203:9
        return x


class CapitalSlip(nn.Module):
    def Foward(self, x):  # FWD203:9
        return x


class SpecialSlip(nn.Module):
    def __foward__(self, x):  # FWD203:9
        return x


class Split(nn.Module):
    def for_ward(self, x):  # FWD203:9
        return x


class Parallel(nn.Module):
    async def fowrard(self, x):  # FWD203:15
        return x


class Frozen(nn.Module):
    @torch.no_grad()
    def forwaard(self, x):  # FWD203:9
        return x


class Quantized(nn.Module):
    def qforward(self, x):
        return x


class ForwardForward(nn.Module):
    def fforward(self, x):
        return x


class Numbered(nn.Module):
    def forward1(self, x):
        return x


class Letter(nn.Module):
    def forwardx(self, x):
        return x


class Private(nn.Module):
    def _forward(self, x):
        return x


class Trailing(nn.Module):
    def forward_(self, x):
        return x


class Hidden(nn.Module):
    def __forward(self, x):
        return x


class Named(nn.Module):
    def forward_features(self, x):
        return x


class Words(nn.Module):
    def toward(self, x):
        return x

    def reward(self, x):
        return x

    def foreword(self, x):
        return x

    def forwarder(self, x):
        return x

    def onward(self, x):
        return x
