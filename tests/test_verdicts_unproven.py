"""FWD901: what is listed for a review, and what is known to be no object."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import ISOLATED, flake8_here
from projects import write

IMPORTS = {
    "import torch": True,
    "import os, torch": True,
    "import torch.nn as nn": True,
    "from torch.nn import functional": True,
    "def load():\n    import torch": True,
    "try:\n    import torch\nexcept ImportError: pass": True,
    "import torchvision": False,
    "from .torch import x": False,
    "from x import torch": False,
    '"""How to do it:\n\nimport torch\n"""': False,
    "# import torch": False,
}

LISTED = {
    "parameter": ("", "x"),
    "of an import": ("from gone import net", "net"),
    "of a module on disk": ("import nets", "nets.net"),
    "result of an import": ("import gone", "gone.make()"),
    "parameter called like an import": ("import x", "x"),
    "capitals": ("from gone import NET", "NET"),
    "class called like a variable": ("from gone import *", "Net"),
    "in this process": ("", "x.local_value()"),
}

EXEMPT = {
    "module": ("import gone", "gone"),
    "part of a module": ("import gone.ops as ops", "ops.nested"),
    "module if installed": (
        "try: import gone\nexcept ImportError: gone = None",
        "gone",
    ),
    "imported in place": ("from importlib import import_module", "import_module('a')"),
    "kept": ("import gone\nclass A: op = gone", "A().op"),
    "extension": ("from gone import _C", "_C"),
    "relative extension": ("from . import _ext", "_ext.ops"),
    "cuda": ("from gone import net_cuda as backend", "backend"),
    "operators": ("", "torch.ops.mine"),
    "operator": ("", "torch.ops.mine.net"),
    "loaded": ("from torch.utils.cpp_extension import load\nop = load('op', [])", "op"),
    "built": ("from torch.utils import cpp_extension as c", "c.load_inline('op')"),
    "class of an import": ("from gone import Net", "Net"),
    "class of an object": ("", "type(x)"),
    "its class": ("", "x.__class__"),
    "proxy": ("", "x.rpc_sync()"),
    "kept proxy": ("p = some.remote()", "p"),
}

UNBOUND = {
    "base not found": ("class Net(Gone)", "self", "Gone.forward(self, x)"),
    "made base": ("class Net(base())", "self", "base().forward(self, x)"),
    "lower case": ("class Net(made)", "this", "made.forward(this, x)"),
    "other": ("class Net(Gone)", "self", "ops.Other.forward(self, x)"),
    "function": ("class Net(Gone)", "ctx", "Other.forward(ctx, x)"),
}


def listed(folder: Path, text: str) -> list[int]:
    """The lines of what FWD901 lists in the file ``text``."""
    write(folder, {"main.py": text, "nets.py": "net = make()\n"})
    run = flake8_here(*ISOLATED, "--extend-select=FWD901", "main.py", cwd=folder)
    return [finding.row for finding in run.reported("main.py", "FWD901")]


@pytest.mark.parametrize("line", IMPORTS)
def test_imports_of_torch(line: str, tmp_path: Path) -> None:
    text = f"{line}\ndef use(net): net.forward(1)\n"
    assert bool(listed(tmp_path, text)) is IMPORTS[line]


@pytest.mark.parametrize("name", LISTED)
def test_listed(name: str, tmp_path: Path) -> None:
    line, receiver = LISTED[name]
    text = f"import torch\n{line}\ndef use(x):\n    return {receiver}.forward(x)\n"
    assert listed(tmp_path, text) == [text.count("\n")]


@pytest.mark.parametrize("name", EXEMPT)
def test_no_objects(name: str, tmp_path: Path) -> None:
    line, receiver = EXEMPT[name]
    use = f"def use(x, y):\n    y.forward({receiver}.forward(x))\n"
    text = f"import torch\nfrom gone import some\n{line}\n{use}"
    assert listed(tmp_path, text) == [text.count("\n")]  # only y's is listed
    run = flake8_here(*ISOLATED, "--extend-select=FWD901", "main.py", cwd=tmp_path)
    assert len(run.reported("main.py")) == 1


@pytest.mark.parametrize("name", UNBOUND)
def test_unbound(name: str, tmp_path: Path) -> None:
    head, first, call = UNBOUND[name]
    method = f"    def forward({first}, x):\n        return {{}}\n"
    text = f"import torch\n{head}:\n{method}"
    assert listed(tmp_path, text.format(call)) == []
    other = call.replace(f"({first}, ", "(")
    assert listed(tmp_path, text.format(other)) == [4]
