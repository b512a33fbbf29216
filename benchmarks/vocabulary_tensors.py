"""What real torch does with tensors: traits of its functions and methods, measured."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable
from typing import Any

import torch
from torch.overrides import get_overridable_functions
from vocabulary_calls import Function, Rows, kind, shared, traits

PACKAGES = {"torch": torch, "functional": torch.nn.functional}

NEW: dict[str, tuple[Any, ...]] = {
    "FloatTensor": ([1.0],),
    "LongTensor": ([1],),
    "Tensor": ([1.0],),
    "arange": (3,),
    "empty": (3,),
    "eye": (3,),
    "full": ((3,), 1.0),
    "linspace": (0, 1, 3),
    "logspace": (0, 1, 3),
    "normal": (0.0, 1.0, (3,)),
    "ones": (3,),
    "rand": (3,),
    "randint": (3, (3,)),
    "randn": (3,),
    "randperm": (3,),
    "tril_indices": (3, 3),
    "triu_indices": (3, 3),
    "zeros": (3,),
}
"""Functions that make a tensor of no other tensor, and what to make it of."""

LEFT_OUT = frozenset({"index", "order"})
"""Methods for dimensions with names: some of the calls never come back."""

IN_PLACE = ("copy_", "detach_", "requires_grad_", "share_memory_")
"""Methods with an underscore that rules know; what the others do, the name says."""

OF_DATA = ("as_tensor", "tensor")
"""Functions that make a tensor of numbers or of a tensor."""

_SHAPES: Function = torch.broadcast_shapes  # it has no types

BESIDE: dict[str, Callable[[], str]] = {
    "where": lambda: kind(torch.where(torch.ones(2, 2))),
    "unique": lambda: kind(torch.unique(torch.ones(2), return_counts=True)),
    "unique_consecutive": lambda: kind(
        torch.unique_consecutive(torch.ones(2), return_counts=True)
    ),
    "broadcast_shapes": lambda: kind(_SHAPES((2, 1), (1, 2))),
    "get_default_dtype": lambda: kind(torch.get_default_dtype()),
    "is_grad_enabled": lambda: kind(torch.is_grad_enabled()),
    "is_tensor": lambda: kind(torch.is_tensor(0)),
    "finfo": lambda: kind(torch.finfo()),
    "iinfo": lambda: kind(torch.iinfo(torch.int8)),
    "inference_mode": lambda: kind(torch.inference_mode()),
    "no_grad": lambda: kind(torch.no_grad()),
    "enable_grad": lambda: kind(torch.enable_grad()),
    "autocast": lambda: kind(torch.autocast("cpu")),
    "promote_types": lambda: kind(torch.promote_types(torch.int8, torch.float32)),
    "result_type": lambda: kind(torch.result_type(torch.ones(1), 1)),
    "typename": lambda: kind(torch.typename(0)),
    "compile": lambda: kind(torch.compile(kind)),
    "manual_seed": lambda: kind(torch.manual_seed(0)),
}
"""What a call gives that others do not come to, or functions of no tensors."""


def measured() -> dict[str, Rows]:
    """Return traits by name, for the functions in two packages and for Tensor."""
    torch.set_num_threads(1)
    # It says on standard error what it cannot do.
    logging.getLogger("torch._subclasses.fake_tensor").setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = {place: _of_package(place) for place in PACKAGES}
        table["Tensor"] = {
            name: traits(_attribute(name), is_method=True) | _of_attribute(name)
            for name in dir(torch.Tensor)
            if not name.startswith("_")
            and name not in LEFT_OUT
            and (not name.endswith("_") or name in IN_PLACE)
        }
    for name, function in BESIDE.items():
        table["torch"].setdefault(name, set()).add(function())
    return table


def _of_package(place: str) -> Rows:
    """Return traits by name of a package's functions that Tensor has no methods for."""
    package = PACKAGES[place]
    overridable = {id(f) for f in get_overridable_functions()[package]}
    rows: Rows = {}
    for name in dir(package):
        value = getattr(package, name)
        if name.startswith("_") or name.endswith("_") or hasattr(torch.Tensor, name):
            continue
        if place == "torch" and name in NEW:
            rows[name] = _of_new(value, NEW[name])
        elif place == "torch" and name in OF_DATA:
            rows[name] = traits(value) | _of_data(value)
        elif place == "torch" and name.endswith("_like"):
            rows[name] = traits(value) | {"like"}
        elif id(value) in overridable:
            rows[name] = traits(value)
    return rows


def _of_attribute(name: str) -> set[str]:
    """Return whether Tensor's attribute is one without a call, and has a gradient."""
    value = getattr(torch.ones(2, 2, dtype=torch.complex64), name, None)
    is_property = isinstance(value, torch.Tensor) and name != "data"
    return {"attribute", "property"} if is_property else {"attribute"}


def _attribute(name: str) -> Function:
    def call(tensor: Any, *arguments: Any) -> Any:
        if isinstance(tensor, list):
            raise TypeError("no tensor")
        value = getattr(tensor, name)
        if callable(value):
            return value(*arguments)
        if arguments:
            raise TypeError(f"{name} is no method")
        return value

    return call


def _of_data(function: Function) -> set[str]:
    return {"factory", "of_data"} if function(1.0).dim() == 0 else set()


def _of_new(function: Function, arguments: tuple[Any, ...]) -> set[str]:
    first, second = function(*arguments), function(*arguments)
    is_new = isinstance(first, torch.Tensor) and not shared(first, second)
    return (
        {"detached", "factory", "tensor"}
        if is_new and not first.requires_grad
        else set()
    )
