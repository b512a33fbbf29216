"""Which fixes of direct calls are safe: whatever the object is, it can be called."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixing import fixed
from projects import write

HEAD = "import dataclasses\nimport torch\nfrom torch import nn\n\n\n"
NET = f"{HEAD}class Net(nn.Module):\n    def forward(self, x): return x\n"
INIT = f"{NET}    def __init__(self):\n        "
MADE = "\nNet().forward(1)\n"
MIXIN = "class Mixin:\n    def __init__(self):\n        {}\n\n\n"
MIXED = f"{HEAD}{MIXIN}class Net({{}}):\n    def forward(self, x): return x\n"
DATA = NET.replace("class Net", "@dataclasses.dataclass(eq=False)\nclass Net")
DECLARED = "\n\ndef use(net: {}):\n    net.forward(1)\n"
OWN_CALL = "\n\nclass Own({}):\n    def __call__(self, x): return 2\n"
LAZY = "\n\nclass Lazy({}):\n    def __init__(self): self.x = 1\n"
METHOD = "\n    def again(self):\n        return self.forward(1)\n"

SAFE = {
    "known": NET + MADE,
    "torch's": f"{HEAD}nn.ReLU().forward(1)\n",
    "super": f"{INIT}super().__init__()\n{MADE}",
    "super by class": f"{INIT}super(Net, self).__init__()\n{MADE}",
    "super by name": f"{INIT}up = super()\n        up.__init__()\n{MADE}",
    "base": f"{INIT}nn.Module.__init__(self)\n{MADE}",
    "mixin that goes on": MIXED.format("super().__init__()", "Mixin, nn.Module") + MADE,
    "mixin behind": MIXED.format("self.x = 1", "nn.Module, Mixin") + MADE,
    "dataclass": f"{DATA}    def __post_init__(self): super().__init__()\n{MADE}",
    "declared": NET + DECLARED.format("Net"),
    "any declared": NET + DECLARED.format("nn.Module"),
    "one of two": NET + DECLARED.format("Net | nn.Linear"),
    "own method": NET + METHOD,
    "beside another": NET + DECLARED.format("Net") + OWN_CALL.format("nn.Linear"),
    "beside no Module": (
        NET + DECLARED.format("nn.Module") + OWN_CALL.format("object")
    ),
    "heir that hands on": NET
    + METHOD
    + OWN_CALL.format("Net").replace("return 2", "return super().__call__(x)"),
}

UNSAFE = {
    "used": f"{HEAD}def use(net):\n    net.eval()\n    net.forward(1)\n",
    "no super": f"{INIT}self.x = 1\n{MADE}",
    "super itself": f"{INIT}super()\n{MADE}",
    "elsewhere": f"{INIT}self.prepare()\n{MADE}",
    "mixin that stops": MIXED.format("self.x = 1", "Mixin, nn.Module") + MADE,
    "past Module": f"{INIT}super(nn.Module, self).__init__()\n{MADE}",
    "dataclass": DATA + MADE,
    "other init": f"{NET}    __init__ = print\n{MADE}",
    "unknown base": (
        f"from gone import Gone\n{HEAD}class Net(nn.Linear, Gone): pass\n{MADE}"
    ),
    "heir that is called": NET + DECLARED.format("Net") + OWN_CALL.format("Net"),
    "heir that is not made": NET + DECLARED.format("Net") + LAZY.format("Net"),
    "any that is called": (
        NET + DECLARED.format("nn.Module") + OWN_CALL.format("nn.Linear")
    ),
    "any that is not made": NET + DECLARED.format("nn.Module") + LAZY.format("Net"),
    "any that may be called": f"from gone import Gone\n{NET}"
    + DECLARED.format("nn.Module")
    + OWN_CALL.format("Gone")
    + "    def forward(self, x): return x\n",
    "one of two": NET + LAZY.format("Net") + DECLARED.format("nn.Linear | Net"),
    "own method": NET + METHOD + OWN_CALL.format("Net"),
    "own method, not made": f"{INIT}self.x = 1\n{METHOD}",
}


@pytest.mark.parametrize("text", SAFE.values(), ids=SAFE)
def test_safe(text: str, tmp_path: Path) -> None:
    assert fixed(tmp_path, text.encode()).decode() == text.replace(".forward(1)", "(1)")


@pytest.mark.parametrize("text", UNSAFE.values(), ids=UNSAFE)
def test_not_safe(text: str, tmp_path: Path) -> None:
    after = text.replace(".forward(1)", "(1)")
    assert fixed(tmp_path, text.encode()) == text.encode()
    assert fixed(tmp_path, text.encode(), "--unsafe-fixes").decode() == after


@pytest.mark.parametrize("heir", [OWN_CALL, LAZY], ids=["called", "not made"])
def test_heirs_beside_an_imported_class(heir: str, tmp_path: Path) -> None:
    text = "from nets import Net\n" + DECLARED.format("Net")
    write(tmp_path, {"nets.py": NET})
    assert fixed(tmp_path, text.encode()).decode() == text.replace(".forward", "")
    write(tmp_path, {"nets.py": NET + heir.format("Net")})
    assert fixed(tmp_path, text.encode()) == text.encode()
    write(tmp_path, {"nets.py": NET})
    assert fixed(tmp_path, (text + heir.format("Net")).encode()).decode() == (
        text + heir.format("Net")
    )
