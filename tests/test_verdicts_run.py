"""What rules take for granted of calls of ``forward``, on a real torch."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import write
from torch_programs import RunProgram

HEAD = """import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
    def forward(self, x): return self.layer(x)

def counted(module):
    calls = []
    module.register_forward_hook(lambda m, i, o: calls.append(1))
    return calls

x = torch.ones(1, 2)
net = Net()
calls = counted(net)
"""

PROGRAMS = {
    "compiled": ('torch.compile(net, backend="eager").forward(x)', "1"),
    "compiled layer": (
        'calls = counted(net.layer); torch.compile(net, backend="eager").layer.forward(x)',
        "0",
    ),
    "by a decorator": ('torch.compile(backend="eager")(net).forward(x)', "1"),
    "in an attribute": (
        'self = nn.Module(); self.net = torch.compile(net, backend="eager"); self.net.forward(x)',
        "1",
    ),
    "handed over": (
        'fast = torch.compile(net, backend="eager"); list(map(fast.forward, [x, x]))',
        "2",
    ),
    "compiled in place": ('net.compile(backend="eager"); net.forward(x)', "0"),
    "called": ("net(x)", "1"),
    "in a hook": (
        "net.register_forward_hook(lambda m, i, o: m.forward(*i)); net(x)",
        "1",
    ),
}
CALLED_IN_A_HOOK = """net.register_forward_hook(lambda m, i, o: m(*i))
try:
    net(x)
except RecursionError:
    print("recursion")
"""


@pytest.mark.parametrize("name", PROGRAMS)
def test_hooks_run(name: str, run_program: RunProgram, tmp_path: Path) -> None:
    statement, count = PROGRAMS[name]
    write(tmp_path, {"main.py": f"{HEAD}{statement}\nprint(len(calls))\n"})
    run = run_program(tmp_path / "main.py", tmp_path)
    assert (run.returncode, run.stdout) == (0, f"{count}\n"), run.stderr


def test_call_in_a_hook_runs_it_again(run_program: RunProgram, tmp_path: Path) -> None:
    write(tmp_path, {"main.py": HEAD + CALLED_IN_A_HOOK})
    run = run_program(tmp_path / "main.py", tmp_path)
    assert (run.returncode, run.stdout) == (0, "recursion\n"), run.stderr


HARM = """from torch import nn


class Net(nn.Module):
    def __init__(self): self.x = 1
    def forward(self, x): return x

print(Net().forward(1))
try:
    print(Net()(1))
except AttributeError as error:
    print("_hooks" in str(error))


class Mixin:
    def __init__(self): self.x = 1

class Both(Mixin, nn.Module):
    def forward(self, x): return x

try:
    print(Both()(1))
except AttributeError as error:
    print("_hooks" in str(error))
"""


def test_harm_of_a_missing_init(run_program: RunProgram, tmp_path: Path) -> None:
    """A Module whose ``__init__`` never runs can only be called by its forward."""
    write(tmp_path, {"main.py": HARM})
    run = run_program(tmp_path / "main.py", tmp_path)
    assert (run.returncode, run.stdout.split()) == (0, ["1", "True", "True"])
