"""Small projects, made on the spot."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from flake8_forward.project import project, source

MODULE = "from torch import nn\n\n\nclass Net(nn.Module):\n    pass\n"
PLAIN = "class Net:\n    pass\n"


@dataclass(frozen=True)
class Layout:
    """``nets`` is where the class is, ``main`` the linted file that imports it."""

    statement: str
    net: str = "Net"
    main: str = "main.py"
    nets: str = "nets.py"
    more: dict[str, str] = field(default_factory=dict)
    after: str = ""

    @property
    def use(self) -> str:
        return f"{self.net}().forward(1)"

    def write(self, folder: Path, net: str) -> Path:
        files = {**self.more, self.nets: net + self.after}
        files[self.main] = f"{self.statement}\n{self.use}\n"
        write(folder, files)
        return folder / self.main


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def read_files(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The paths of the files that are read from now on."""
    read: list[str] = []

    def read_source(path: str) -> str | None:
        read.append(path)
        return source.read_source(path)

    monkeypatch.setattr(project, "read_source", read_source)
    return read
