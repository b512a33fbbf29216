"""The ways on which frameworks hand out Modules."""

import deepspeed
import open_clip
import pytorch_lightning as pl
import torch
from accelerate import Accelerator
from apex import amp
from diffusers import ModelMixin
from fastai.learner import Learner
from huggingface_hub import PyTorchModelHubMixin
from intel_extension_for_pytorch import optimize
from lightning.fabric import Fabric
from lightning.pytorch.callbacks import EarlyStopping
from mmengine.hooks import Hook
from mmengine.registry import MODELS, TRANSFORMS
from opacus import PrivacyEngine
from skorch import NeuralNetClassifier
from stable_baselines3 import PPO
from torch import nn
from torch.optim.swa_utils import AveragedModel
from transformers import PreTrainedModel, Trainer, TrainerCallback
from trl import SFTTrainer


class Hub(nn.Module, PyTorchModelHubMixin):
    pass


class Bert(PreTrainedModel):
    @classmethod
    def tiny(cls):
        return cls.from_pretrained("tiny")


class Unet(ModelMixin):
    pass


class Lit(pl.LightningModule):
    def training_step(self, batch):
        self.trainer.model.forward(batch)  # FWD101:28
        self.trainer.lightning_module.generator.forward(batch)  # FWD101:49
        self.trainer.forward(batch)
        self.critic.forward(batch)


class Own(PreTrainedModel):
    @classmethod
    def from_pretrained(cls, path):
        return cls.made(path)


class Config(PyTorchModelHubMixin):
    pass


def constructed(x, loads_more):
    Hub.from_pretrained("a").forward(x)  # FWD101:30
    Bert.from_pretrained("a").forward(x)  # FWD101:31
    Bert.from_config("a").eval().forward(x)  # FWD101:34
    Bert.tiny().forward(x)  # FWD101:17
    Unet.from_config("a").forward(x)  # FWD101:27
    Lit.load_from_checkpoint("a").forward(x)  # FWD101:35
    Own.from_pretrained("a").forward(x)
    Config.from_pretrained("a").forward(x)
    Bert.from_pretrained("a", output_loading_info=False).forward(x)  # FWD101:58
    Bert.from_pretrained("a", output_loading_info=loads_more).forward(x)
    net, info = Bert.from_pretrained("a", output_loading_info=True)
    net.forward(x)  # FWD101:9
    info.forward(x)


class MyTrainer(Trainer):
    def compute_loss(self, net, inputs):
        net.forward(inputs)  # FWD101:13
        self.model.forward(inputs)  # FWD101:20
        self.accelerator.unwrap_model(net).forward(inputs)  # FWD101:44
        inputs.forward(net)

    def log_outputs(self, model, other):
        model.forward(other)  # FWD101:15
        other.forward(model)


class MySftTrainer(SFTTrainer):
    """Of a package about which nothing is bundled."""

    def prediction_step(self, net, inputs):
        net.forward(inputs)  # FWD101:13
        self.ref_model.forward(inputs)  # FWD101:24


class NoTrainer:
    def compute_loss(self, model, inputs):
        model.forward(inputs)
        self.model.forward(inputs)


class Tell(TrainerCallback):
    def on_evaluate(self, args, state, control, model=None, **kwargs):
        model.forward(args)  # FWD101:15
        state.forward(args)


class Log(pl.Callback):
    def on_train_end(self, runs, module):
        module.forward(runs)  # FWD101:16
        runs.model.forward(module)  # FWD101:20
        runs.forward(module)

    def helper(self, x, pl_module):
        pl_module.forward(x)  # FWD101:19
        x.forward(pl_module)


class Stop(EarlyStopping):
    def on_validation_end(self, trainer, module):
        module.forward(trainer)  # FWD101:16


class AfterIteration(Hook):
    def after_train_iter(self, r, batch_idx):
        r.model.forward(batch_idx)  # FWD101:17
        r.optimizer.forward(batch_idx)


def prepared(x, loader, given, rest):
    accelerator = Accelerator()
    net, loader = accelerator.prepare(Hub(), loader)
    net.forward(x)  # FWD101:9
    loader.forward(x)
    accelerator.prepare(Hub()).forward(x)  # FWD101:32
    accelerator.prepare(Hub(), loader).forward(x)
    accelerator.prepare(given).forward(x)
    unpacked, loader = accelerator.prepare(*rest)
    unpacked.forward(x)
    Fabric().setup_module(given).forward(x)  # FWD101:34
    net, optimizer = Fabric().setup(Hub(), x)
    net.forward(x)  # FWD101:9
    engine, optimizer, _, _ = deepspeed.initialize(args=x, model=given)
    engine.forward(x)  # FWD101:12
    engine.module.forward(x)  # FWD101:19
    optimizer.forward(x)
    net, optimizer = amp.initialize(Hub(), x)
    net.forward(x)  # FWD101:9
    optimize(Hub()).forward(x)  # FWD101:21
    optimize(Hub(), optimizer=x).forward(x)
    private, optimizer, loader = PrivacyEngine().make_private(module=given)
    private.forward(x)  # FWD101:13


def converted(x, given):
    torch.ao.quantization.prepare(given).forward(x)  # FWD101:42
    torch.quantization.quantize_dynamic(Hub(), {nn.Linear}).forward(x)  # FWD101:61
    nn.SyncBatchNorm.convert_sync_batchnorm(given).forward(x)  # FWD101:52
    nn.utils.weight_norm(given).forward(x)  # FWD101:33
    torch.jit.trace(Hub(), x).forward(x)  # FWD101:31
    torch.jit.trace(given, x).forward(x)
    AveragedModel(Hub()).module.forward(x)  # FWD101:33


def loaded(x):
    torch.hub.load("pytorch/vision", "resnet18").forward(x)  # FWD101:50
    torch.hub.load("huggingface/pytorch-transformers", "tokenizer").forward(x)
    model, utils = torch.hub.load("snakers4/silero-vad", "silero_vad")
    model.forward(x)
    net, _, transform = open_clip.create_model_and_transforms("ViT-B-32")
    net.forward(x)  # FWD101:9
    transform.forward(x)
    torch.load("net.pt").forward(x)
    MODELS.build(x).forward(x)  # FWD101:21
    TRANSFORMS.build(x).forward(x)


def held(learn: Learner, net: NeuralNetClassifier, ddp: nn.DataParallel, x):
    learn.model.forward(x)  # FWD101:17
    net.module_.forward(x)  # FWD101:17
    net.forward(x)
    ddp.module.forward(x)  # FWD101:16
    PPO("MlpPolicy", x).policy.forward(x)  # FWD101:32
