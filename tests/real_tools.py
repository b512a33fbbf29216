"""The tools that people use the plugin with, run on a small project."""

from __future__ import annotations

import os
import re
import subprocess
import sysconfig
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path

import pytest
from documents import fenced, read
from projects import write

BLOCKS = """\
from torch import nn


class Block(nn.Module):
    def forward(self, x):
        return x
"""
CRITIC = """\
from blocks import Block


class Critic(Block):
    def predict(self, x):
        return self.forward(x)


def score(block: Block, x):
    return block.forward(x)
"""
PATH = "src/critic.py"
FINDINGS = [
    "6:21: FWD102 'self.forward(...)' skips the hooks of this Critic; call 'self(...)'",
    "10:18: FWD101 'block.forward(...)' skips the hooks of a Block; call 'block(...)'",
]
LINES = [f"{PATH}:{finding}" for finding in FINDINGS]
FIXED = CRITIC.replace(".forward(x)", "(x)")


def project(folder: Path) -> Path:
    """Write a project with two findings, both in PATH, by way of another file."""
    write(folder, {"src/blocks.py": BLOCKS, PATH: CRITIC})
    return folder


def snippet(name: str) -> str:
    """Return what the README shows under the comment ``snippet: name``."""
    return fenced(f"snippet: {name}", read("README.md"))


def commands(name: str, *, install: bool = False) -> list[str]:
    """Return the command lines of a snippet; those of pip only on demand."""
    lines = snippet(name).splitlines()
    return [line for line in lines if install or not line.startswith("pip install ")]


def needs(module: str) -> pytest.MarkDecorator:
    """Skip what needs a module of the extra ``tools`` that is not installed."""
    reason = f"{module} is not installed: pip install '.[tools]'"
    return pytest.mark.skipif(find_spec(module) is None, reason=reason)


def shell(
    line: str,
    cwd: Path,
    environment: Mapping[str, str] | None = None,
    scripts: str = sysconfig.get_path("scripts"),
) -> subprocess.CompletedProcess[str]:
    """Run a command line as a user types it, with ``scripts`` first on the path."""
    path = os.pathsep.join([scripts, os.environ["PATH"]])
    return subprocess.run(
        ["bash", "-e", "-c", line],
        cwd=cwd,
        env={**os.environ, "PATH": path, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        check=False,
    )


def findings(output: str) -> list[str]:
    """Return the lines of ``output`` that contain one of our codes."""
    return [line for line in output.splitlines() if re.search(r" FWD\d{3} ", line)]
