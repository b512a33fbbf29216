import torch

from . import kernel
from .kernel import Kernel as BaseKernel


class RBFKernel(kernel.Kernel):
    def forward(self, x1, x2, diag=False, **params):
        return x1 - x2


class ScaleKernel(BaseKernel):
    def __init__(self, base_kernel: BaseKernel):
        super().__init__()
        self.base_kernel = base_kernel
        self.kernels = torch.nn.ModuleList([RBFKernel(), RBFKernel()])

    def forward(self, x1, x2, last_dim_is_batch=False, diag=False, **params):
        covariance = self.base_kernel.forward(x1, x2, diag=diag, **params)
        for kernel in self.kernels:
            covariance = covariance + kernel.forward(x1, x2)
        return covariance + self.kernels[0].forward(x1, x2)

    def prediction(self, x):
        return self.forward(x, x)
