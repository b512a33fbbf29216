"""flake8-forward: guards the contract of PyTorch's ``forward``."""

from flake8_forward.plugin import Plugin

__all__ = ["Plugin"]
