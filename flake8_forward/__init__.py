"""flake8-forward: guards the contract of PyTorch's ``forward``."""

import sys

from flake8_forward.requirements import PYTHON, sentence

if sys.version_info < PYTHON:  # which cannot import the rest
    sys.exit(sentence("Python", PYTHON, sys.version.split()[0]))

from flake8_forward.plugin import Plugin

__all__ = ["Plugin"]
