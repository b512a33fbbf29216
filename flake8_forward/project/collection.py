"""Python's garbage collection, and the objects that live from file to file.

Python's collector visits all objects again and again, including trees and modules that
stay: in a long run, that would take longer than the work of this plugin.
"""

from __future__ import annotations

import gc
import sys

SETTLING_BYTES = 300_000
"""Bytes of source code, parsed or dropped, after which memory is settled again."""

COLLECTING_BYTES = 3_000_000
"""Bytes of source code dropped, after which what has cycles is collected."""

SETTLING_MODULES = 40
"""Modules that were imported before memory is settled again: libcst brings more."""


SETTLING_FILES = 16
"""Files that are linted first: in a short run, settling does not pay."""


class Memory:
    """Exempts long-lived objects from garbage collection, and collects at times."""

    def __init__(self) -> None:
        self._kept = self._dropped = self._modules = self._files = 0
        self._uncollected = 0

    def drop(self, weight: int) -> None:
        """Count what is dropped: the states of loops in it wait for a collection."""
        self._dropped += weight
        self._uncollected += weight

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
            if imported > SETTLING_MODULES or self._uncollected > COLLECTING_BYTES:
                self._uncollected = 0
                gc.unfreeze()
                gc.collect()
            gc.freeze()
