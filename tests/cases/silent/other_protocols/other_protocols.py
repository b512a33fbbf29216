"""Objects that have a forward and are no torch.nn.Modules."""

import _ext
import lltm_cuda
import mujoco
import pyro.distributions.transforms as T
import skorch
import torch
import gpu_ops._C as _C
from mujoco import mjx
from sklearn.pipeline import Pipeline
from skorch import NeuralNetClassifier
from torch import nn
from torch.autograd import Function
from torch.utils.cpp_extension import load

from . import functions as local_module

backend = load(name="lltm", sources=["lltm.cpp"])


class LLTMFunction(Function):
    @staticmethod
    def forward(ctx, x, weights):
        outputs = lltm_cuda.forward(x, weights)
        return LLTMFunction._run(_C.forward(x), _ext.ops.forward(*outputs))

    @staticmethod
    def backward(ctx, gradient):
        with torch.enable_grad():
            return LLTMFunction.forward(ctx, gradient, None)


class Bijector:
    """A change of variables: forward and inverse are its two directions."""

    def forward(self, x):
        return self._forward(x)

    def inverse(self, y):
        return self._inverse(y)

    def round_trip(self, x):
        return self.inverse(self.forward(x))


class Affine(Bijector):
    def __init__(self, parts: list[Bijector]):
        self.parts = parts

    def _forward(self, x):
        for part in self.parts:
            x = part.forward(x)
        return x


class Holder(nn.Module):
    def __init__(self, base_distribution, net):
        super().__init__()
        self.bijector = Affine([])
        self.flow = T.AffineCoupling(1, net)
        self.exponential = torch.distributions.transforms.ExpTransform()
        self.net = NeuralNetClassifier(net)
        self.pipeline = Pipeline([("net", self.net)])
        self.base = base_distribution
        self.op = lltm_cuda

    def forward(self, x):
        x = self.bijector.forward(x)
        x = self.flow.forward(x)
        x = self.exponential.forward(x)
        x = self.net.forward(x)
        x = self.pipeline.forward(x)
        x = self.base.transform.forward(x)
        x = self.op.forward(x)
        return LLTMFunction.forward(None, x, x)


def predict(net: skorch.NeuralNet, pipeline: Pipeline, x):
    net.forward(x, training=False)
    for batch in net.forward_iter(x):
        net.module_.forward(batch)  # FWD101:21
    pipeline.steps[0][1].forward(x)
    return NeuralNetClassifier(Holder).forward(x)


def simulate(model, data):
    mujoco.mj_forward(model, data)
    mjx.forward(model, data)
    backend.forward(model)
    torch.ops.lltm.forward(model)
    local_module.forward(model)
    return mjx.forward(mjx.put_model(model), data)


class Transform(torch.distributions.Transform):
    def run(self, x):
        return self.forward(x)


class Engine:
    def __init__(self, model):
        self.model = model

    def forward(self, x):
        return self.model.forward(x)

    def step(self, x):
        return self.forward(x)


class Player:
    """forward is a direction."""

    def forward(self, steps=1):
        return self


Player().forward().forward(3)


def control(holder: Holder, x):
    return holder.forward(x)  # FWD101:19
