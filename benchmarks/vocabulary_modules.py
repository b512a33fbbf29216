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
from vocabulary_tensors import REFUSALS, Rows

Switch = tuple[str, int, bool, str]
"""An argument that decides what a layer carries: name, position, default, what."""

CONTAINERS: tuple[tuple[type[nn.Module], type], ...] = (
    (nn.ModuleDict, dict),
    (nn.ModuleList, list),
    (nn.ParameterDict, dict),
    (nn.ParameterList, list),
)
SWITCHES = {
    "affine": "weights",
    "elementwise_affine": "weights",
    "track_running_stats": "statistics",
}
HOLDERS = ("module", "modules")  # parameters of classes that wrap Modules
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
            "layers": {name: _of_layer(cls) for name, cls in _layers()},
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


def switches() -> dict[str, list[Switch]]:
    """Return the arguments by which layers get weights or statistics, or do not."""
    found: dict[str, list[Switch]] = {}
    for name, cls in _layers():
        parameters = inspect.signature(cls).parameters
        for position, (keyword, parameter) in enumerate(parameters.items()):
            if keyword in SWITCHES:
                switch = (keyword, position, parameter.default, SWITCHES[keyword])
                found.setdefault(name, []).append(switch)
    return found


def dropouts() -> Rows:
    """Return whether functions that drop values do so unless they are told not to."""
    found: Rows = {}
    for name, function in inspect.getmembers(nn.functional, inspect.isfunction):
        parameters = inspect.signature(function).parameters
        if "dropout" in name and [*parameters][2:3] == ["training"]:
            is_on = parameters["training"].default
            found[name] = {"training_on" if is_on else "training_off"}
    return found


def _layers() -> list[tuple[str, type[nn.Module]]]:
    return [
        (name, value)
        for name, value in inspect.getmembers(nn, inspect.isclass)
        if issubclass(value, nn.Module)
    ]


def _of_layer(cls: type[nn.Module]) -> set[str]:
    found = {"layer"}
    parameters = inspect.signature(cls.__init__).parameters
    if [*parameters][1:2] == ["weight"]:
        found.add("weight_first")
    if not parameters.keys().isdisjoint(HOLDERS) or cls is nn.Sequential:
        found.add("container")
    if cls.forward is nn.Module.forward:
        found.add("no_forward")
    for layer in _instances(cls):
        if cls is nn.DataParallel and isinstance(layer.module, nn.ReLU):
            found.add("wrapper")
        if any(True for _ in layer.parameters()):
            found.add("weights")
        if any("running" in name for name, _ in layer.named_buffers()):
            found.add("statistics")
        if "container" not in found:
            found |= {*_outputs(layer)}
    if not SWITCHES.keys().isdisjoint(parameters):
        found.add("switched")
    return found


def _instances(cls: type[nn.Module]) -> Iterator[nn.Module]:
    """Yield instances of a layer's class, made with what it takes."""
    layer = nn.TransformerEncoderLayer(4, 1, 4)
    decoder = nn.TransformerDecoderLayer(4, 1, 4)
    arguments: list[tuple[Any, ...]] = [
        (), (4,), (4, 4), (4, 4, 1), (4, 4, 4), (4, 1), (4, 1, 1, 1, 4), (1,), (0.5,),
        (2, (2, 2)), (4, 8, [2, 4]),
    ]  # fmt: skip
    held: dict[str, tuple[Any, ...]] = {
        "encoder_layer": (layer, 1),
        "decoder_layer": (decoder, 1),
        "module": (nn.ReLU(),),
    }
    # Others keep a layer that they take for a number.
    first = next(iter(inspect.signature(cls).parameters), "")
    arguments += [held[first]] if first in held else []
    for given in arguments:
        with contextlib.suppress(*REFUSALS):
            yield cls(*given)
    if "return_indices" in inspect.signature(cls).parameters:
        for given in ((2,), (2, (2, 2)), (2, (2, 2, 2))):
            with contextlib.suppress(*REFUSALS):
                yield cls(*given, return_indices=True)


def _outputs(layer: nn.Module) -> Iterator[str]:
    """Yield what the results of a layer tell: how many they are, and if by chance."""
    for shape in ((4, 4), (4, 4, 4), (4, 4, 4, 4), (4, 4, 4, 4, 4)):
        given = torch.randn(shape)
        for more in ((), (given,), (given, given)):
            try:
                with torch.no_grad():
                    first, second = layer.train()(given, *more), layer(given, *more)
                    third, fourth = layer.eval()(given, *more), layer(given, *more)
            except REFUSALS:
                continue
            if isinstance(first, tuple):
                yield "several"
            elif isinstance(first, torch.Tensor) and not first.equal(second):
                yield "random" if third.equal(fourth) else "always_random"


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
