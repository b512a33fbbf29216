"""Bundled facts about well-known packages, for when their source is not on disk.

The data is made by ``benchmarks/make_knowledge.py`` from the real packages at run
time. A package's file is read only when a linted file's names lead into it.
"""

from __future__ import annotations

import json
import sys
from importlib import resources

from flake8_forward.inference.values import ClassObject, External, KnownClass, Type
from flake8_forward.knowledge.vocabulary import MODULE_NAMES

MODULE_KINDS = frozenset({"module", "custom_call", "list", "dict", "sequential"})
"""Kinds of classes that are subclasses of torch.nn.Module."""

CALLED_DIFFERENTLY = frozenset({"custom_call", "callable"})
"""Kinds of classes with a ``__call__`` that is not Module's, Modules or not."""

MODULE = KnownClass("torch.nn.Module", "module")
OBJECT = KnownClass("builtins.object", "class")


Names = dict[str, dict[str, str]]  # module -> kind -> names, space-separated


class Knowledge:
    """Looks dotted names up in the bundled data."""

    def __init__(self) -> None:
        self._packages: dict[str, Names] = {}
        self._names: dict[str, dict[str, str]] = {}

    def kind(self, dotted: str) -> str | None:
        """Return the kind of ``dotted``: one of MODULE_KINDS, "class", "callable",
        "auto", "factory"; None if it is not known."""
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

    def covers(self, dotted: str) -> bool:
        """Tell whether there is data on the package of ``dotted``."""
        return bool(self._package(dotted.partition(".")[0]))

    def value(self, dotted: str) -> Type:
        """Return what ``dotted`` names: a class where that is known."""
        if dotted in MODULE_NAMES:
            return ClassObject(MODULE)
        kind = self.kind(dotted)
        if kind is None or kind == "factory":
            return External(dotted)
        return ClassObject(KnownClass(dotted, kind))

    def _in_module(self, module: str, kinds: dict[str, str]) -> dict[str, str]:
        if module not in self._names:
            self._names[module] = {
                name: kind for kind, names in kinds.items() for name in names.split()
            }
        return self._names[module]

    def _package(self, package: str) -> Names:
        if package not in self._packages:
            self._packages[package] = _load(package)
        return self._packages[package]


def _load(package: str) -> Names:
    if not package.isidentifier() or package in sys.stdlib_module_names:
        return {}
    data = resources.files(__package__) / "data" / f"{package}.json"
    if not data.is_file():
        return {}
    modules: Names = json.loads(data.read_text("utf-8"))["modules"]
    return modules
