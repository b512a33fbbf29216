"""What all values of the resolver have in common."""

from __future__ import annotations


class Value:
    """Equal to others of its class that hold the same; never changed once made.

    Frozen dataclasses say so too, but take half of the time that importing us takes.
    """

    def __eq__(self, other: object) -> bool:
        """Tell whether ``other`` is such a value."""
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        """Return a number that equal values share."""
        return hash((type(self), *vars(self).values()))
