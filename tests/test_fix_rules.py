"""What each rule's fix makes of its findings, and what it leaves to humans."""

from __future__ import annotations

from pathlib import Path

import pytest
from fixing import fixed
from harness import check

HEAD = "import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n\n\n"
NET = f"{HEAD}class Net(nn.Module):\n"
INIT = f"{NET}    def __init__(self):\n        super().__init__()\n        "
FORWARD = f"{NET}    def forward(self, x, q, k, v):\n        return "

SAFE = {
    "train": (
        f"{NET}    def train(self, mode=True):\n        super().train(mode)\n",
        (
            f"{NET}    def train(self, mode=True):\n        super().train(mode)\n"
            "        return self\n"
        ),
    ),
    "train on one line": (
        f"{NET}    def train(self, mode=True): super().train(mode)\n",
        f"{NET}    def train(self, mode=True): super().train(mode); return self\n",
    ),
    "train at the end of the file": (
        f"{NET}\tdef train(this, mode=True):\n\t\tsuper().train(mode)  # done",
        (
            f"{NET}\tdef train(this, mode=True):\n\t\tsuper().train(mode)  # done\n"
            "\t\treturn this"
        ),
    ),
    "eval with several ends": (
        (
            f"{NET}    def eval(self):\n        if self.training:\n            return\n"
            "        elif self:\n            return None\n        super().eval()\n"
        ),
        (
            f"{NET}    def eval(self):\n        if self.training:\n"
            "            return self\n        elif self:\n            return self\n"
            "        super().eval()\n        return self\n"
        ),
    ),
    "comma": (
        f"{INIT}self.layer = nn.Linear(1, 1),  # one too many\n",
        f"{INIT}self.layer = nn.Linear(1, 1)  # one too many\n",
    ),
}

UNSAFE = {
    "call": (
        f"{NET}    def __call__(self, x):\n        return x\n",
        f"{NET}    def forward(self, x):\n        return x\n",
    ),
    "list": (
        f"{INIT}self.layers = [nn.Linear(1, 1), nn.ReLU()]\n",
        f"{INIT}self.layers = nn.ModuleList([nn.Linear(1, 1), nn.ReLU()])\n",
    ),
    "tuple": (
        f"{INIT}self.layers = nn.Linear(1, 1), nn.Linear(1, 1)\n",
        f"{INIT}self.layers = nn.ModuleList((nn.Linear(1, 1), nn.Linear(1, 1)))\n",
    ),
    "appended": (
        f"{INIT}self.layers = []\n        self.layers.append(nn.Linear(1, 1))\n",
        (
            f"{INIT}self.layers = nn.ModuleList()\n"
            "        self.layers.append(nn.Linear(1, 1))\n"
        ),
    ),
    "tuple of parenthesised": (
        f"{INIT}self.layers = (nn.Linear(1, 1)), (nn.Linear(1, 1))\n",
        f"{INIT}self.layers = nn.ModuleList(((nn.Linear(1, 1)), (nn.Linear(1, 1))))\n",
    ),
    "tuple in parentheses": (
        f"{INIT}self.layers = (  # two\n            nn.Linear(1, 1), nn.ReLU()\n        )\n",
        (
            f"{INIT}self.layers = nn.ModuleList((  # two\n"
            "            nn.Linear(1, 1), nn.ReLU()\n        ))\n"
        ),
    ),
    "extended": (
        (
            f"{INIT}self.layers = [nn.Linear(1, 1)] * 2\n"
            "        self.layers += [nn.ReLU()]\n        self.layers[0] = nn.Linear(1, 1)\n"
        ),
        (
            f"{INIT}self.layers = nn.ModuleList([nn.Linear(1, 1)] * 2)\n"
            "        self.layers += [nn.ReLU()]\n        self.layers[0] = nn.Linear(1, 1)\n"
        ),
    ),
    "dict filled": (
        f"{INIT}self.layers = {{}}\n        self.layers[str(3)] = nn.Linear(1, 1)\n",
        (
            f"{INIT}self.layers = nn.ModuleDict()\n"
            "        self.layers[str(3)] = nn.Linear(1, 1)\n"
        ),
    ),
    "dict": (
        f"{INIT}self.layers = {{'a': nn.Linear(1, 1)}}\n",
        f"{INIT}self.layers = nn.ModuleDict({{'a': nn.Linear(1, 1)}})\n",
    ),
    "parameters": (
        f"{INIT}self.scales = [nn.Parameter(torch.ones(1)) for _ in range(2)]\n",
        (
            f"{INIT}self.scales = nn.ParameterList("
            "[nn.Parameter(torch.ones(1)) for _ in range(2)])\n"
        ),
    ),
    "moved": (
        f"{INIT}self.w = nn.Parameter(torch.ones(1), False).cuda().half()\n",
        f"{INIT}self.w = nn.Parameter(torch.ones(1).cuda().half(), False)\n",
    ),
    "scaled": (
        f"{INIT}self.w = 0.1 * nn.Parameter(a + b)\n".replace("a + b", "torch.ones(1)"),
        f"{INIT}self.w = nn.Parameter(0.1 * torch.ones(1))\n",
    ),
    "scaled sum": (
        f"{INIT}self.w = -nn.Parameter(torch.ones(1) + 1)\n",
        f"{INIT}self.w = nn.Parameter(-(torch.ones(1) + 1))\n",
    ),
    "dropout": (
        f"{FORWARD}F.dropout(x)\n",
        f"{FORWARD}F.dropout(x, training=self.training)\n",
    ),
    "dropout on lines": (
        f"{FORWARD}F.dropout(\n            x,\n            p=0.5,\n        )\n",
        (
            f"{FORWARD}F.dropout(\n            x,\n            p=0.5, "
            "training=self.training\n        )\n"
        ),
    ),
    "attention": (
        f"{FORWARD}F.scaled_dot_product_attention(q, k, v, dropout_p=0.5)\n",
        (
            f"{FORWARD}F.scaled_dot_product_attention("
            "q, k, v, dropout_p=0.5 if self.training else 0.0)\n"
        ),
    ),
    "attention by position": (
        f"{FORWARD}F.scaled_dot_product_attention(q, k, v, None, 1 / 3)\n",
        (
            f"{FORWARD}F.scaled_dot_product_attention("
            "q, k, v, None, (1 / 3) if self.training else 0.0)\n"
        ),
    ),
}

LAYER = "nn.Linear(1, 1)"
LEFT_LISTS = {
    "of something else": f"[{LAYER}, 3]",
    "of lists": f"[[{LAYER}], [{LAYER}]]",
    "of pairs": f"[({LAYER}, i) for i in range(2)]",
    "of unknown things": f"[{LAYER}, *more]",
    "by number": f"{{1: {LAYER}}}",
    "by dotted name": f"{{'a.b': {LAYER}}}",
    "by the name of a method": f"{{'pop': {LAYER}}}",
    "by unknown names": f"{{i: {LAYER} for i in x}}",
    "assigned again": f"[{LAYER}]\n\n    def reset(self):\n        self.a = []\n",
    "searched": f"[{LAYER}]\n\n    def find(self, x):\n        return self.a.index(x)\n",
    "compared": f"[{LAYER}]\n\n    def has(self):\n        return self.a == []\n",
    "joined": f"[{LAYER}]\n\n    def all(self):\n        for _ in [1] + self.a: pass\n",
    "looked up": f"{{'a': {LAYER}}}\n\n    def f(self, x):\n        self.a.get(x)\n",
    "joined by another": f"[{LAYER}]\n        self.a.append('x')",
    "filled by number": f"{{}}\n        self.a[0] = {LAYER}",
    "assigned below": f"[{LAYER}]\n\n\nclass B(Net):\n    def f(self):\n        self.a = ()",
}

LEFT_CALLS = {
    "of an unknown base": ("nn.Module, Other", "return x"),
    "for a forward below": ("nn.Module", "return self.forward(x)"),
    "for a forward by name": ("nn.Module", "return getattr(self, 'forward')(x)"),
    "with another name": ("nn.Module", "return x\n\n    predict = __call__"),
    "overloaded": (
        "nn.Module",
        "return x\n\n    @typing.overload\n    def __call__(self, x): ...",
    ),
    "with two ends": ("nn.Module", "return x\n\n    def __call__(self, x): return 1"),
    "above a forward": (
        "nn.Module",
        (
            "return x\n\n\nclass B(Net):\n    pass\n\n\nclass C(B):\n"
            "    def forward(self, x):\n        return x"
        ),
    ),
    "given a forward": ("nn.Module", "return x\n\n\nNet.forward = print"),
}

LEFT = {
    **{
        f"container {name}": f"{INIT}self.a = {text}\n"
        for name, text in LEFT_LISTS.items()
    },
    **{
        f"call {name}": f"{HEAD}from m import Other\nimport typing\n"
        f"class Net({bases}):\n    def __call__(self, x):\n        {body}\n"
        for name, (bases, body) in LEFT_CALLS.items()
    },
    "another self": f"{NET}    def forward(self, x):\n"
    "        return (lambda self: F.dropout(self))(x)\n",
    "self of a function": f"{NET}    def forward(self, x):\n"
    "        def inner(self):\n            return F.dropout(self)\n"
    "        return inner(x)\n",
    "self replaced": f"{NET}    def forward(self, x):\n"
    "        self = x\n        return F.dropout(x)\n",
    "sum of Parameters": (
        f"{INIT}self.w = nn.Parameter(torch.ones(1)) + nn.Parameter(torch.ones(1))\n"
    ),
    "Parameter of integers": f"{INIT}self.w = nn.Parameter(torch.ones(1)).long()\n",
    "comma of a tuple in use below": f"{INIT}self.layer = nn.Linear(1, 1),\n\n\n"
    "class B(Net):\n    def f(self):\n        return len(self.layer)\n",
    "annotated": f"{NET}    def train(self, mode=True) -> None:\n        pass\n",
    "comma of a tuple in use": f"{INIT}self.layer = nn.Linear(1, 1),\n"
    "        self.other = len(self.layer)\n",
    "comma in parentheses": f"{INIT}self.layer = (nn.Linear(1, 1),)\n",
    "call beside forward": f"{NET}    def __call__(self, x):\n        return x\n\n"
    "    def forward(self, x):\n        return x\n",
    "call above a forward": f"{HEAD}class Net(nn.Linear):\n"
    "    def __call__(self, x):\n        return x\n",
    "call in two classes": f"{NET}    _call_impl = None\n",
    "comment": f"{FORWARD}F.dropout(\n            x  # all of it\n        )\n",
    "static": f"{NET}    @staticmethod\n    def drop(x):\n"
    "        return F.dropout(x)\n",
}


@pytest.mark.parametrize("name", SAFE)
def test_safe(name: str, tmp_path: Path) -> None:
    before, after = SAFE[name]
    assert fixed(tmp_path, before.encode()) == after.encode()


@pytest.mark.parametrize("name", UNSAFE)
def test_unsafe_only_on_request(name: str, tmp_path: Path) -> None:
    before, after = UNSAFE[name]
    assert fixed(tmp_path, before.encode()) == before.encode()
    assert fixed(tmp_path, before.encode(), "--unsafe-fixes") == after.encode()


@pytest.mark.parametrize("name", LEFT)
def test_left_to_humans(name: str, tmp_path: Path) -> None:
    before = LEFT[name].encode()
    assert fixed(tmp_path, before, "--unsafe-fixes") == before
    assert check(tmp_path / "main.py")
