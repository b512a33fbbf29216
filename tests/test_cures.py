"""False findings that reviews of real projects found, each next to a true one."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence import MARK, NET, agrees
from harness import command_here

ZOO = f"""\
import abc
import enum
import torch
from dataclasses import dataclass
{NET}

class Size(enum.Enum):
    SMALL = 1


def small():
    return Net()
"""
PICKED = """\
import zoo


def run(name, x):
    return getattr(zoo, name)().forward(x)"""
ENGINE = """\


class _Engine(abc.ABC):
    def forward(self, x):
        return x


class _Fast(_Engine):
    pass
"""
RIVALS = {
    "function": f"{ENGINE}\n\ndef engine():\n    return _Fast()\n",
    "class": ENGINE.replace("_", ""),
    "dataclass": "\n\n@dataclass\nclass Part:\n    def forward(self, x): return x\n",
}
NO_RIVALS = {
    "nothing": "",
    "no forward": ENGINE.replace("forward", "step").replace("_", ""),
    "abstract": "\n\nclass Like(abc.ABC):\n    def forward(self, x): ...\n",
    "autograd": "\n\nclass Step(torch.autograd.Function):\n"
    "    def forward(ctx, x): return x\n",
    "function": "\n\ndef size():\n    return Size.SMALL\n",
}


@pytest.mark.parametrize("rival", RIVALS.values(), ids=RIVALS)
def test_picked_by_name_may_be_a_plain_object(rival: str, tmp_path: Path) -> None:
    assert agrees(tmp_path, {"zoo.py": ZOO + rival, "main.py": PICKED})


@pytest.mark.parametrize("other", NO_RIVALS.values(), ids=NO_RIVALS)
def test_picked_by_name_from_makers_of_modules(other: str, tmp_path: Path) -> None:
    assert agrees(tmp_path, {"zoo.py": ZOO + other, "main.py": f"{PICKED}{MARK}\n"})


ROWS = f"""\
import pytest
{NET}

class Handle:
    def __init__(self, net):
        self.net = net

    def forward(self, x):
        return x


@pytest.fixture
def net(request):
    return Handle(request.param)


@pytest.mark.parametrize("net", [Net()])
def test_net(net):
    net.forward(1)"""


@pytest.mark.parametrize("indirect", ["indirect=True", "indirect=['net']", "True"])
def test_indirect_rows_go_to_the_fixture(indirect: str, tmp_path: Path) -> None:
    rows = ROWS.replace("[Net()]", f"[Net()], {indirect}")
    assert agrees(tmp_path, {"test_net.py": rows})


@pytest.mark.parametrize("indirect", ["indirect=False", "indirect=['x']", "False"])
def test_direct_rows_go_to_the_test(indirect: str, tmp_path: Path) -> None:
    rows = ROWS.replace("[Net()]", f"[Net()], {indirect}")
    assert agrees(tmp_path, {"test_net.py": f"{rows}{MARK}\n"})


STORED = f"""\
{NET}
from tools import replace


def run(net: Net, other, x):
    plain = net.forward{MARK}
    replace(net, other)
    return plain(x)
"""


def test_fix_of_a_stored_forward_is_not_safe(tmp_path: Path) -> None:
    files = {"main.py": STORED, "tools.py": ""}
    assert agrees(tmp_path, files)
    command_here("--isolated", "--select=FWD1", "--fix", ".", cwd=tmp_path)
    assert (tmp_path / "main.py").read_text() == STORED


REGISTRY = """\
class Registry:
    def __init__(self):
        self.found = {}

    def register(self, cls):
        self.found[cls.__name__] = cls
        return cls

    def __setitem__(self, name, cls):
        self.found[name] = cls

    def build(self, name, **kwargs):
        return self.found[name](**kwargs)


MODELS = Registry()
NETS = MODELS
"""
REGISTERED = f"""\
from registry import MODELS
{NET}

MODELS.register(Net)
"""
BUILT = """\
from registry import MODELS


def run(name, x):
    return MODELS.build(name).forward(x)"""
PLAIN = "class Engine:\n    def forward(self, x):\n        return x\n\n\n"
OPEN = {
    "item": f'from registry import MODELS\n{PLAIN}MODELS["engine"] = Engine\n',
    "alias": f'import registry\n{PLAIN}registry.NETS["engine"] = Engine\n',
    "renamed": f'from registry import MODELS as M\n{PLAIN}M["engine"] = Engine\n',
    "its table": f'from registry import MODELS\n{PLAIN}MODELS.found["x"] = Engine\n',
    "method": f"from registry import MODELS\n{PLAIN}add = MODELS.register\nadd(Engine)\n",
}


@pytest.mark.parametrize("text", OPEN.values(), ids=OPEN)
def test_registry_that_is_filled_otherwise(text: str, tmp_path: Path) -> None:
    files = {"registry.py": REGISTRY, "nets.py": REGISTERED, "more.py": text}
    assert agrees(tmp_path, {**files, "main.py": BUILT})


def test_registry_that_wraps_what_it_makes(tmp_path: Path) -> None:
    handle = PLAIN.replace("Engine", "Handle(dict)")
    made = "self.found[name](**kwargs)"
    registry = handle + REGISTRY.replace(made, f"Handle({made})")
    files = {"registry.py": registry, "nets.py": REGISTERED, "main.py": BUILT}
    assert agrees(tmp_path, files)


def test_registry_that_only_registers(tmp_path: Path) -> None:
    """What others set, and whose method is registered, is another matter."""
    more = 'NETS = {}\nNETS["x"] = 1\nadd = print.register\n'
    files = {"registry.py": REGISTRY, "nets.py": REGISTERED, "more.py": more}
    assert agrees(tmp_path, {**files, "main.py": f"{BUILT}{MARK}\n"})
