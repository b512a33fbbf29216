"""Parameters, proven by their annotations."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Annotated, Any, Dict, List, Optional, Tuple, TypeVar, Union

import torch
from torch import Tensor, nn
from torch.nn import Module as M

AnyNet = TypeVar("AnyNet", bound=nn.Module)
Anything = TypeVar("Anything")
Layer = Union[nn.Linear, nn.Conv2d]


def single(a: nn.Module, b: "nn.Module", c: M, x: Tensor, *, d: torch.nn.Linear):
    a.forward(x)  # FWD101:7
    b.forward(x)  # FWD101:7
    c.forward(x)  # FWD101:7
    d.forward(x)  # FWD101:7


def optional(a: Optional[nn.Module], b: nn.Module | None = None, x=None):
    if a is not None and b:
        a.forward(x)  # FWD101:11
        b.forward(x)  # FWD101:11


def union(a: Union[nn.Linear, nn.Conv2d], b: Layer, c: nn.Module | Callable, x=None):
    a.forward(x)  # FWD101:7
    b.forward(x)  # FWD101:7
    c.forward(x)


def wrapped(a: Annotated[nn.Module, "net"], b: AnyNet, c: Anything, d: Any, x=None):
    a.forward(x)  # FWD101:7
    b.forward(x)  # FWD101:7
    c.forward(x)
    d.forward(x)


def sequences(a: List[nn.Module], b: Sequence[nn.Linear], c: Iterable[M], x=None):
    a[0].forward(x)  # FWD101:10
    b[-1].forward(x)  # FWD101:11
    for module in c:
        module.forward(x)  # FWD101:16


def mappings(a: Dict[str, nn.Module], b: Mapping[str, nn.Module], x=None):
    a["key"].forward(x)  # FWD101:14
    for key, module in b.items():
        module.forward(x)  # FWD101:16
        key.forward(x)


def tuples(a: Tuple[nn.Module, Tensor], b: tuple[nn.Linear, ...], x=None):
    a[0].forward(x)  # FWD101:10
    a[1].forward(x)
    module, tensor = a
    module.forward(x)  # FWD101:12
    tensor.forward(x)
    b[3].forward(x)  # FWD101:10


def several(*modules: nn.Module, **named: nn.Module):
    modules[0].forward(1)  # FWD101:16
    named["a"].forward(1)  # FWD101:16
    for module in modules:
        module.forward(1)  # FWD101:16


def unproven(a, b: Tensor, c: type[nn.Module], d: NotImported, x=None):
    a.forward(x)
    b.forward(x)
    c.forward(d, x)
    d.forward(x)


class Holder:
    def __init__(self, module: nn.Module | None):
        self.module = module

    def use(self, x: Tensor) -> Tensor:
        assert self.module is not None
        return self.module.forward(x)  # FWD101:28
