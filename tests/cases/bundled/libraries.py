"""Classes and functions of packages that are not installed: bundled facts answer."""

import lightning as L
import pytorch_lightning as pl
import segmentation_models_pytorch as smp
import timm
import torch
import torchvision
from diffusers import UNet2DConditionModel
from diffusers.models import AutoencoderKL
from einops.layers.torch import Rearrange
from gpytorch.kernels import RBFKernel
from kornia.augmentation import RandomHorizontalFlip
from peft import PeftModel, get_peft_model
from sentence_transformers import SentenceTransformer
from tensordict.nn import TensorDictModule
from torch.utils.data import Dataset
from torch_geometric.nn import GCNConv
from torchmetrics import Accuracy, Metric
from torchvision import transforms as T
from torchvision.models import resnet18
from transformers import (
    AutoModel,
    AutoTokenizer,
    BertModel,
    PreTrainedModel,
    Trainer,
    pipeline,
)
from transformers.models.bert.modeling_bert import BertLayer


class Lit(pl.LightningModule):
    """A LightningModule is a Module."""

    def training_step(self, batch):
        """Call forward directly."""
        return self.forward(batch)  # FWD102:21


class Lit2(L.LightningModule):
    """Under its other name too."""

    def training_step(self, batch):
        """Call forward directly."""
        return self.forward(batch)  # FWD102:21


class Data(Dataset):
    """Not a Module."""

    def __call__(self, index):
        return self.forward(index)

    def forward(self, index):
        """An item."""
        return self.forward(index - 1)

    def other(self):
        """Call forward, which is its own."""
        return self.forward(1)


class Mine(PreTrainedModel):
    """A model of one's own."""

    def __call__(self, x):  # FWD201:9
        return x


class Score(Metric):
    """A metric of one's own."""

    def both(self, x):
        """Call forward directly."""
        return self.forward(x)  # FWD102:21


class Covariance(RBFKernel):
    """gpytorch kernels are used by their forward."""

    def both(self, x):
        """Call forward, as gpytorch does."""
        return self.forward(x)


def use(x, net: BertModel, kernel: RBFKernel, trainer: Trainer):
    """Call forward on all of them."""
    AutoModel.from_pretrained("bert").forward(x)  # FWD101:39
    BertModel.from_pretrained("bert").forward(x)  # FWD101:39
    BertLayer(None).forward(x)  # FWD101:21
    AutoTokenizer.from_pretrained("bert").forward(x)
    net.forward(x)  # FWD101:9
    net.to("cpu").eval().forward(x)  # FWD101:26
    kernel.forward(x)
    trainer.forward(x)
    pipeline("text-generation").forward(x)
    timm.create_model("resnet18").forward(x)  # FWD101:35
    torchvision.models.resnet50().forward(x)  # FWD101:35
    resnet18().forward(x)  # FWD101:16
    T.Resize(3).forward(x)  # FWD101:17
    T.Compose([]).forward(x)
    UNet2DConditionModel().forward(x)  # FWD101:28
    AutoencoderKL.from_pretrained("vae").forward(x)  # FWD101:42
    RandomHorizontalFlip().forward(x)  # FWD101:28
    SentenceTransformer("x").forward(x)  # FWD101:30
    GCNConv(1, 1).forward(x)  # FWD101:19
    Accuracy("binary").forward(x)  # FWD101:24
    smp.Unet().forward(x)  # FWD101:16
    Rearrange("a b -> b a").forward(x)  # FWD101:29
    TensorDictModule(net).forward(x)  # FWD101:27
    PeftModel(net, None).forward(x)  # FWD101:26
    get_peft_model(net, None).forward(x)  # FWD101:31
    torch.nn.Linear(1, 1).forward(x)  # FWD101:27
    torch.distributions.AffineTransform(0, 1).forward(x)
    torch.optim.SGD(net.parameters()).forward(x)
