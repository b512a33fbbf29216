"""What a file adds to ``sys.path`` is looked in."""

import os
import sys
from pathlib import Path

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.append(os.path.join(HERE, "libs"))
sys.path.insert(0, str(Path(__file__).resolve().parent / "nowhere"))

from far import Far  # noqa: E402
from further import Further  # noqa: E402


def use(x):
    Far().forward(x)  # FWD101:11
    return Further().forward(x)
