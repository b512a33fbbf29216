"""This checkout, whose package the tests and the documents are about.

Importing this file ends a process in which ``flake8_forward`` is another one: that of an
install which is not editable, say, and does not follow what is edited here.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

_ORIGIN = """
from importlib.util import find_spec
spec = find_spec("flake8_forward")
print((spec and spec.origin) or "nowhere")
"""


def refuse_another_package() -> None:
    """End this process if Python, started elsewhere, imports another package."""
    here = Path(__file__).parent  # beside this file there is no package
    command = [sys.executable, "-c", _ORIGIN]
    run = subprocess.run(command, cwd=here, capture_output=True, text=True, check=True)
    origin = run.stdout.strip()
    wanted = ROOT / "flake8_forward" / "__init__.py"
    if os.path.realpath(origin) != os.path.realpath(wanted):
        sys.exit(
            f"flake8_forward is imported from {origin}, not from this checkout: "
            "install it with `pip install -e .`"
        )


refuse_another_package()
