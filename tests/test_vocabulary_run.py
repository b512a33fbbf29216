"""The table of torch's names is what real torch shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

SCRIPT = Path(__file__).parent.parent / "benchmarks" / "make_vocabulary.py"


def test_table_is_that_of_real_torch() -> None:
    """Traits, arguments and lists are as measured; no list contradicts torch."""
    done = subprocess.run(
        [sys.executable, str(SCRIPT), "--check"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
