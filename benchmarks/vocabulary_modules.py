"""What real torch does with Modules: traits of its layers and of their methods."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import warnings
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import torch
from torch import nn
from torch.utils.hooks import RemovableHandle
from vocabulary_calls import REFUSALS, Rows
from vocabulary_layers import layers, of_layer

CONTAINERS: tuple[tuple[type[nn.Module], type], ...] = (
    (nn.ModuleDict, dict),
    (nn.ModuleList, list),
    (nn.ParameterDict, dict),
    (nn.ParameterList, list),
)
PLACES = (
    *("torch", "torch.Tensor", "torch.hub", "torch.jit", "torch.nn", "torch.nn.Module"),
    *("torch.nn.init", "torch.nn.utils", "torch.optim.Optimizer", "torch.nn.Linear"),
    "torch.nn.functional",
    "torch.utils.model_zoo",
)
"""Where a name that stands without its owner may come from."""


class _Sample(nn.Module):
    """A Module with all that one can have; it notes when its tensors are moved."""

    def __init__(self) -> None:
        super().__init__()
        self.linear = nn.Linear(2, 2)
        self.register_buffer("buffer", torch.ones(1))
        self.moved = False

    def _apply(self, *arguments: Any, **options: Any) -> Any:
        self.moved = True
        # Nothing goes anywhere: most devices are not there.
        return self


def measured(dotted: Iterable[str], names: Iterable[str]) -> dict[str, Rows]:
    """Return traits by name of layers, Modules' attributes and containers' methods.

    ``dotted`` are names that torch should have, ``names`` such without an owner.
    """
    torch.manual_seed(0)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = {
            "layers": {name: of_layer(cls) for name, cls in layers()},
            "Module": {name: _of_module(name) for name in _attributes()},
            "dotted": {name: _of_dotted(name) for name in dotted},
            "names": {name: _of_name(name) for name in names},
        }
        for cls, plain in CONTAINERS:
            table[cls.__name__] = {
                name: {"attribute"} | ({"shared"} if hasattr(plain, name) else set())
                for name in dir(cls())
                if not name.startswith("_")
            }
    return table


def _attributes() -> list[str]:
    own = {*dir(nn.Module), *vars(nn.Module())}
    layers = {*vars(nn.Linear(2, 2)), "weight", "bias"}
    special = {"__call__", "__getattr__", "__setattr__"}
    # What else begins so depends on Python's version.
    return sorted(
        name for name in own | layers if not name.startswith("__") or name in special
    )


def _of_module(name: str) -> set[str]:
    found = {"attribute"}
    if not hasattr(nn.Module(), name):
        return {"of_layers"}
    if not inspect.isroutine(getattr(nn.Module, name, None)):
        return found | {"state"}
    found.add("method")
    if name.startswith("_"):
        return found
    for arguments in _module_arguments():
        module = _Sample()
        before = _held(module)
        modal = module.training
        options = {"device": "cpu"} if name == "to_empty" else {}
        try:
            value = getattr(module, name)(*arguments, **options)
            found |= _returned(module, value)
        except REFUSALS:
            continue
        if _held(module) != before:
            found.add("registers")
        if module.moved:
            found.add("moves")
        if module.training is not modal:
            found.add("mode")
    return found


def _module_arguments() -> list[tuple[Any, ...]]:
    def hook(*arguments: Any) -> None:
        return None

    parameter = nn.Parameter(torch.ones(1))
    return [
        (), ("linear",), (False,), (torch.float64,), (hook,), ("new", nn.ReLU()),
        ("new", parameter), ("new", torch.ones(1)), ("linear.weight",), ("buffer",),
        ({},), (nn.ReLU(),),
    ]  # fmt: skip


def _held(module: _Sample) -> list[str]:
    return [*module._modules, *module._parameters, *module._buffers]


def _returned(module: _Sample, value: object) -> set[str]:
    if value is module:
        return {"itself"}
    if isinstance(value, nn.Module):
        return {"module"}
    if isinstance(value, RemovableHandle):
        return {"hook"}
    if isinstance(value, dict):
        return {"listing"}
    if not isinstance(value, Iterator):
        return {"other"}
    items = [*value]
    if items and all(isinstance(item, nn.Module) for item in items):
        return {"listing", "modules"}
    pairs = [item[1] for item in items if isinstance(item, tuple)]
    if pairs and all(isinstance(item, nn.Module) for item in pairs):
        return {"listing", "named_modules"}
    return {"listing"}


def _resolved(dotted: str) -> Any:
    """Return what ``dotted`` names.

    Raises AttributeError where torch does not have it.
    """
    parts = dotted.split(".")
    value: Any = importlib.import_module(parts[0])
    for index, part in enumerate(parts[1:], 2):
        if not hasattr(value, part):
            with contextlib.suppress(ImportError):
                importlib.import_module(".".join(parts[:index]))
        value = getattr(value, part)
    return value


def _of_dotted(dotted: str) -> set[str]:
    try:
        value = _resolved(dotted)
    except AttributeError:
        return set()
    found = {"exists"}
    if value is nn.Module:
        found.add("Module")
    if isinstance(value, type) and not issubclass(value, nn.Module):
        found |= _of_tensor_class(value)
    return found


def _of_tensor_class(cls: Callable[..., Any]) -> set[str]:
    """Return whether a Module registers what the class makes."""
    found = set()
    for arguments in ((torch.ones(1),), ()):
        module = nn.Module()
        with contextlib.suppress(*REFUSALS):
            module.tensor = cls(*arguments)
        if module._parameters or module._buffers:
            found.add("registered")
        if module._parameters and type(module.tensor) is nn.Parameter:
            found.add("parameter")
    return found


def _of_name(name: str) -> set[str]:
    owners = [place for place in PLACES if "exists" in _of_dotted(f"{place}.{name}")]
    return {"exists"} if owners or hasattr(nn.Linear(2, 2), name) else set()
