import torch
import torch.nn.functional as F
from torch import nn


class Zero(nn.Module):
    def __init__(self):
        super().__init__()
        self.dropout = 0.0
        self.off = nn.Dropout(0.0)

    def forward(self, q, k, v):
        x = F.scaled_dot_product_attention(q, k, v)
        x = F.scaled_dot_product_attention(q, k, v, dropout_p=0)
        x = F.scaled_dot_product_attention(q, k, x, dropout_p=0.0)
        x = F.scaled_dot_product_attention(q, k, x, None, 0.0, True)
        x = F.scaled_dot_product_attention(q, k, x, dropout_p=self.off.p)
        return F.scaled_dot_product_attention(q, k, x, dropout_p=self.dropout)


class Gated(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.dropout = dropout
        self.attn_dropout = nn.Dropout(dropout)

    def forward(self, q, k, v):
        x = F.scaled_dot_product_attention(
            q, k, v, dropout_p=self.dropout if self.training else 0.0
        )
        x = F.scaled_dot_product_attention(
            q, k, x, dropout_p=self.dropout * self.training
        )
        x = F.scaled_dot_product_attention(
            q, k, x, dropout_p=self.training and self.dropout or 0.0
        )
        dropout_p = self.attn_dropout.p if self.training else 0.0
        x = F.scaled_dot_product_attention(q, k, x, dropout_p=dropout_p)
        rate = self.dropout
        if not self.training:
            rate = 0.0
        if self.training:
            x = F.scaled_dot_product_attention(q, k, x, dropout_p=self.dropout)
        return F.scaled_dot_product_attention(q, k, x, dropout_p=dropout_p)


class Property(nn.Module):
    def __init__(self):
        super().__init__()
        self.rate = 0.1

    @property
    def dropout_p(self):
        return self.rate if self.training else 0.0

    def forward(self, q, k, v):
        return F.scaled_dot_product_attention(q, k, v, dropout_p=self.dropout_p)


class ByMode(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.dropout = dropout
        self.active = dropout

    def train(self, mode=True):
        self.active = self.dropout if mode else 0.0
        return super().train(mode)

    def forward(self, q, k, v):
        return F.scaled_dot_product_attention(q, k, v, dropout_p=self.active)


class SetFromOutside(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.leaving_rate = dropout

    def forward(self, q, k, v):
        return F.scaled_dot_product_attention(q, k, v, dropout_p=self.leaving_rate)


def disable(module):
    module.leaving_rate = 0.0


class Parameter(nn.Module):
    def forward(self, q, k, v, dropout_p=0.0, *args, **kwargs):
        x = F.scaled_dot_product_attention(q, k, v, dropout_p=dropout_p)
        x = F.scaled_dot_product_attention(q, k, x, *args)
        x = F.scaled_dot_product_attention(q, k, x, **kwargs)
        return F.scaled_dot_product_attention(q, k, x, *args, dropout_p=0.0)


class OnlyWithoutDropout(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.dropout = dropout
        self.flash = hasattr(F, "scaled_dot_product_attention") and self.dropout == 0.0

    def forward(self, q, k, v):
        if self.flash:
            return F.scaled_dot_product_attention(q, k, v, dropout_p=self.dropout)
        if self.dropout == 0:
            return F.scaled_dot_product_attention(q, k, v, dropout_p=self.dropout)
        if not self.dropout:
            return F.scaled_dot_product_attention(q, k, v, dropout_p=self.dropout)
        return q


class Unknown(nn.Module):
    def forward(self, q, k, v):
        return F.scaled_dot_product_attention(q, k, v, dropout_p=self.dropout)


class Processor:
    def __init__(self):
        self.dropout = 0.1

    def __call__(self, q, k, v):
        return F.scaled_dot_product_attention(q, k, v, dropout_p=self.dropout)


class OwnFunction(nn.Module):
    def scaled_dot_product_attention(self, q, k, v, dropout_p):
        return q

    def forward(self, q, k, v):
        return self.scaled_dot_product_attention(q, k, v, dropout_p=0.1)


def attention(q, k, v):
    return F.scaled_dot_product_attention(q, k, v, dropout_p=0.1)


class NestedFunction(nn.Module):
    def forward(self, q, k, v):
        rate = 0.1

        def inner(x):
            return torch.utils.checkpoint.checkpoint(
                F.scaled_dot_product_attention, x, k, v, None, rate
            )

        return inner(q)


class Branches(nn.Module):
    def __init__(self, dropout_p):
        super().__init__()
        self.dropout_p = dropout_p

    def forward(self, q, k, v):
        if not self.training:
            dropout_p = 0.0
        else:
            dropout_p = self.dropout_p
        rate = self.dropout_p
        if not self.training:
            rate = 0.0
        out = F.scaled_dot_product_attention(q, k, v, dropout_p=rate)
        return out + F.scaled_dot_product_attention(q, k, v, dropout_p=dropout_p)
