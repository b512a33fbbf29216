"""Receivers whose class is told by annotations, returns, containers and control flow."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Annotated, Any, ClassVar, Dict, List, Optional, TypeVar, Union

import torch
from torch import Tensor, nn

M = TypeVar("M", bound=nn.Module)
AnyModule = TypeVar("AnyModule", nn.Linear, nn.Conv1d)
Layer = Union[nn.Linear, nn.Conv1d]
Pair = tuple[nn.Linear, nn.Conv1d]


class Block(nn.Module):
    """A layer with a helper that returns itself."""

    shared: ClassVar[nn.Module] = nn.Identity()
    head: nn.Linear

    def __init__(self, norm_layer: type[nn.Module] = nn.LayerNorm, act=nn.ReLU):
        super().__init__()
        self.norm = norm_layer(4)
        self.act = act()
        make = partial(nn.Linear, 4)
        self.made = make(4)
        self.kinds = {"lin": nn.Linear, "id": nn.Identity}
        self.picked = self.kinds["lin"](4, 4)
        self.heads: Dict[str, nn.Module] = {}
        self.stages: List[nn.Module] = []  # FWD401:14
        for _ in range(2):
            self.stages.append(nn.Linear(4, 4))
        self.maybe: Optional[nn.Module] = None
        self.add_module("late", nn.Linear(4, 4))
        setattr(self, "later", nn.Linear(4, 4))
        self.first, self.second = nn.Linear(4, 4), nn.Dropout()

    def forward(self, x: Tensor) -> Tensor:
        """Apply the layers."""
        return self.norm(x)

    def frozen(self) -> Block:
        """Return itself."""
        return self

    def me(self):
        """Return itself, without saying so."""
        return self

    @property
    def encoder(self) -> nn.Module:
        """The encoder."""
        return self.norm

    @cached_property
    def decoder(self):
        """The decoder."""
        return nn.Linear(4, 4)

    def use(self, x: Tensor) -> Tensor:
        """Call forward in all ways."""
        x = self.norm.forward(x)  # FWD101:23
        x = self.act.forward(x)  # FWD101:22
        x = self.made.forward(x)  # FWD101:23
        x = self.picked.forward(x)  # FWD101:25
        x = self.shared.forward(x)  # FWD101:25
        x = self.head.forward(x)  # FWD101:23
        x = self.late.forward(x)  # FWD101:23
        x = self.later.forward(x)  # FWD101:24
        x = self.first.forward(x)  # FWD101:24
        x = self.second.forward(x)  # FWD101:25
        x = self.encoder.forward(x)  # FWD101:26
        x = self.decoder.forward(x)  # FWD101:26
        x = self.frozen().forward(x)  # FWD101:27
        x = self.me().forward(x)  # FWD101:23
        x = self.heads["a"].forward(x)  # FWD101:29
        x = self.stages[0].forward(x)  # FWD101:28
        for stage in self.stages:
            x = stage.forward(x)  # FWD101:23
        for name, head in self.heads.items():
            x = head.forward(x)  # FWD101:22
        if self.maybe is not None:
            x = self.maybe.forward(x)  # FWD101:28
        x = getattr(self, "norm").forward(x)  # FWD101:35
        return x


@dataclass
class Bundle:
    """A plain object that holds Modules."""

    model: nn.Module
    others: list[nn.Module] = field(default_factory=list)


def build(flag: bool) -> nn.Module:
    """Return a Module, as annotated."""
    return nn.Linear(1, 1) if flag else nn.Identity()


def inferred(flag):
    """Return a Module on each path."""
    if flag:
        return nn.Linear(1, 1)
    layer = nn.Identity()
    return layer


def pair() -> Pair:
    """Return two."""
    return nn.Linear(1, 1), nn.Conv1d(1, 1, 1)


def layers() -> Iterator[nn.Module]:
    """Yield some."""
    yield nn.Linear(1, 1)


def factory(kind: str):
    """Return a class."""
    return nn.Linear if kind == "a" else nn.Identity


def class_factory(base):
    """Return a class made here."""

    class Made(nn.Module):
        """A local class."""

    return Made


def annotated(
    a: Layer,
    b: "nn.Module",
    c: Annotated[nn.Module, "x"],
    d: nn.Module | None,
    e: Optional["Block"],
    f: M,
    g: list[nn.Module],
    h: dict[str, nn.Module],
    i: tuple[nn.Module, ...],
    j: type[nn.Module],
    k: AnyModule,
    m: Callable[[Tensor], Tensor],
    n: Bundle,
    o: Any,
    x: Tensor,
) -> None:
    """Call forward on what the annotations say."""
    a.forward(x)  # FWD101:7
    b.forward(x)  # FWD101:7
    c.forward(x)  # FWD101:7
    d.forward(x)  # FWD101:7
    e.forward(x)  # FWD101:7
    f.forward(x)  # FWD101:7
    g[0].forward(x)  # FWD101:10
    h["a"].forward(x)  # FWD101:12
    i[1].forward(x)  # FWD101:10
    j().forward(x)  # FWD101:9
    k.forward(x)  # FWD101:7
    m.forward(x)
    n.model.forward(x)  # FWD101:13
    n.others[0].forward(x)  # FWD101:17
    o.forward(x)
    for value in h.values():
        value.forward(x)  # FWD101:15
    for item, other in zip(g, i):
        item.forward(x)  # FWD101:14
        other.forward(x)  # FWD101:15
    for _, item in enumerate(g):
        item.forward(x)  # FWD101:14
    _ = [item.forward(x) for item in g]  # FWD101:15
    _ = {name: item.forward(x) for name, item in h.items()}  # FWD101:21


def returned(x: Tensor, flag: bool) -> None:
    """Call forward on what functions return."""
    build(flag).forward(x)  # FWD101:17
    inferred(flag).forward(x)  # FWD101:20
    first, second = pair()
    first.forward(x)  # FWD101:11
    second.forward(x)  # FWD101:12
    for layer in layers():
        layer.forward(x)  # FWD101:15
    factory("a")(1).forward(x)  # FWD101:21
    class_factory(None)().forward(x)  # FWD101:27
    type(Block())().forward(x)  # FWD101:21
    copy.deepcopy(Block()).eval().to("cpu").forward(x)  # FWD101:45
    (net := Block()).forward(x)  # FWD101:22
    net.forward(x)  # FWD101:9
    chosen = Block() if flag else nn.Identity()
    chosen.forward(x)  # FWD101:12
    default = None or Block()
    default.forward(x)  # FWD101:13

    def closure() -> Tensor:
        return net.forward(x)  # FWD101:20

    closure()
    made = type("Made", (nn.Module,), {})()
    made.forward(x)  # FWD101:10
    nets = {"a": Block(), "b": nn.Identity()}
    nets["a"].forward(x)  # FWD101:15
    for child in net.children():
        child.forward(x)  # FWD101:15
    for name, child in net.named_modules():
        child.forward(x)  # FWD101:15
    net.get_submodule("norm").forward(x)  # FWD101:31
    next(net.children()).forward(x)  # FWD101:26
    list(net.modules())[0].forward(x)  # FWD101:28
    nn.DataParallel(net).module.forward(x)  # FWD101:33
    nn.Sequential(*[Block() for _ in range(2)])[0].forward(x)  # FWD101:52


def used(model, criterion, x: Tensor) -> Tensor:
    """Call forward on what is used like a Module; parameters alone tell nothing."""
    model.eval()
    for parameter in criterion.parameters():
        parameter.requires_grad = False
    return criterion.forward(model.forward(x))  # FWD101:36


def helper(layer, x: Tensor) -> Tensor:
    """Call forward on what every caller passes."""
    return layer.forward(x)  # FWD101:18


def caller(x: Tensor) -> Tensor:
    """Pass Modules only."""
    return helper(nn.Linear(1, 1), x) + helper(layer=Block(), x=x)


def mixed(layer, x: Tensor) -> Tensor:
    """One caller passes something else: unproven."""
    return layer.forward(x)


def mixing(x: Tensor, other: object) -> Tensor:
    """Pass a Module and something else."""
    return mixed(nn.Linear(1, 1), x) + mixed(other, x)


def guarded(layer, other, x: Tensor) -> Tensor:
    """Guards prove, and disprove."""
    if isinstance(layer, nn.Module):
        x = layer.forward(x)  # FWD101:19
    else:
        x = layer.forward(x)
    if not isinstance(other, (nn.Linear, nn.Conv1d)):
        raise TypeError
    return other.forward(x)  # FWD101:18


def reassigned(x: Tensor, flag: bool, unknown: Any) -> None:
    """Only what reaches the call counts, and all of it must agree."""
    net = unknown
    net.forward(x)
    net = Block()
    net.forward(x)  # FWD101:9
    if flag:
        net = unknown
    net.forward(x)


class Other:
    """No Module: what is unknown may be one of these."""

    def forward(self, *args):
        return args
