"""The classes of a project by name, as their heads say: who derives from whom.

Names stand for classes here, so this is a rough picture: what matters is then looked at
in the files themselves.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from flake8_forward.project.class_heads import ClassHead


class Hierarchy:
    """What the class heads of a project say together."""

    def __init__(self, heads: list[ClassHead]) -> None:
        self.heads = heads
        self._by_name: dict[str, list[ClassHead]] = defaultdict(list)
        self._derived: dict[str, list[ClassHead]] = defaultdict(list)
        for head in heads:
            self._by_name[head.name].append(head)
            for base in head.bases:
                self._derived[_last(base)].append(head)
        self._with_forward = self._all(head for head in heads if head.has_forward)
        self._with_call = self._all(head for head in heads if head.has_call)
        self._modules: set[ClassHead] = set()
        self.add_modules(head for head in heads if head.is_torch)

    def add_modules(self, heads: Iterable[ClassHead]) -> None:
        """Note that these are Modules, and so what derives from them.

        A name that also stands for another class in the project tells nothing.
        """
        work = [*heads]
        self._modules.update(work)
        for head in work:  # extended in the loop
            if self._modules.issuperset(self._by_name[head.name]):
                new = set(self._derived[head.name]) - self._modules
                self._modules |= new
                work += new

    def _all(self, heads: Iterable[ClassHead]) -> set[ClassHead]:
        """Return the heads, and those that derive from a class of such a name."""
        work = [*heads]
        found = set(work)
        for head in work:  # extended in the loop
            new = set(self._derived[head.name]) - found
            found |= new
            work += new
        return found

    def heirs(self, name: str) -> list[ClassHead]:
        """Return the heads that derive from a class called ``name``."""
        found = self._all(self._derived[name])
        return [head for head in self.heads if head in found]

    def roots(self) -> list[ClassHead]:
        """Return the heads none of whose bases is in the project."""
        known = self._by_name.keys()
        return [h for h in self.heads if known.isdisjoint(map(_last, h.bases))]

    def is_module(self, head: ClassHead) -> bool:
        """Tell whether ``head`` is a Module, as far as is known so far."""
        return head in self._modules

    def has_forward(self, head: ClassHead) -> bool:
        """Tell whether ``head`` or a base of it sets ``forward``."""
        return head in self._with_forward

    def leads_to_forward(self, head: ClassHead) -> bool:
        """Tell whether ``head``, or a class that derives from it, has a ``forward``."""
        return not self._with_forward.isdisjoint(self._all([head]))

    def has_call(self, head: ClassHead) -> bool:
        """Tell whether ``head`` or a base of it sets ``__call__``."""
        return head in self._with_call


def _last(base: str) -> str:
    return base.partition("[")[0].rpartition(".")[2]
