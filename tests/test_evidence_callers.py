"""What callers in other files pass tells what a parameter is."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence import checkout, marked, reported
from projects import MODULE, PLAIN

HOLDER = """\
class Trainer:
    def __init__(self, model):
        self.model = model

    def step(self, x):
        return self.model.forward(x)  # found
"""
RUN = """\
def run(model, x):
    return model.forward(x)  # found
"""
NETS = "from nets import Net\n"

CALLERS = {
    "constructor": {
        "trainer.py": HOLDER,
        "main.py": f"{NETS}from trainer import Trainer\nTrainer(Net()).step(1)\n",
    },
    "keyword": {
        "trainer.py": HOLDER,
        "main.py": f"{NETS}import trainer\ntrainer.Trainer(model=Net()).step(1)\n",
    },
    "renamed": {
        "trainer.py": HOLDER,
        "main.py": f"{NETS}from trainer import Trainer as T\nT(Net()).step(1)\n",
    },
    "function": {
        "runs.py": RUN,
        "main.py": f"{NETS}from runs import run\nrun(Net(), 1)\n",
    },
    "function in a package": {
        "pkg/__init__.py": "",
        "pkg/runs.py": RUN,
        "pkg/main.py": f"{NETS}from .runs import run\nrun(Net(), 1)\n",
    },
    "method": {
        "runs.py": (
            "class Runner:\n    def run(self, model, x):\n"
            "        return model.forward(x)  # found\n"
        ),
        "main.py": f"{NETS}from runs import Runner\nRunner().run(Net(), 1)\n",
    },
    "tuple": {
        "runs.py": (
            "def run(models, x):\n    first, second = models\n"
            "    return second.forward(first.forward(x))  # found\n"
        ),
        "main.py": f"{NETS}from runs import run\nrun((Net(), 1), 1)\n",
    },
    "elements of a list": {
        "runs.py": (
            "def run(models, x):\n    for model in models:\n"
            "        x = model.forward(x)  # found\n"
        ),
        "main.py": f"{NETS}from runs import run\nrun([Net(), Net()], 1)\n",
    },
    "two hops": {
        "trainer.py": HOLDER,
        "build.py": (
            "from trainer import Trainer\ndef build(net):\n    return Trainer(net)\n"
        ),
        "main.py": f"{NETS}from build import build\nbuild(Net()).step(1)\n",
    },
    "subclass without a constructor": {
        "trainer.py": HOLDER,
        "main.py": (
            f"{NETS}from trainer import Trainer\nclass Mine(Trainer):\n    pass\n"
            "Mine(Net()).step(1)\n"
        ),
    },
    "super": {
        "trainer.py": HOLDER,
        "main.py": (
            f"{NETS}from trainer import Trainer\nclass Mine(Trainer):\n"
            "    def __init__(self):\n        super().__init__(Net())\n"
        ),
    },
    "base by its name": {
        "trainer.py": HOLDER,
        "main.py": (
            f"{NETS}from trainer import Trainer\nclass Mine(Trainer):\n"
            "    def __init__(self):\n        Trainer.__init__(self, Net())\n"
        ),
    },
    "class method": {
        "trainer.py": (
            f"{NETS}{HOLDER}\n    @classmethod\n    def make(cls):\n"
            "        return cls(Net())\n"
        ),
    },
    "partial": {
        "runs.py": RUN,
        "main.py": (
            f"{NETS}from functools import partial\nfrom runs import run\n"
            "step = partial(run, Net())\nstep(1)\n"
        ),
    },
    "thread": {
        "runs.py": RUN,
        "main.py": (
            f"{NETS}from threading import Thread\nfrom runs import run\n"
            "Thread(target=run, args=(Net(), 1)).start()\n"
        ),
    },
    "spawned": {
        "runs.py": "def run(rank, model):\n    return model.forward(rank)  # found\n",
        "main.py": (
            f"{NETS}import torch.multiprocessing as mp\nfrom runs import run\n"
            "mp.spawn(run, args=(Net(),), nprocs=2)\n"
        ),
    },
    "default": {
        "runs.py": (
            f"{NETS}def run(x, model=Net()):\n    return model.forward(x)  # found\n"
        ),
        "main.py": "from runs import run\nrun(1)\n",
    },
}


@pytest.mark.parametrize("files", CALLERS.values(), ids=CALLERS)
def test_callers_tell(files: dict[str, str], tmp_path: Path) -> None:
    """Findings come and go with the class: the answer comes from there."""
    expected = marked(files)
    if "second.forward(first" in str(files):  # the tuple's second element is a number
        expected = {"runs.py": [3]}
    folder = checkout(tmp_path / "module", {**files, "nets.py": MODULE})
    assert reported(folder) == expected != {}
    assert reported(checkout(tmp_path / "plain", {**files, "nets.py": PLAIN})) == {}


FUNCTION = CALLERS["function"]
CONSTRUCTOR = CALLERS["constructor"]
PASSES_PLAIN = "class Plain: pass\n"
NOT_COMPLETE = {
    "function": {
        **FUNCTION,
        "other.py": f"{PASSES_PLAIN}from runs import run\nrun(Plain(), 1)\n",
    },
    "constructor": {
        **CONSTRUCTOR,
        "other.py": f"{PASSES_PLAIN}from trainer import Trainer\nTrainer(Plain())\n",
    },
    "subclass": {
        **CONSTRUCTOR,
        "other.py": (
            f"{PASSES_PLAIN}from trainer import Trainer\n"
            "class Mine(Trainer):\n    pass\nMine(Plain())\n"
        ),
    },
    "method": {
        **CALLERS["method"],
        "other.py": (
            f"{PASSES_PLAIN}from runs import Runner\nRunner().run(Plain(), 1)\n"
        ),
    },
}


@pytest.mark.parametrize("files", NOT_COMPLETE.values(), ids=NOT_COMPLETE)
def test_callers_that_disagree_tell_nothing(
    files: dict[str, str], tmp_path: Path
) -> None:
    folder = checkout(tmp_path / "both", {**files, "nets.py": MODULE})
    assert reported(folder) == {}
    (folder / "other.py").unlink()
    assert reported(folder) == marked(files) != {}


RIVAL = "class Rival:\n    def forward(self, x):\n        return x\n"
HANDED_OVER = {
    "registry": "from runs import run\nRUNS = {'run': run}\nRUNS['run'](input(), 1)\n",
    "callback": "from elsewhere import schedule\nfrom runs import run\nschedule(run)\n",
    "unpacked": "import sys\nfrom runs import run\nrun(*sys.argv)\n",
}


@pytest.mark.parametrize("text", HANDED_OVER.values(), ids=HANDED_OVER)
def test_function_handed_over_has_further_callers(text: str, tmp_path: Path) -> None:
    """They may pass any other object that has a ``forward``."""
    files = {**FUNCTION, "nets.py": MODULE, "rival.py": RIVAL}
    folder = checkout(tmp_path, files)
    assert reported(folder) == marked(files) != {}
    (folder / "other.py").write_text(text, "utf-8")
    assert reported(folder) == {}


ELSEWHERE = ["venv/lib/other.py", ".hidden/other.py", "lib/site-packages/other.py"]


@pytest.mark.parametrize("name", ELSEWHERE)
def test_files_that_are_not_the_projects_do_not_count(
    name: str, tmp_path: Path
) -> None:
    files = {**FUNCTION, "nets.py": MODULE, "venv/pyvenv.cfg": ""}
    folder = checkout(tmp_path, files)
    passing = NOT_COMPLETE["function"]["other.py"]
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(passing, "utf-8")
    assert reported(folder) == marked(files) != {}
    (folder / "other.py").write_text(passing, "utf-8")
    assert reported(folder) == {}


def test_calls_of_a_method_are_not_those_of_a_function(tmp_path: Path) -> None:
    """``net.train()`` and ``net.eval(1)`` say nothing of functions of these names."""
    files = {
        "nets.py": MODULE,
        "runs.py": (
            "def train(model, x):\n    return model.forward(x)  # found\n"
            "def eval(model, x):\n    return model.forward(x)  # found\n"
        ),
        "main.py": (
            f"{NETS}import runs\nnet, other = Net(), input()\nnet.train()\n"
            "net.eval()\nother.train(3, 4)\nother.eval(3, 4)\n"
            "runs.train(net, 1)\nruns.eval(net, 1)\n"
        ),
    }
    assert reported(checkout(tmp_path, files)) == marked(files)
