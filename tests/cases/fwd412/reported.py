import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.functional import scaled_dot_product_attention
from torch.nn.functional import scaled_dot_product_attention as attend

RATE = 0.1


class Literal(nn.Module):
    def forward(self, q, k, v):
        x = F.scaled_dot_product_attention(q, k, v, dropout_p=0.1)  # FWD412:15
        x = F.scaled_dot_product_attention(q, k, v, None, 0.1)  # FWD412:15
        return x + F.scaled_dot_product_attention(  # FWD412:22
            query=q, key=k, value=v, dropout_p=RATE
        )


class Names(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.dropout = dropout

    def forward(self, q, k, v):
        x = scaled_dot_product_attention(q, k, v, dropout_p=self.dropout)  # FWD412:13
        x = attend(q, k, x, dropout_p=self.dropout)  # FWD412:13
        x = nn.functional.scaled_dot_product_attention(  # FWD412:27
            q, k, v, dropout_p=self.dropout
        )
        return torch.nn.functional.scaled_dot_product_attention(  # FWD412:36
            q, k, x, dropout_p=self.dropout
        )


class Attributes(nn.Module):
    rate = 0.2

    def __init__(self, config, dropout: float = 0.0):
        super().__init__()
        self.config = config
        self.attn_dropout = nn.Dropout(dropout)
        self.dropout_p = dropout

    def forward(self, q, k, v, is_causal=False):
        x = F.scaled_dot_product_attention(  # FWD412:15
            q, k, v, dropout_p=self.attn_dropout.p
        )
        x = F.scaled_dot_product_attention(  # FWD412:15
            q, k, x, dropout_p=self.config.attention_dropout
        )
        x = F.scaled_dot_product_attention(q, k, x, dropout_p=self.rate)  # FWD412:15
        rate = self.dropout_p
        x = F.scaled_dot_product_attention(q, k, x, dropout_p=rate)  # FWD412:15
        x = F.scaled_dot_product_attention(  # FWD412:15
            q, k, x, dropout_p=float(self.dropout_p)
        )
        if self.dropout_p > 0:
            x = F.scaled_dot_product_attention(  # FWD412:19
                q, k, x, dropout_p=self.dropout_p
            )
        if is_causal:
            x = F.scaled_dot_product_attention(  # FWD412:19
                q, k, x, dropout_p=self.dropout_p
            )
        return x


class Helper(nn.Module):
    def __init__(self, dropout):
        super().__init__()
        self.flash = hasattr(F, "scaled_dot_product_attention")
        self.dropout = dropout

    def forward(self, q, k, v):
        if self.flash:
            return self.attention(q, k, v)
        return q

    def attention(self, q, k, v):
        if self.flash:
            return F.scaled_dot_product_attention(  # FWD412:22
                q, k, v, dropout_p=self.dropout
            )
        return v
