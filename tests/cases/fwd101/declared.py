"""What an author declares outweighs a value of which nothing is known."""

from dataclasses import dataclass, field
from typing import Any, ClassVar, Dict, List, NamedTuple, Optional, Tuple

import elsewhere
from torch import nn


class Net(nn.Module):
    def forward(self, x):
        return x


class Lists:
    others: List[nn.Module] = elsewhere.models()
    late: List[Net]

    def __init__(self, found):
        self._ms: List[nn.Module] = []
        self._named: Dict[str, nn.Module] = {}
        self._plain: list[nn.Module] = list(found)
        self.untyped = [Net()]
        self.anything: List[Any] = []
        for item in found:
            self._ms.append(item)
            self._named["a"] = item
            self.untyped.append(item)
            self.anything.append(item)
            self.others.append(item)
            self.late.append(item)
        self._ms[0] = found[0]

    def loop(self, x):
        for m in self._ms:
            m.forward(x)  # FWD101:15
        for m in self._named.values():
            m.forward(x)  # FWD101:15
        for m in self._plain:
            m.forward(x)  # FWD101:15
        for m in self.others:
            m.forward(x)  # FWD101:15
        for m in self.late:
            m.forward(x)  # FWD101:15
        for m in self.untyped:
            m.forward(x)
        for m in self.anything:
            m.forward(x)


class Values:
    model: nn.Module
    either: Optional[nn.Module] = None
    shared: ClassVar[nn.Module] = elsewhere.model()
    loose: Any = None

    def __init__(self, cfg):
        self.m: Net = elsewhere.build(cfg)
        self.maybe: Optional[Net] = None
        self.what: Any = elsewhere.build(cfg)
        self.text: "nn.Module" = elsewhere.build(cfg)
        self.model = elsewhere.build(cfg)
        self.either = elsewhere.build(cfg)
        self.loose = elsewhere.build(cfg)
        self.own = elsewhere.build(cfg)

    def rebuild(self, cfg):
        self.m = elsewhere.build(cfg)
        self.maybe = elsewhere.build(cfg)

    def use(self, x):
        self.m.forward(x)  # FWD101:16
        self.maybe.forward(x)  # FWD101:20
        self.what.forward(x)
        self.text.forward(x)  # FWD101:19
        self.model.forward(x)  # FWD101:20
        self.either.forward(x)  # FWD101:21
        self.shared.forward(x)  # FWD101:21
        self.loose.forward(x)
        self.own.forward(x)

    def at_once(self, cfg, x):
        self.m = elsewhere.build(cfg)
        self.m.forward(x)  # FWD101:16
        self.model = elsewhere.build(cfg)
        self.model.forward(x)  # FWD101:20
        self.loose = elsewhere.build(cfg)
        self.loose.forward(x)


class Other:
    def forward(self, x):
        return x


class Contradicted:
    model: nn.Module

    def __init__(self):
        self.model = Other()

    def at_once(self, x):
        self.model = Other()
        self.model.forward(x)


@dataclass
class Setup:
    model: nn.Module
    nets: List[nn.Module] = field(default_factory=list)
    table: Dict[str, nn.Module] = field(default_factory=dict)

    def add(self, item):
        self.nets.append(item)
        self.table["a"] = item


class Row(NamedTuple):
    name: str
    model: nn.Module


def rows(setup: Setup, row: Row, x):
    setup.model.forward(x)  # FWD101:17
    setup.nets[0].forward(x)  # FWD101:19
    setup.table["a"].forward(x)  # FWD101:22
    row.model.forward(x)  # FWD101:15
    name, model = row
    name.forward(x)
    model.forward(x)  # FWD101:11
    row[1].forward(x)  # FWD101:12


def local(x):
    net: nn.Module = elsewhere.build()
    net.forward(x)  # FWD101:9
    nets: List[nn.Module] = elsewhere.build()
    nets.append(elsewhere.build())
    nets[0].forward(x)  # FWD101:13
    pair: Tuple[nn.Module, str] = elsewhere.pair()
    pair[0].forward(x)  # FWD101:13
    model, _ = pair
    model.forward(x)  # FWD101:11
    later: nn.Module
    later = elsewhere.build()
    later.forward(x)  # FWD101:11
    later = Other()
    later.forward(x)
    first: Net = elsewhere.build()
    first = elsewhere.build()
    first.forward(x)  # FWD101:11
    mixed: Any = elsewhere.build()
    mixed.forward(x)


if elsewhere.flag:
    conditional: nn.Module = elsewhere.a()
else:
    conditional = elsewhere.b()
conditional.forward(1)  # FWD101:13


def with_or(model: Optional[nn.Module] = None, x=None):
    model = model or elsewhere.build()
    model.forward(x)  # FWD101:11


def replaced(model: nn.Module, x):
    model = elsewhere.optimize(model)
    model.forward(x)  # FWD101:11
    model = Other()
    model.forward(x)


class Base:
    def run(self, model: nn.Module, x) -> Net:
        raise NotImplementedError

    def every(self, models: List[nn.Module], *, key: Net, x):
        raise NotImplementedError

    def own(self, model, x):
        raise NotImplementedError


class Derived(Base):
    def run(self, model, x):
        model.forward(x)  # FWD101:15
        return elsewhere.build()

    def every(self, models, *, key, x):
        models[0].forward(x)  # FWD101:19
        key.forward(x)  # FWD101:13

    def own(self, model: nn.Module, x):
        return model.forward(x)  # FWD101:22

    def call(self, x):
        self.run(x, x).forward(x)  # FWD101:24


class Reordered(Base):
    def run(self, x, model):
        x.forward(model)
        model.forward(x)  # FWD101:15


class Renamed(Base):
    def run(self, net, y):
        net.forward(y)  # FWD101:13
