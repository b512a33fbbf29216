"""What messages and surveys call the object whose hooks are skipped."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import ISOLATED, flake8_here
from projects import write

from flake8_forward.project.options import Options
from flake8_forward.session import Session
from flake8_forward.verdicts.survey import receiver_rows

HEAD = """import torch
from torch import nn
from torch.utils.checkpoint import checkpoint

class Encoder(nn.Module):
    def forward(self, x): return x

class Net(nn.Module):
    def forward(self, x): return x

def use({}):
    """
NOUNS = {
    "made": ("x", "Net().forward(1)", "skips the hooks of a Net;"),
    "with an article": ("x", "Encoder().forward(1)", "skips the hooks of an Encoder;"),
    "torch's": ("x", "nn.ReLU().forward(1)", "the hooks of a torch.nn.ReLU;"),
    "declared": ("net: Net", "net.forward(1)", "skips the hooks of a Net;"),
    "perhaps": ("net: Net | None", "net.forward(1)", "skips the hooks of a Net;"),
    "any": ("net: nn.Module", "net.forward(1)", "skips the hooks of a Module;"),
    "used": ("net", "net.eval(); net.forward(1)", "skips the hooks of a Module;"),
    "one of two": ("net: Net | Encoder", "net.forward(1)", "the hooks of a Module;"),
    "handed over": ("x", "checkpoint(Net().forward, x)", "skips the hooks of a Net;"),
    "any handed over": (
        "net: nn.Module", "checkpoint(net.forward, 1)", "skips the hooks of a Module;",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", NOUNS)
def test_named_only_by_its_own_class(name: str, tmp_path: Path) -> None:
    parameters, statement, part = NOUNS[name]
    write(tmp_path, {"main.py": HEAD.format(parameters) + statement + "\n"})
    run = flake8_here(*ISOLATED, "--select=FWD", "main.py", cwd=tmp_path)
    assert len(run.stdout.splitlines()) == 1
    assert part in run.stdout


def test_reasons(tmp_path: Path) -> None:
    uses = "other.eval()\n    other.forward(1)\n    torch.compile(net).forward(1)\n"
    parameters = "net: Net, either: Net | Encoder, other"
    text = (
        HEAD.format(parameters) + "either.forward(1)\n    net.forward(1)\n    " + uses
    )
    write(tmp_path, {"main.py": text})
    rows = receiver_rows(Session(Options()).resolver, [str(tmp_path / "main.py")])
    told = {row["receiver"]: (row["verdict"], row["why"]) for row in rows}
    where = f"({tmp_path / 'main.py'}) -> torch.nn.Module"
    assert told == {
        "either": ("module", f"Net {where}; or Encoder {where}"),
        "net": ("module", f"Net {where}"),
        "other": ("module", "used as a Module"),
        "torch.compile(net)": ("module", f"compiled: Net {where}"),
    }
