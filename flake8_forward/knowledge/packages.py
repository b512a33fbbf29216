"""Bundled knowledge of well-known packages whose source code is not on disk.

The data was collected by ``benchmarks/make_knowledge.py`` from real packages at run
time. A package's data is read only if a name in a linted file leads to it.
"""

from __future__ import annotations

import json
import sys
from importlib import resources
from typing import Literal, TypeAlias

ClassKind: TypeAlias = Literal[
    "auto", "callable", "class", "custom_call", "dict", "factory", "list", "module",
    "part", "sequential", "used",
]  # fmt: skip
"""What is known about a class or function that is not read from disk.

Modules: "module"; "custom_call", whose ``__call__`` is not Module's; "list", "dict" and
"sequential", which contain Modules; "used", which stands for the unknown class of an
object that is used as a Module. Other classes: "callable", with a ``__call__``;
"auto", which creates Modules of a class known only at run time; "part", which stands
for what a Module of a library has: a Module if it has a forward; "class". A function:
"factory", which creates Modules.
"""

MODULE_KINDS: frozenset[ClassKind] = frozenset(
    {"module", "custom_call", "list", "dict", "sequential", "used"}
)
"""Kinds of classes that are subclasses of torch.nn.Module."""

CALLED_DIFFERENTLY: frozenset[ClassKind] = frozenset({"custom_call", "callable"})
"""Kinds of classes with a ``__call__`` that is not Module's, Modules or not."""


Names = dict[str, dict[ClassKind, str]]  # module -> kind -> names, space-separated


class Knowledge:
    """Looks up dotted names in the bundled data."""

    def __init__(self) -> None:
        self._packages: dict[str, Names] = {}
        self._names: dict[str, dict[str, ClassKind]] = {}

    def kind(self, dotted: str) -> ClassKind | None:
        """Return the kind of ``dotted``, None if it is not known."""
        package, _, rest = dotted.partition(".")
        if not rest:
            return None
        known = self._package(package)
        module, _, name = dotted.rpartition(".")
        while module and known:
            if module in known:
                return self._in_module(module, known[module]).get(name)
            # A nested class: the last part of the module's name may be a class.
            module, _, outer = module.rpartition(".")
            name = f"{outer}.{name}"
        return None

    def _in_module(
        self, module: str, kinds: dict[ClassKind, str]
    ) -> dict[str, ClassKind]:
        if module not in self._names:
            self._names[module] = {
                name: kind for kind, names in kinds.items() for name in names.split()
            }
        return self._names[module]

    def _package(self, package: str) -> Names:
        if package not in self._packages:
            self._packages[package] = _load(package)
        return self._packages[package]


def is_bundled(package: str) -> bool:
    """Tell whether there is data about the top-level ``package``."""
    if not package.isidentifier() or package in sys.stdlib_module_names:
        return False
    return (resources.files(__package__) / "data" / f"{package}.json").is_file()


def _load(package: str) -> Names:
    if not is_bundled(package):
        return {}
    data = resources.files(__package__) / "data" / f"{package}.json"
    modules: Names = json.loads(data.read_text("utf-8"))["modules"]
    return modules
