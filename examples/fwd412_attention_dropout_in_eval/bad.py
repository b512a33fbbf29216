"""Fused attention drops weights whenever it is passed a probability.

It has no ``training`` argument. The ``nn.Dropout`` that holds the probability follows
the mode when it is called; its ``p`` is the same number in both modes.
"""

import torch
import torch.nn.functional as F
from torch import nn

torch.manual_seed(0)


class Attention(nn.Module):
    def __init__(self, dim, dropout):
        super().__init__()
        self.dropout = dropout
        self.qkv = nn.Linear(dim, 3 * dim)

    def forward(self, x):
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        dropout_p = self.dropout
        return F.scaled_dot_product_attention(  # FWD412:18
            q, k, v, dropout_p=dropout_p
        )


class CrossAttention(nn.Module):
    def __init__(self, dim, dropout):
        super().__init__()
        self.attn_dropout = nn.Dropout(dropout)
        self.query = nn.Linear(dim, dim)

    def forward(self, x, memory):
        attended = F.scaled_dot_product_attention(  # FWD412:22
            self.query(x), memory, memory, dropout_p=self.attn_dropout.p
        )
        return self.attn_dropout(attended)


tokens = torch.randn(1, 6, 8)

attention = Attention(8, dropout=0.3).eval()
same = torch.equal(attention(tokens), attention(tokens))
print("attention is stable:", same)  # -> attention is stable: False

cross = CrossAttention(8, dropout=0.3).eval()
same = torch.equal(cross(tokens, tokens), cross(tokens, tokens))
print("cross attention is stable:", same)  # -> cross attention is stable: False
