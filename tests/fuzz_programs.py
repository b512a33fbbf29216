"""Generated programs: torch-like classes with every statement and expression there is.

The words that the rules look for are drawn as names, attributes, arguments, strings,
definitions and targets alike. Everything is drawn from the given `Random`.
"""

from __future__ import annotations

import sys
from random import Random

HEAD = """\
import torch, copy
import torch.nn as nn
import torch.nn.functional as F
from torch import nn as layers, Tensor
from torch.nn import Module, Linear, Parameter
from torch.nn.functional import dropout, scaled_dot_product_attention
from torch.utils.checkpoint import checkpoint
from .nets import *
"""
BASES = (
    *("nn.Module", "Module", "layers.Module", "nn.Sequential", "Linear"),
    *("nn.ModuleList", "torch.autograd.Function", "object", "Unknown"),
    *("torch.jit.ScriptModule", "nn.ReLU"),
)
LAYERS = (
    *("nn.Linear(1, 1)", "Linear(1, 1)", "nn.ReLU()", "nn.Dropout(0.5)", "Net0()"),
    *("Net1()", "nn.Sequential(nn.Linear(1, 1))", "nn.ModuleList([nn.ReLU()])"),
    *("nn.BatchNorm1d(1)", "[nn.Linear(1, 1) for _ in x]", "{'a': nn.ReLU()}"),
    *("nn.Parameter(torch.zeros(1))", "torch.ones(1)"),
    *("nn.Parameter(torch.ones(1)).cuda()", "torch.compile(Net0())"),
)
METHODS = (
    *("forward", "forward", "forward", "__call__", "_call_impl", "train", "eval"),
    *("helper", "forwrad", "_forward", "Forward", "__init__", "step"),
    *("register_forward_hook", "fordward"),
)
NAMES = (
    *("x", "y", "net", "self", "cls", "forward", "grad", "data", "Net0", "nn", "F"),
    "f",
)
ATTRIBUTES = (
    *("forward", "forward", "grad", "data", "train", "eval", "backward", "step"),
    *("zero_grad", "__call__", "_call_impl", "layer", "weight", "training", "to"),
    *("detach", "float", "x", "requires_grad_", "buffers", "append", "register_buffer"),
    *("Parameter", "dropout"),
)
STRINGS = (
    *("'grad'", "'forward'", "'é🔥'", "'''a\nb'''", "b'x'", "r'\\d'", "'a' 'grad'"),
    "''",
)
NUMBERS = ("1", "0", "1e999", "2.5j", f"0x{'f' * 4_000}", "9" * 3_000)
CALLS = (
    *("F.dropout({0}, 0.5)", "dropout({0})", "F.dropout({0}, training=self.training)"),
    *("scaled_dot_product_attention({0}, {1}, {0}, dropout_p=0.1)", "nn.ReLU({0})"),
    *("super().forward({0})", "super().__init__()", "super().__call__({0})"),
    *("self({0})", "self.forward({0})", "self.layer.forward({0})"),
    *("nn.Linear(1, 1)({0})", "checkpoint(self.layer.forward, {0})"),
    *("map(net.forward, {0})", "self.train({0})", "setattr({0}, 'grad', {1})"),
    *("getattr({0}, 'grad')", "{0}.grad.zero_()", "self.eval()"),
    *("nn.Module.__call__(self, {0})", "Net0.forward(self, {0})", "{0}.backward()"),
    *("nn.Parameter({0})", "copy.deepcopy({0})", "isinstance({0}, nn.Module)"),
    *("{0}.data", "self.register_forward_hook({0})", "torch.optim.SGD({0}, 1).step()"),
    "{0}.forward({1})",
)
EXPRESSIONS = (
    *("{0}.{a}", "{0}.{a}({1})", "{0}({1})", "{0}[{1}]", "{0}[{1}:{0}]", "({0}, {1})"),
    *("[{0}, *{1}]", "{{{0}: {1}, **{1}}}", "{{{0}, {1}}}", "{0} if {1} else {0}"),
    *("not {0}", "{0} + {1}", "-{0}", "{0} and {1} or {0}", "{0} < {1} is not {0}"),
    *("({n} := {0})", "lambda {n}, *a, k={0}, **b: {1}", "[{0} for {n} in {1} if {0}]"),
    *("(lambda: {0})()", "{{{0}: {1} for {n}, y in {0}}}"),
    *("({0} for {n} in {1} for y in {n})", "(yield {0})", "(await {0})"),
    *('f"""{{{0}}} é {{{1}!r:>{{x}}}}"""', "{0}(*{1}, k={0}, **{1})"),
    *("(yield from {0})", "{0} @ {1}", "(\n{0}\n  .\n  {a}({1})  # .forward\n)"),
    *("{0} . {a}", "{0}.\\\n{a}({1})"),
)
TARGETS = (
    *("{n}", "self.{a}", "{n}.{a}", "{n}[{0}]", "{n}.{a}, *{n}", "[self.{a}, {n}]"),
    *("({n})", "self.layer", "self.layers", "{n} = self.{a}", "self.{a}.{a}"),
    *("{n}.grad", "x.data"),
)
SIMPLE = (
    *("{t} = {0}", "{t} = {0}", "{n}.{a} += {0}", "{n}: {0} = {1}"),
    *("self.{a}: nn.Module", "return {0}", "return", "pass", "{0}", "{0}"),
    *("del {n}.{a}, {n}", "assert {0}, {1}", "raise {0} from {1}", "global {n}"),
    *("import torch.nn as {n}", "from torch import {n}", "self.layer = {l}"),
    *("self.layers = {l}", "{n} = {l}", "self.{a} = {l}", "{0}; {t} = {1}"),
    *("nonlocal {n}", "break", "continue", "...", "{n} = {n} = {0}"),
    "from . import {n}",
)
BLOCKS = (
    *("if {0}:", "while {0}:", "for {t} in {0}:", "with {0} as {n}, {1}:"),
    *("async with {0}:", "async for {n} in {0}:", "with torch.no_grad():", "try:"),
    *("def {m}(self, {n}={0}):", "async def {m}(self):", "class Net{d}({0}):"),
    *("match {0}:", "if not self.training:"),
)
AFTER = {
    "if": ("elif {0}:", "else:"),
    "while": ("else:",),
    "for": ("else:",),
    "try": ("except {0} as {n}:", "except ({0}, {1}):", "finally:"),
}
PATTERNS = (
    *("_", "{n}", "nn.Linear(forward={n})", "[{n}, *_]", "{{'grad': {n}}}"),
    "1 | 'grad'",
)
DECORATORS = (
    *("@torch.no_grad()", "@staticmethod", "@classmethod", "@property", "@{0}"),
    "@nn.{a}",
)
NEWER = (
    ("def {m}[T: nn.Module](self, {n}: T) -> T:", "type {n}[T] = {0}"),
    sys.version_info >= (3, 12),
)


class Programmer:
    """Writes programs, each drawn from `chance`."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._indent = chance.choice(("    ", "    ", "\t", " ", "  "))

    def program(self) -> str:
        """Return a program; most, but not all of them, are well-formed."""
        parts = [HEAD]
        for number in range(self._chance.choice((1, 1, 1, 2))):
            parts.append(self._class(number))
        for _ in range(self._chance.randrange(3)):
            parts.append(self._statement(0, 3))
        return "".join(parts)

    def _class(self, number: int) -> str:
        bases = self._chance.sample(BASES, self._chance.choice((1, 1, 1, 2)))
        if self._chance.random() < 0.7:
            bases[0] = "nn.Module"
        lines = [f"\n\nclass Net{number}({', '.join(bases)}):\n"]
        if self._chance.random() < 0.8:
            lines.append(f"{self._indent}def __init__(self, x: Net0 = None):\n")
            if self._chance.random() < 0.8:
                lines.append(f"{self._indent * 2}super().__init__()\n")
            lines.append(self._suite(2, 2))
        for _ in range(self._chance.choice((1, 1, 2))):
            lines.append(self._method())
        return "".join(lines)

    def _method(self) -> str:
        chance = self._chance
        name = chance.choice(METHODS)
        lead = "async " if chance.random() < 0.05 else ""
        parameters = chance.choice(
            ("self, x", "self, x, y=None", "self", "*args, **kwargs")
        )
        decorator = ""
        if chance.random() < 0.1:
            decorator = self._indent + self._filled(chance.choice(DECORATORS), 1) + "\n"
        if name == "train" and chance.random() < 0.7:
            parameters = "self, mode=True"
        return f"\n{decorator}{self._indent}{lead}def {name}({parameters}):\n{self._suite(2, 2)}"

    def _suite(self, level: int, depth: int) -> str:
        count = self._chance.choice((1, 1, 2, 3))
        return "".join(self._statement(level, depth) for _ in range(count))

    def _statement(self, level: int, depth: int) -> str:
        chance, lead = self._chance, self._indent * level
        if depth <= 0 or chance.random() < 0.7:
            return f"{lead}{self._filled(chance.choice(SIMPLE), 2)}\n"
        head = chance.choice(BLOCKS)
        if NEWER[1] and chance.random() < 0.1:
            head = NEWER[0][0]
        lines = [f"{lead}{self._filled(head, 2)}\n"]
        if head.startswith("match"):
            for pattern in chance.sample(PATTERNS, 2):
                lines.append(f"{lead}{self._indent}case {self._filled(pattern, 1)}:\n")
                lines.append(self._suite(level + 2, depth - 2))
            return "".join(lines)
        lines.append(self._suite(level + 1, depth - 1))
        after = AFTER.get(head.split()[0].rstrip(":"), ())
        if after and (head == "try:" or chance.random() < 0.3):
            lines.append(f"{lead}{self._filled(chance.choice(after), 2)}\n")
            lines.append(self._suite(level + 1, depth - 1))
        return "".join(lines)

    def _filled(self, form: str, depth: int) -> str:
        chance = self._chance
        if "{t}" in form:
            form = form.replace("{t}", chance.choice(TARGETS))
        return form.format(
            self._expression(depth) if "{0}" in form else "",
            self._expression(depth) if "{1}" in form else "",
            a=chance.choice(ATTRIBUTES),
            n=chance.choice(NAMES),
            m=chance.choice(METHODS),
            d=chance.randrange(3),
            l=chance.choice(LAYERS),
        )

    def _expression(self, depth: int) -> str:
        chance = self._chance
        kind = chance.random()
        if depth <= 0 or kind < 0.3:
            return chance.choice(
                (*NAMES, *STRINGS, *NUMBERS, "self.layer", "self.layers[0]")
            )
        if kind < 0.4:
            return chance.choice(LAYERS)
        if kind < 0.7:
            return self._filled(chance.choice(CALLS), depth - 1)
        found = self._filled(chance.choice(EXPRESSIONS), depth - 1)
        return found if chance.random() < 0.1 else f"({found})"
