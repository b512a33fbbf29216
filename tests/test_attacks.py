"""Programs written to slow a linter down: each takes little time and memory."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from harness import Run, command
from projects import write

NET = "from torch import nn\n\n\nclass Net(nn.Module):\n    pass\n\n\n"
LAST = "Net().forward(1)\n"


def lines(template: str, count: int, start: int = 0) -> str:
    return "".join(template.format(n, n + 1) for n in range(start, start + count))


def stars(layers: int, width: int) -> dict[str, str]:
    """Files that star-import all of the next layer: ways to the last are countless."""
    bodies = {
        layer: lines(f"from s{layer + 1}_{{0}} import *\n", width)
        for layer in range(layers)
    }
    return {
        f"s{layer}_{n}.py": body for layer, body in bodies.items() for n in range(width)
    }


ATTACKS: dict[str, tuple[dict[str, str], int]] = {
    "nested pairs": (
        {"main.py": "v0 = Net()\n" + lines("v{1} = (v{0}, v{0})\n", 60) + "v60[0].x\n"},
        1,
    ),
    "wrapped twice": (
        {
            "main.py": "v0 = Net()\n"
            + lines("v{1} = nn.DataParallel(v{0}) if a else v{0}\n", 60)
            + "v60.forward(1)\n"
        },
        1,
    ),
    "aliases": (
        {
            "main.py": "from typing import Tuple\nA0 = Net\n"
            + lines("A{1} = Tuple[A{0}, A{0}]\n", 60)
            + "def f(x: A60): x[0].forward(1)\n"
        },
        1,
    ),
    "layers of star imports": (
        {**stars(12, 6), "main.py": "from s0_0 import *\nabsent().forward(1)\n"},
        1,
    ),
    "calls of calls that are kept": (
        {
            "main.py": "import torch.nn.functional as F\nclass K(nn.Module):\n"
            "    def forward(self, x):\n        loss = F.mse_loss(x, x)\n"
            f"        self.losses.append(loss{'.to(1)' * 40})\n"
        },
        2,
    ),
    "a value of many steps": (
        {
            "main.py": "import torch\nclass K(nn.Module):\n"
            "    def forward(self, x):\n        x = nn.Linear(1, 1)(x)\n"
            + "        x = torch.relu(x)\n" * 500
            + "        self.last = x\n        return x.data\n"
        },
        4,
    ),
    "a setting of many parts": (
        {
            "main.py": "import torch.nn.functional as F\nclass K(nn.Module):\n"
            "    def forward(self, x):\n        return F.dropout(x, [\n"
            + lines("nn.Linear(1, 1),\n", 2_000)
            + "        ])\n"
        },
        1,
    ),
    "words too deep to be parsed": (
        {
            "main.py": "class K(nn.Module):\n    def forward(self, x): return self\n"
            + f"    def f(self):\n        K(){'.forward(1)' * 330}\n" * 2
        },
        1,
    ),
    "circle of star imports": (
        {
            **{f"s{n}.py": lines("from s{0} import *\n", 14) for n in range(14)},
            "main.py": "from s0 import *\nabsent().forward(1)\n",
        },
        1,
    ),
    "many names from many stars": (
        {
            **{f"p/m{n}.py": f"class X{n}: pass\n" for n in range(300)},
            "p/__init__.py": lines("from .m{0} import *\n", 300),
            "main.py": "from p import *\n" + lines("absent{0}().forward(1)\n", 500),
        },
        1,
    ),
    "long list of public names": (
        {
            "big.py": f"__all__ = {[f'n{n}' for n in range(30_000)]}\n",
            "main.py": "from big import *\n" + lines("absent{0}().forward(1)\n", 500),
        },
        1,
    ),
    "many bases": (
        {
            "main.py": lines("class B{0}(Net): pass\n", 300)
            + f"class C({', '.join(f'B{n}' for n in range(300))}): pass\n"
            "C().forward(1)\n"
        },
        2,
    ),
    "thousands of bases": (
        {
            "main.py": lines("class B{0}(Net): pass\n", 3000)
            + f"class C({', '.join(f'B{n}' for n in range(3000))}): pass\n"
            "C().forward(1)\n"
        },
        1,
    ),
    "accents": ({"main.py": "# " + "\u0301\u0316" * 150_000 + "\n"}, 1),
    "one long line": ({"main.py": f"é = 1; {'Net().forward(1); ' * 1500}0\n"}, 1501),
    "assignments": (
        {"main.py": "net = Net()\n" + lines("v{0} = net.forward({0})\n", 1500)},
        1501,
    ),
    "branches": (
        {"main.py": "v = Net()\n" + lines("if a{0}:\n    v = v.to(1)\n", 1500) + LAST},
        2,
    ),
    "unknown objects": (
        {
            "main.py": "class K(nn.Module):\n  def f(self):\n"
            + lines("    self.x{0}.forward(1)\n", 1500)
        },
        1,
    ),
    "parameters": (
        {
            "main.py": f"def f({', '.join(f'p{n}' for n in range(1500))}):\n"
            + lines("    p{0}.forward(1)\n", 1500)
        },
        1,
    ),
    "functions of each other": (
        {
            "main.py": lines("def f{0}(x): return ", 1)
            + "Net()\n"
            + "".join(
                f"def f{n}(x): return "
                + " or ".join(f"f{(n * 7 + k * 13) % 60}({k})" for k in range(6))
                + "\n"
                for n in range(1, 60)
            )
            + "".join(f"f{n % 60}(1).forward(1)\n" for n in range(60))
        },
        1,
    ),
}


def lint(folder: Path, *options: str) -> Run:
    run = command("--isolated", "main.py", *options, cwd=folder)
    assert "Traceback" not in run.stderr
    return run


@pytest.mark.parametrize("name", ATTACKS)
def test_attack_is_survived(name: str, tmp_path: Path) -> None:
    """The command is stopped after two minutes; each of these takes a second or so."""
    files, least = ATTACKS[name]
    write(tmp_path, {**files, "main.py": f"{NET}{files['main.py']}{LAST}"})
    run = lint(tmp_path, "--select=FWD,FWD9")
    assert len(run.reported("main.py")) >= least


DENSE = {
    "lines": "a\n" * 1_900_000,
    "lists": f"[{'[],' * 1_200_000}]\n",
    "brackets": "()," * 1_000_000 + "0\n",
}


@pytest.mark.parametrize("name", DENSE)
@pytest.mark.skipif(sys.platform != "linux", reason="needs its limits of memory")
def test_imported_file_is_no_bomb(name: str, tmp_path: Path) -> None:
    """Four megabytes of source can be more than a gigabyte of syntax tree."""
    use = "from big import *\nabsent().forward(1)\n"
    write(tmp_path, {"big.py": DENSE[name], "main.py": f"{NET}{use}{LAST}"})
    run = lint(tmp_path)
    assert len(run.reported("main.py")) == 1
