"""flake8-forward: reports pitfalls around PyTorch's ``Module.forward``."""

import sys

from flake8_forward.requirements import PYTHON, sentence

if sys.version_info < PYTHON:  # it cannot import the rest
    sys.exit(sentence("Python", PYTHON, sys.version.split()[0]))

from flake8_forward.plugin import Plugin

__all__ = ["Plugin"]
