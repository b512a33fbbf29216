"""Python's garbage collection and what is kept from file to file.

Python goes through all objects again and again, also through trees and modules that
stay: in a long run that takes longer than all that is done for this plugin.
"""

from __future__ import annotations

import gc
import sys

SETTLING_BYTES = 300_000
"""Source that was parsed to be kept, or dropped, before memory is settled again."""

SETTLING_MODULES = 40
"""Modules that were imported before memory is settled again: libcst brings more."""


SETTLING_FILES = 16
"""Files that are linted before: a short run is over before it would pay."""


class Memory:
    """Spares what is kept the search for garbage, and searches itself at times."""

    def __init__(self) -> None:
        self._kept = self._dropped = self._modules = self._files = 0

    def drop(self, weight: int) -> None:
        """Count what is dropped: it refers to itself, so that only a search finds it."""
        self._dropped += weight

    def settle(self, kept: int) -> None:
        """Take note of how much is kept, in bytes of source; settle if it is time to.

        What flake8 holds at that moment is spared, too, until the next time: the caller
        sees to it that the file at hand is small.
        """
        self._files += 1
        if self._files < SETTLING_FILES:
            return
        changed = self._dropped + abs(kept - self._kept)
        imported = len(sys.modules) - self._modules
        if changed > SETTLING_BYTES or imported > SETTLING_MODULES:
            self._kept, self._modules = kept, len(sys.modules)
            self._dropped = self._files = 0
            gc.unfreeze()
            gc.collect()
            gc.freeze()
