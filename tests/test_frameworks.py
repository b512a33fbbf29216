"""Ways to a Module that lead through several files: registries, modules, sources."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import check
from projects import write

NETS = """\
from torch import nn
from registry import MODELS, BACKBONES

@MODELS.register_module()
class First(nn.Module):
    pass

@BACKBONES.register_module(name="second")
class Second(nn.Module):
    pass

class Third(nn.Module):
    pass

MODELS.register_module(module=Third)

@MODELS.register_module
def tiny():
    return First()
"""

REGISTRY = """\
from torch import nn
from base import Registry

MODELS = Registry("models")
BACKBONES = MODELS

def build_backbone(cfg):
    return BACKBONES.build(cfg)
"""

BASE = """\
class Registry:
    def __init__(self, name, parent=None):
        self.found = {}

    def register_module(self, name=None, module=None):
        def register(cls):
            self.found[name] = cls
            return cls
        return register if module is None else register(module)

    def get(self, name):
        return self.found[name]

    def build(self, cfg):
        return self.found[cfg.pop("type")](**cfg)
"""

PROJECT = {"base.py": BASE, "registry.py": REGISTRY, "nets.py": NETS}
IMPORTS = "from registry import *\nfrom mmcv.utils import build_from_cfg\n"
USES = {
    "build": "MODELS.build(cfg)",
    "helper": "build_backbone(cfg)",
    "build_from_cfg": "build_from_cfg(cfg, MODELS)",
    "get": "MODELS.get(name)(cfg)",
    "subscript": "MODELS[name](cfg)",
}


def is_found(folder: Path, made: str, imports: str = IMPORTS) -> bool:
    """Tell whether FWD101 is reported of what the expression ``made`` makes."""
    source = f"{imports}def run(cfg, name, x):\n    {made}.forward(x)\n"
    write(folder, {"main.py": source})
    return [finding.code for finding in check(folder / "main.py")] == ["FWD101"]


@pytest.mark.parametrize("made", USES.values(), ids=USES)
def test_registry_makes_what_is_registered(made: str, tmp_path: Path) -> None:
    write(tmp_path, PROJECT)
    assert is_found(tmp_path, made)


PLAIN = "\n@MODELS.register_module()\nclass Plain:\n    def forward(self, x): pass\n"
NO_PROOF = {
    "plain class": {"nets.py": NETS + PLAIN},
    "plain class in another file": {
        "plain.py": "from registry import MODELS\n" + PLAIN,
    },
    "unknown class": {"nets.py": NETS + "\nMODELS.register_module(module=unknown)\n"},
    "unknown result": {
        "nets.py": NETS + "\n@MODELS.register_module\ndef other(x):\n    return x.y\n",
    },
    "nothing is registered": {"nets.py": ""},
    "unknown parent": {
        "registry.py": "from more import MORE\n"
        + REGISTRY.replace('"models"', '"models", parent=MORE'),
    },
}


@pytest.mark.parametrize("files", NO_PROOF.values(), ids=NO_PROOF)
def test_registry_with_anything_else_proves_nothing(
    files: dict[str, str], tmp_path: Path
) -> None:
    write(tmp_path, {**PROJECT, **files})
    assert not is_found(tmp_path, "MODELS.build(cfg)")


def test_registries_do_not_mix(tmp_path: Path) -> None:
    more = 'MODELS = Registry("models")\nOTHERS = Registry("others")\n'
    plain = "from registry import OTHERS\n" + PLAIN.replace("MODELS", "OTHERS")
    registry = REGISTRY.replace('MODELS = Registry("models")\n', more)
    write(tmp_path, {**PROJECT, "registry.py": registry, "plain.py": plain})
    assert is_found(tmp_path, "MODELS.build(cfg)")
    assert not is_found(tmp_path, "OTHERS.build(cfg)")


def test_parent_of_a_known_package_has_modules(tmp_path: Path) -> None:
    registry = REGISTRY.replace('"models"', '"models", parent=MORE')
    imported = "from mmengine.registry import MODELS as MORE\n"
    write(tmp_path, {**PROJECT, "registry.py": imported + registry})
    assert is_found(tmp_path, "MODELS.build(cfg)")


def test_parent_of_the_project_counts(tmp_path: Path) -> None:
    parent = "from base import Registry\nMORE = Registry('more')\n"
    registry = REGISTRY.replace('"models"', '"models", parent=MORE')
    classes = NETS.partition("class Third")[0].replace("MODELS", "MORE")
    more = classes.replace("from registry import MORE, BACKBONES", "from more import *")
    more = more.replace("BACKBONES", "MORE")
    write(tmp_path, {**PROJECT, "registry.py": "from more import *\n" + registry})
    write(tmp_path, {"more.py": parent, "others.py": more})
    assert is_found(tmp_path, "MODELS.build(cfg)")
    plain = "from more import *\n" + PLAIN.replace("MODELS", "MORE")
    write(tmp_path, {"plain.py": plain})
    assert not is_found(tmp_path, "MODELS.build(cfg)")


def test_registry_of_kinds(tmp_path: Path) -> None:
    """One registry keeps models and tasks apart, by the name of the method."""
    nets = """\
from torch import nn
from registry import registry

@registry.register_model("net")
class Net(nn.Module):
    pass

@registry.register_task("task")
class Task:
    def forward(self, x): pass
"""
    registry = "from base import Registry\nregistry = Registry('all')\n"
    write(tmp_path, {"base.py": BASE, "registry.py": registry, "nets.py": nets})
    assert is_found(tmp_path, "registry.get_model_class(name)()")
    assert not is_found(tmp_path, "registry.get_task_class(name)()")


ZOO = """\
import enum
from torch import nn
from helpers import Meter

class Size(enum.Enum):
    SMALL = 1

class Net(nn.Module):
    pass

def small():
    return Net()

def score(x):
    return x.y
"""
METER = "class Meter:\n    def forward(self, x): pass\n"


def test_module_makes_what_it_defines(tmp_path: Path) -> None:
    write(tmp_path, {"zoo.py": ZOO, "helpers.py": METER})
    assert is_found(tmp_path, "getattr(zoo, name)()", "import zoo\n")
    assert is_found(tmp_path, "zoo.__dict__[name]()", "import zoo\n")
    write(tmp_path, {"zoo.py": ZOO + METER})
    assert not is_found(tmp_path, "getattr(zoo, name)()", "import zoo\n")
    assert is_found(tmp_path, "getattr(zoo, 'Net')()", "import zoo\n")


@pytest.mark.parametrize("text", ["'zoo.' + name", "f'zoo.{name}'", "'zoo.%s' % name"])
def test_package_is_literal(text: str, tmp_path: Path) -> None:
    files = {"zoo/__init__.py": "", "zoo/one.py": ZOO, "zoo/two.py": ZOO}
    write(tmp_path, {**files, "helpers.py": METER})
    made = f"getattr(importlib.import_module({text}), name)()"
    assert is_found(tmp_path, made, "import importlib\n")
    write(tmp_path, {"zoo/three.py": METER})
    assert not is_found(tmp_path, made, "import importlib\n")


def test_framework_with_its_source(tmp_path: Path) -> None:
    """What is known of a framework holds where it is installed, too."""
    accelerator = """\
class Accelerator:
    def prepare(self, *args):
        result = tuple(self._prepare_one(obj) for obj in args)
        return result if len(result) > 1 else result[0]
"""
    imports = "from accelerate import Accelerator\nfrom torch import nn\n"
    write(
        tmp_path,
        {
            "accelerate/__init__.py": "from .accelerator import Accelerator\n",
            "accelerate/accelerator.py": accelerator,
        },
    )
    made = "Accelerator().prepare(nn.Linear(2, 2), x)"
    assert is_found(tmp_path, f"{made}[0]", imports)
    assert not is_found(tmp_path, f"{made}[1]", imports)
