"""An object that can only be of a class of the project's own, and these are Modules."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence import MARK, checkout, marked, reported
from harness import command_here

NET = """\
from torch import nn


class Net(nn.Module):
    def forward(self, x):
        return x
"""
RUN = """\
import torch


def run(model, x):
    return model.forward(x)


NETS = {}


def main(name, x):
    return run(NETS[name], x)
"""
FOUND = RUN.replace("forward(x)\n", f"forward(x){MARK}\n")
FILES = {"nets.py": NET, "runs.py": FOUND}
PLAIN = "class Plain:\n    def forward(self, PARAMETERS):\n        return 1\n"


def test_every_class_with_a_forward_is_a_module(tmp_path: Path) -> None:
    assert reported(checkout(tmp_path, FILES)) == marked(FILES) != {}


def test_the_fix_is_not_safe(tmp_path: Path) -> None:
    folder = checkout(tmp_path, {"nets.py": NET, "runs.py": RUN})
    options = ("--isolated", "--select=FWD1", "--fix")
    command_here(*options, cwd=folder)
    assert (folder / "runs.py").read_text("utf-8") == RUN
    command_here(*options, "--unsafe-fixes", cwd=folder)
    fixed = RUN.replace("model.forward(x)", "model(x)")
    assert (folder / "runs.py").read_text("utf-8") == fixed


def test_without_callers_an_object_may_be_anything(tmp_path: Path) -> None:
    files = {**FILES, "runs.py": RUN.partition("NETS")[0]}
    assert reported(checkout(tmp_path, files)) == {}


@pytest.mark.parametrize("taken", ["x", "batch, mask=None", "*args", "x, **options"])
def test_a_plain_class_that_takes_the_same(taken: str, tmp_path: Path) -> None:
    plain = PLAIN.replace("PARAMETERS", taken)
    assert reported(checkout(tmp_path, {**FILES, "plain.py": plain})) == {}


@pytest.mark.parametrize("taken", ["x, mask", "*, x", "x, *, mask"])
def test_a_plain_class_that_takes_other_arguments(taken: str, tmp_path: Path) -> None:
    files = {**FILES, "plain.py": PLAIN.replace("PARAMETERS", taken)}
    assert reported(checkout(tmp_path, files)) == marked(files) != {}


SILENT = {
    "extension": "from . import ext_cuda\nimport torch\next_cuda.forward(1)\n",
    "imported": "import torch\nfrom elsewhere import thing\nthing.forward(1)\n",
    "imported in a function": (
        "import torch\ndef run(x):\n    from elsewhere import thing\n"
        "    return thing.forward(x)\n"
    ),
    "made by a library": (
        "import torch\nimport elsewhere\n"
        "def run(x):\n    return elsewhere.make().forward(x)\n"
    ),
    "kept": (
        "import torch\nimport elsewhere\nclass Holder:\n    def __init__(self):\n"
        "        self.thing = elsewhere.make()\n"
        "    def run(self, x):\n        return self.thing.forward(x)\n"
    ),
    "returned": (
        "import torch\nimport elsewhere\ndef make():\n    return elsewhere.make()\n"
        "def run(x):\n    return make().forward(x)\n"
    ),
    "loaded": "import torch\ndef run(x):\n    return torch.load('a.pt').forward(x)\n",
    "attribute of a library's object": (
        "import torch\nfrom gpytorch.models import ExactGP\n"
        "def run(gp: ExactGP, x):\n    return gp.covar_module.forward(x)\n"
    ),
    "made by a library's object": (
        "import torch\nfrom torch.distributed.rpc import RRef\n"
        "def run(net: RRef, x):\n    return net.rpc_sync().forward(x)\n"
    ),
    "made by a Module's method": (
        "from torch import nn\n"
        "def run(net: nn.Module, x):\n    return net.state_dict().forward(x)\n"
    ),
    "tested to be no Module": (
        "from torch import nn\ndef run(net, x):\n"
        "    if not isinstance(net, nn.Module):\n        return net.forward(x)\n"
    ),
    "class": "import torch\ndef run(kind, x):\n    return kind.__mro__[1].forward(x)\n",
    "other arguments": (
        "import torch\ndef run(criterion, x):\n    return criterion.forward(x, x)\n"
    ),
}


@pytest.mark.parametrize("text", SILENT.values(), ids=SILENT)
def test_what_others_make_may_be_anything(text: str, tmp_path: Path) -> None:
    files = {**FILES, "__init__.py": "", "main.py": text}
    assert reported(checkout(tmp_path, files)) == marked(files) != {}


def test_part_of_a_module_may_be_a_plain_object(tmp_path: Path) -> None:
    """What a Module holds is a Module only if no other class has such a forward."""
    text = "from torch import nn\n"
    text += "def run(net: nn.Module, x):\n    return net.part.forward(x)\n"
    holder = "from torch import nn\n\n\nclass Net(nn.Module):\n"
    holder += "    def __init__(self):\n        super().__init__()\n"
    holder += "        self.part = Plain()\n\n\n"
    plain = PLAIN.replace("PARAMETERS", "x")
    files = {"main.py": text, "nets.py": holder + plain}
    assert reported(checkout(tmp_path, files)) == {}


def test_no_module_of_the_project_has_a_forward(tmp_path: Path) -> None:
    net = "from torch import nn\n\n\nclass Net(nn.Module):\n    pass\n"
    assert reported(checkout(tmp_path, {"nets.py": net, "runs.py": RUN})) == {}


def test_a_module_with_a_call_of_its_own(tmp_path: Path) -> None:
    """``model.forward(x)`` may be what is meant."""
    own = "from torch import nn\n\n\nclass Own(nn.Module):\n"
    own += "    def __call__(self, x):\n        return 1\n"
    own += "    def forward(self, x):\n        return 2\n"
    found = reported(checkout(tmp_path, {**FILES, "own.py": own}))
    assert "runs.py" not in found
    assert found == {"own.py": [5]}  # FWD201


ASSIGNED = {
    "mode": "def run(unknown, optimizer):\n    optimizer.train = True\n",
    "method": (
        "class Sub(Net):\n    def __init__(self, cuda):\n        super().__init__()\n"
        "        self.half = cuda\n"
    ),
}


@pytest.mark.parametrize("text", ASSIGNED.values(), ids=ASSIGNED)
def test_they_tell_nothing_of_what_has_no_forward(text: str, tmp_path: Path) -> None:
    main = f"import torch\nfrom nets import Net\n\n\n{text}"
    files = {**FILES, "main.py": main}
    assert reported(checkout(tmp_path, files)) == marked(files) != {}
