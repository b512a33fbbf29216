"""Bases from packages that are not installed: bundled facts say what they are."""

import bitsandbytes as bnb
from allennlp.models import Model
from fastai.basics import *
from FrEIA.modules import InvertibleModule
from huggingface_hub import PyTorchModelHubMixin
from mmcv.cnn import ConvModule
from mmcv.cnn.bricks.transformer import MultiheadAttention
from nflows.flows import Flow
from torch import nn
from torch_audiomentations.core.transforms_interface import BaseWaveformTransform
from trainer import TrainerModel


class ByStar(Module):
    """What fastai calls Module, and hands out by a star."""

    def predict(self, x):
        """Call forward directly."""
        return self.forward(x)  # FWD102:21


class FromHub(nn.Module, PyTorchModelHubMixin):
    """A mixin behind Module."""


class FromHubFirst(PyTorchModelHubMixin, nn.Module):
    """A mixin before Module, without a call of its own."""


class Invertible(InvertibleModule):
    """Of FrEIA."""


class Block(ConvModule):
    """Of mmcv."""


class Attention(MultiheadAttention):
    """Of mmcv, by its full path."""


class Normalizing(Flow):
    """Of nflows."""


class Mixed(BaseWaveformTransform):
    """Of torch_audiomentations."""


class Speech(TrainerModel):
    """Of the trainer of coqui."""


class Quantized(bnb.nn.Linear8bitLt):
    """Of bitsandbytes."""


class Tagger(Model):
    """Of allennlp."""


Tagger().forward(1)  # FWD101:10
FromHub().forward(1)  # FWD101:11
FromHubFirst().forward(1)  # FWD101:16
Invertible().forward(1)  # FWD101:14
Block().forward(1)  # FWD101:9
Attention().forward(1)  # FWD101:13
Normalizing().forward(1)  # FWD101:15
Mixed().forward(1)  # FWD101:9
Speech().forward(1)  # FWD101:10
Quantized().forward(1)  # FWD101:13
