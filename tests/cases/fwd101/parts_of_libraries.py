"""What a library's Module has, and has a forward, is a Module."""

import torchvision
from gpytorch.models import ExactGP
from torch import nn
from transformers import AutoModel, BertModel


class Net(nn.Module):
    def __init__(self, other):
        super().__init__()
        self.bert = AutoModel.from_pretrained("x")
        self.resnet = torchvision.models.resnet18()
        self.encoder = nn.TransformerEncoder(nn.TransformerEncoderLayer(4, 1), 1)
        self.stem = self.resnet.conv1
        self.other = other

    def forward(self, x):
        self.bert.encoder.forward(x)  # FWD101:27
        self.bert.encoder.layer[0].attention.forward(x)  # FWD101:46
        self.resnet.conv1.forward(x)  # FWD101:27
        self.stem.forward(x)  # FWD101:19
        for layer in self.encoder.layers:
            x = layer.forward(x)  # FWD101:23
            layer.linear1.forward(x)  # FWD101:27
        self.bert.weight.forward(x)
        self.bert.get_encoder().forward(x)
        self.other.part.forward(x)
        self.unset.forward(x)
        return x


class MyBert(BertModel):
    def run(self, x):
        self.encoder.forward(x)  # FWD101:22
        self.mine.forward(x)

    def keep(self, x):
        self.mine = x


def of_kernels(gp: ExactGP, x):
    """A gpytorch kernel is used by its forward."""
    gp.covar_module.forward(x)


def annotated(net: nn.Module, x):
    net.decoder.forward(x)  # FWD101:17


class Other:
    """No Module, and its forward takes something else: no part can be one of these."""

    def forward(self, x, mask):
        return x, mask
