"""Classes created and found in unusual ways, one small project each."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_programs import Program
from harness import check
from projects import write

NN = "from torch import nn\n"
NET = NN + "class Net(nn.Module): pass\n"

PROJECTS = {
    "metaclass": {
        "main.py": NN
        + "class Meta(type(nn.Module)): pass\n"
        + "class Net(nn.Module, metaclass=Meta): pass\n"
        + "Net().forward(1)  # FWD101:7\n"
    },
    "mixin before Module": {
        "main.py": NN
        + "class Mixin: pass\n"
        + "class Net(Mixin, nn.Module): pass\n"
        + "Net().forward(1)  # FWD101:7\n"
    },
    "mixin with its own call": {
        "main.py": NN
        + "class Mixin:\n    def __call__(self, x): return x\n"
        + "class Net(Mixin, nn.Module): pass\nNet().forward(1)\n"
    },
    "mixin with a call behind Module": {
        "main.py": NN
        + "class Mixin:\n    def __call__(self, x): return x\n"
        + "class Net(nn.Module, Mixin): pass\nNet().forward(1)  # FWD101:7\n"
    },
    "mixin of another package": {
        "main.py": NN
        + "from torch.distributions import Distribution\n"
        + "from transformers.utils import PushToHubMixin\n"
        + "class Prior(Distribution, nn.Module): pass\n"
        + "class Net(PushToHubMixin, nn.Module): pass\n"
        + "Prior().forward(1)  # FWD101:9\nNet().forward(1)  # FWD101:7\n"
    },
    "mixin of another package with its own call": {
        "main.py": NN
        + "from torch.distributions.transforms import Transform\n"
        + "class Flow(Transform, nn.Module): pass\n"
        + "class Last(nn.Module, Transform): pass\n"
        + "Flow().forward(1)\nLast().forward(1)  # FWD101:8\n"
    },
    "diamond: the nearer call wins": {
        "main.py": NN
        + "class A(nn.Module): pass\n"
        + "class B(nn.Module):\n    def __call__(self, x): return x  # FWD201:9\n"
        + "class Net(A, B): pass\nNet().forward(1)\n"
    },
    "generic and protocol": {
        "main.py": NN
        + "from typing import Generic, Protocol, TypeVar\nT = TypeVar('T')\n"
        + "class Shape(Protocol):\n    def forward(self, x): ...\n"
        + "class Base(nn.Module, Generic[T]): pass\nclass Net(Base[int]): pass\n"
        + "Net().forward(1)  # FWD101:7\n"
        + "def use(shape: Shape): shape.forward(1)\n"
    },
    "conditional definitions": {
        "main.py": NN
        + "try:\n    from apex import Fused as Base\n"
        + "except ImportError:\n    Base = nn.Module\n"
        + "if input():\n    Other = nn.Module\nelse:\n    Other = object\n"
        + "class Net(Base): pass\nclass Net2(Other): pass\n"
        + "Net().forward(1)  # FWD101:7\nNet2().forward(1)  # FWD101:8\n"
    },
    "the last definition counts": {
        "main.py": NN
        + "class Net(nn.Module): pass\nNet().forward(1)  # FWD101:7\n"
        + "class Net: pass\nNet().forward(1)\n"
    },
    "nested classes": {
        "main.py": NN
        + "class Outer:\n    class Net(nn.Module): pass\n"
        + "    def use(self): return self.Net().forward(1)  # FWD101:38\n"
        + "Outer.Net().forward(1)  # FWD101:13\n"
    },
    "class factory in another file": {
        "made.py": NN
        + "def make():\n    class Made(nn.Module): pass\n    return Made\n"
        + "def plain():\n    class Made: pass\n    return Made\n",
        "main.py": "from made import make, plain\n"
        "class Net(make()): pass\nclass Plain(plain()): pass\n"
        "Net().forward(1)  # FWD101:7\nPlain().forward(1)\n",
    },
    "partial and type": {
        "main.py": NN
        + "from functools import partial\nMake = partial(nn.Linear, 1)\n"
        + "Make(2).forward(1)  # FWD101:9\n"
        + "Net = type('Net', (nn.Module,), {})\nNet().forward(1)  # FWD101:7\n"
        + "Plain = type('Plain', (object,), {})\nPlain().forward(1)\n"
    },
    "named tuple and dataclass": {
        "main.py": NN
        + "from dataclasses import dataclass\nfrom typing import NamedTuple\n"
        + "class Pair(NamedTuple):\n    net: nn.Module\n    size: int\n"
        + "    def forward(self): return self.size\n"
        + "@dataclass\nclass Data:\n    net: nn.Module\n"
        + "def use(pair: Pair, data: Data):\n    pair.forward()\n"
        + "    pair.net.forward(1)  # FWD101:14\n"
        + "    data.net.forward(1)  # FWD101:14\n"
    },
    "lazy module with an import structure": {
        "pkg/__init__.py": "from typing import TYPE_CHECKING\n"
        "_import_structure = {'models.net': ['Net']}\n"
        "if TYPE_CHECKING:\n    from .models import *\n"
        "else:\n    import sys\n    sys.modules[__name__] = object()\n",
        "pkg/models/__init__.py": "from typing import TYPE_CHECKING\n"
        "if TYPE_CHECKING:\n    from .net import *\n",
        "pkg/models/net.py": NET + "__all__ = ['Net']\n",
        "main.py": "from pkg import Net\nNet().forward(1)  # FWD101:7\n",
    },
    "lazy attribute of a package": {
        "pkg/__init__.py": "def __getattr__(name): raise AttributeError(name)\n",
        "pkg/net.py": NET,
        "main.py": "from pkg import Net\nfrom pkg.net import Net as Real\n"
        "Net().forward(1)\nReal().forward(1)  # FWD101:8\n",
    },
    "lazy names in tables": {
        "a/__init__.py": "_import_structure = {'net': ['Net', 'Plain']}\n"
        "import sys\nsys.modules[__name__] = _LazyModule(__name__, _import_structure)\n",
        "a/net.py": NET + "class Plain: pass\n",
        "b/__init__.py": "NAMES = {'Net': '.net', 'Other': ('b.net', 'Net')}\n"
        "def __getattr__(name): return load(NAMES[name])\n",
        "b/net.py": NET,
        "c/__init__.py": "def __getattr__(name):\n    if name == 'Net':\n"
        "        from .net import Net\n        return Net\n"
        "    raise AttributeError(name)\n",
        "c/net.py": NET,
        "d/__init__.py": "LATER = {'Net': 'gone', 'net': ['Missing'], 'd': ['Self']}\n"
        "from e import __getattr__\n",
        "d/net.py": NET,
        "e/__init__.py": "TABLE = {'net': ['Net']}\n",
        "e/net.py": NET,
        "main.py": "import a, b, c, d, e\na.Net().forward(1)  # FWD101:9\n"
        "a.Plain().forward(1)\nb.Net().forward(1)  # FWD101:9\n"
        "b.Other().forward(1)  # FWD101:11\nc.Net().forward(1)  # FWD101:9\n"
        "d.Net().forward(1)\nd.Missing().forward(1)\nd.Self().forward(1)\n"
        "e.Net().forward(1)\n",
    },
    "object that hands on what it is asked for": {
        "shim.py": "from torchvision import transforms\n"
        "class Shim:\n    def __init__(self, more):\n"
        "        self.inner, self.more = transforms, more\n"
        "    def __getattr__(self, name):\n"
        "        if name in self.more: return self.more[name]\n"
        "        return getattr(self.inner, name)\n"
        "T = Shim({'CenterCrop': object})\n"
        "class Other(Shim):\n    def __getattr__(self, name): return 1\n"
        "O = Other({})\n",
        "main.py": "from shim import T, O\n"
        "class Crop(T.RandomCrop): pass\n"
        "class Replaced(T.CenterCrop): pass\nclass None_(O.RandomCrop): pass\n"
        "Crop().forward(1)  # FWD101:8\n"
        "Replaced().forward(1)\nNone_().forward(1)\n",
    },
    "namespace package": {
        "space/part/net.py": NET,
        "main.py": "import space.part.net as net\nfrom space.part import net as same\n"
        "net.Net().forward(1)  # FWD101:11\nsame.Net().forward(1)  # FWD101:12\n",
    },
    "vendored copy": {
        "pkg/__init__.py": "",
        "pkg/_vendor/__init__.py": "",
        "pkg/_vendor/timm/__init__.py": "from .net import create_model\n",
        "pkg/_vendor/timm/net.py": "class Plain: pass\n"
        "def create_model(): return Plain()\n",
        "pkg/main.py": "from ._vendor import timm\nimport timm as real\n"
        "timm.create_model().forward(1)\n"
        "real.create_model('x').forward(1)  # FWD101:24\n",
    },
    "stub": {
        "native.pyi": "from torch import nn\nclass Net(nn.Module): ...\n"
        "def make() -> nn.Module: ...\n",
        "main.py": "from native import Net, make\n"
        "Net().forward(1)  # FWD101:7\nmake().forward(1)  # FWD101:8\n",
    },
    "same module name in two packages": {
        "a/__init__.py": "",
        "a/net.py": NET,
        "b/__init__.py": "",
        "b/net.py": "class Net: pass\n",
        "main.py": "from a.net import Net\nfrom b.net import Net as Plain\n"
        "Net().forward(1)  # FWD101:7\nPlain().forward(1)\n",
    },
    "package that imports its own submodules": {
        "pkg/__init__.py": "from . import nets\nfrom .nets import Net as Exported\n",
        "pkg/nets.py": "import pkg\n" + NET + "class More(pkg.nets.Net): pass\n",
        "main.py": "import pkg\npkg.nets.Net().forward(1)  # FWD101:16\n"
        "pkg.Exported().forward(1)  # FWD101:16\n"
        "pkg.nets.More().forward(1)  # FWD101:17\n",
    },
    "project that shadows torch": {
        "torch.py": "class nn:\n    class Module: pass\n",
        "main.py": NN + "class Net(nn.Module): pass\nNet().forward(1)\n",
    },
    "folder called torch shadows nothing": {
        "torch/readme.py": "",
        "main.py": NN + "class Net(nn.Module): pass\nNet().forward(1)  # FWD101:7\n",
    },
    "attributes through a base in another file": {
        "base.py": NN
        + "class Base(nn.Module):\n    encoder: nn.Module\n"
        + "    def __init__(self, build):\n        super().__init__()\n"
        + "        self.decoder = nn.Linear(1, 1)\n        self.head = build()\n",
        "main.py": "from base import Base\nclass Net(Base):\n"
        "    def __init__(self, build):\n        super().__init__(build)\n"
        "        self.encoder = build()\n    def use(self, x):\n"
        "        self.encoder.forward(x)  # FWD101:22\n"
        "        self.decoder.forward(x)  # FWD101:22\n"
        "        self.head.forward(x)\n",
    },
    "returns across files": {
        "lib.py": NN
        + "class Holder:\n    def __init__(self, net: nn.Module): self.net = net\n"
        + "    @property\n    def core(self): return self.net\n"
        + "    def get(self): return self.core\n"
        + "def make(): return Holder(nn.Linear(1, 1))\n",
        "main.py": "from lib import make\nmake().get().forward(1)  # FWD101:14\n"
        "make().core.forward(1)  # FWD101:13\n",
    },
}


@pytest.mark.parametrize("name", PROJECTS)
def test_project(name: str, tmp_path: Path) -> None:
    write(tmp_path, {"setup.cfg": "", **PROJECTS[name]})
    main = next(tmp_path.rglob("main.py"))
    assert check(main) == Program(main).marks()
