"""What may become the new forward, or a hook: there, the advice would recurse."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence import MARK, NET, agrees

WRAPPED = f"""\
from functools import partial
from tools import install
from torch.utils.checkpoint import checkpoint
{NET}

def wrap(net: Net, block, x):
"""
REPLACED = {
    "setattr": '    setattr(net, "forward", partial(net.forward, x))\n',
    "attribute": "    block.forward = partial(net.forward, x)\n",
    "handed on": "    install(net, partial(net.forward, x))\n",
    "stored and handed on": "    new = partial(net.forward, x)\n    install(net, to=new)\n",
    "inner function": "    def new(x):\n        return checkpoint(net.forward, x)\n"
    "    net.forward = new\n",
}
HANDED = {
    "called": f"    return partial(net.forward, x)(){MARK}\n",
    "stored": f"    new = partial(net.forward, x){MARK}\n    return new()\n",
    "checkpoint": f"    return checkpoint(partial(net.forward, x), x){MARK}\n",
}


@pytest.mark.parametrize("body", [*REPLACED.values(), *HANDED.values()])
def test_partial_of_a_forward_may_replace_it(body: str, tmp_path: Path) -> None:
    assert agrees(tmp_path, {"main.py": WRAPPED + body, "tools.py": ""})


TOOLS = f"""\
{NET}

class Tools:
    def again(self, block: Net, x):
        return block.forward(x)FIRST


def rerun(block: Net, given, made):
    block.forward(*given)SECOND
"""
BOTH = TOOLS.replace("FIRST", MARK).replace("SECOND", MARK)
LATER = TOOLS.replace("FIRST", MARK).replace("SECOND", "")
METHOD = TOOLS.replace("FIRST", "").replace("SECOND", MARK)
ELSEWHERE = {
    "name": ("from tools import rerun", "rerun", LATER),
    "partial": ("import functools, tools", "functools.partial(tools.rerun)", LATER),
    "renamed": ("from tools import rerun as run", "run", LATER),
    "method": ("from tools import Tools", "Tools().again", METHOD),
    "another": ("from tools import rerun\ndef other(*_): pass", "other", BOTH),
}


@pytest.mark.parametrize("case", ELSEWHERE.values(), ids=ELSEWHERE)
def test_hook_that_another_file_registers(
    case: tuple[str, str, str], tmp_path: Path
) -> None:
    imports, hook, tools = case
    main = f"{imports}\n\n\ndef watch(net):\n    net.register_forward_hook({hook})\n"
    assert agrees(tmp_path, {"a.py": main, "tools.py": tools, "z.py": main})


HELPER = f"""\
{NET}

def recompute(block: Net, given):
    block.forward(*given)END


def hook(m, a, o):
    recompute(GIVEN, a)


def watch(net):
    net.register_forward_hook(hook)
"""


@pytest.mark.parametrize(("given", "end"), [("m", ""), ("Net()", MARK)])
def test_function_that_a_hook_hands_its_module(
    given: str, end: str, tmp_path: Path
) -> None:
    text = HELPER.replace("GIVEN", given).replace("END", end)
    assert agrees(tmp_path, {"main.py": text})
