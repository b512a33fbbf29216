"""gpytorch's shape: calling a kernel is lazy, .forward computes it."""

from .kernel import Kernel
from .module import Module

__all__ = ["Kernel", "Module"]
