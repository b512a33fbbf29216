"""Editable installs in the site-packages folder that the user names."""

from __future__ import annotations

from pathlib import Path

import pytest
from harness import ISOLATED, flake8_here
from projects import MODULE, write

FINDER = "from __future__ import annotations\nMAPPING: dict[str, str] = {mapping!r}\n"


@pytest.mark.parametrize("form", ["pth", "finder", "missing"])
def test_linked_source_is_read(form: str, tmp_path: Path) -> None:
    site, source, work = tmp_path / "site", tmp_path / "elsewhere", tmp_path / "work"
    write(source, {"nets/__init__.py": MODULE})
    write(work, {"main.py": "from nets import Net\nNet().forward(1)\n"})
    site.mkdir()
    if form == "pth":
        (site / "nets.pth").write_text(f"import os\n# note\n{source}\n/gone\n")
    elif form == "finder":
        mapping = {"nets": str(source / "nets")}
        finder = site / "__editable___nets_0_1_finder.py"
        finder.write_text(FINDER.format(mapping=mapping))
    option = f"--forward-site-packages={site}"
    run = flake8_here(*ISOLATED, option, "main.py", cwd=work)
    assert run.stderr == ""
    assert (" FWD101 " in run.stdout) is (form != "missing")
