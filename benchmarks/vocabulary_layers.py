"""What real torch's layers are made with and return: their traits."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Iterator
from typing import Any

import torch
from torch import nn
from vocabulary_calls import REFUSALS, Rows

Switch = tuple[str, int, bool, str]
"""An argument that decides what a layer carries: name, position, default, what."""

SWITCHES = {
    "affine": "weights",
    "elementwise_affine": "weights",
    "track_running_stats": "statistics",
}
HOLDERS = ("module", "modules")  # parameters of classes that wrap Modules


def switches() -> dict[str, list[Switch]]:
    """Return the arguments by which layers get weights or statistics, or do not."""
    found: dict[str, list[Switch]] = {}
    for name, cls in layers():
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


def layers() -> list[tuple[str, type[nn.Module]]]:
    """Return the Modules of torch.nn, with their names."""
    return [
        (name, value)
        for name, value in inspect.getmembers(nn, inspect.isclass)
        if issubclass(value, nn.Module)
    ]


def of_layer(cls: type[nn.Module]) -> set[str]:
    """Return the traits of a layer's class, from its parameters and from instances."""
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
