"""nbQA takes the plugin into notebooks: findings name the cell and the line in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from projects import write
from real_tools import BLOCKS, commands, findings, needs, shell

pytestmark = needs("nbqa")

CELLS = [
    ("markdown", "# Critic\n\ncritic.forward(x)"),
    ("code", "%load_ext autoreload\nimport torch\nfrom blocks import Block"),
    ("code", "!nvidia-smi\nblock = Block()\nprint(block.forward(torch.ones(8)))"),
    ("code", "class Critic(Block):\n    def predict(self, x):\n        return self(x)"),
    ("code", "Critic().forward(torch.ones(8))"),
]
NOTEBOOK = "notebooks/critic.ipynb"
FINDINGS = """\
cell_2:3:13: FWD101 'block.forward(...)' skips the hooks of a Block; call 'block(...)'
cell_4:1:10: FWD101 'Critic().forward(...)' skips the hooks of a Critic; call \
'Critic()(...)'
"""
LINES = [f"{NOTEBOOK}:{finding}" for finding in FINDINGS.splitlines()]


def notebook() -> str:
    code: dict[str, Any] = {"execution_count": None, "outputs": []}
    cells: list[dict[str, Any]] = [
        {
            "cell_type": kind,
            "metadata": {},
            "source": source.splitlines(keepends=True),
            **(code if kind == "code" else {}),
        }
        for kind, source in CELLS
    ]
    metadata = {"language_info": {"name": "python"}}
    whole = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(whole, indent=1)


def sources(path: Path) -> list[str]:
    cells = json.loads(path.read_text("utf-8"))["cells"]
    return ["".join(cell["source"]) for cell in cells]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, {NOTEBOOK: notebook(), "notebooks/blocks.py": BLOCKS})
    return tmp_path


def test_commands_as_shown(folder: Path) -> None:
    lines = commands("notebooks")
    assert [line.split()[-1] for line in lines] == ["--select=FWD", "notebooks"]
    for line in lines:
        run = shell(line, folder)
        assert (run.returncode, run.stderr) == (1, "")
        assert run.stdout.splitlines() == LINES


def test_beside_flake8s_own_checks(folder: Path) -> None:
    run = shell("nbqa flake8 notebooks", folder)
    assert findings(run.stdout) == LINES


def test_notebook_is_fixed(folder: Path) -> None:
    """Cells keep their magics, and whatever is not fixed stays as it was."""
    run = shell("nbqa flake8-forward notebooks --fix", folder)
    assert run.returncode == 0
    wanted = [source for _, source in CELLS]
    wanted[2] = wanted[2].replace("block.forward(", "block(")
    wanted[4] = wanted[4].replace(".forward(", "(")
    assert sources(folder / NOTEBOOK) == wanted
