"""Which expressions in ``forward`` are proven tensors, by their origin or use."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from typing import TypeAlias

from flake8_forward.analysis.tensors.origins import MAX_ORIGINS
from flake8_forward.flow.bindings import reaching
from flake8_forward.flow.states import Flow, Origin, PartOrigin, Test
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import Instance, KnownClass, Type
from flake8_forward.knowledge.vocabulary import (
    PARTING,
    TELLING_ATTRIBUTES,
    TENSOR_FUNCTIONS,
    TENSOR_METHODS,
)
from flake8_forward.lint.context import RuleContext
from flake8_forward.syntax.body import Body
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.shapes import key_of, named
from flake8_forward.syntax.unparsing import unparse

Claim: TypeAlias = Callable[[], bool]


_USUAL = re.compile(r"x|z|inputs?|imgs?|images?|feat(ure)?s?|hidden(_states)?|tensor")
"""What the first parameter of ``forward`` is called if it is a tensor."""


_SEVERAL = re.compile(r"callable|dict|iter|list|mapping|sequence|tuple", re.IGNORECASE)
_LAYER = re.compile(r"torch\.nn\.(?:init\.|(?:modules\.\w+\.)?[A-Z])")


def _always() -> bool:
    return True


def _never() -> bool:
    return False


def is_tensor(context: RuleContext, node: ast.expr) -> bool:
    """Tell whether ``node``, in ``forward`` at ``context``, is proven a tensor."""
    return _Proof(context).holds(node, context.flow)


@memoized
def _settled(body: Body) -> dict[Origin, bool]:
    """Return the bindings already known to be tensors or not; proofs add more.

    The value of a variable often depends on its previous value.
    """
    return {}


class _Proof:
    """Follows values backwards; in a loop, a name may depend on its previous value."""

    def __init__(self, context: RuleContext) -> None:
        self._context = context
        self._origins: list[Origin] = []
        self._met: set[Origin] = set()
        self._refuted: set[Origin] = set()
        self._settled = {} if context.body is None else _settled(context.body)

    def holds(self, node: ast.expr, flow: Flow) -> bool:
        """Tell whether ``node`` is a tensor at ``flow``."""
        whole = self._claim(node, flow)
        claims: dict[Origin, Claim] = {}
        for origin in self._origins:  # extended in the loop
            claims[origin] = self._bound(origin)
        while True:
            before = len(self._refuted)
            for origin in reversed(claims):  # first what others rest on
                if origin not in self._refuted and not claims[origin]():
                    self._refuted.add(origin)
            if len(self._refuted) == before:
                break
        if len(claims) <= MAX_ORIGINS:
            self._settled |= {origin: origin not in self._refuted for origin in claims}
        return whole()

    def _claim(self, node: ast.expr, flow: Flow) -> Claim:
        """Return the evidence that ``node`` is a tensor, to ask for at the end."""
        if isinstance(node, ast.Name):
            return self._name(node.id, flow)
        if isinstance(node, ast.BinOp):
            left, right = self._claim(node.left, flow), self._claim(node.right, flow)
            return lambda: left() or right()
        if isinstance(node, ast.UnaryOp) and not isinstance(node.op, ast.Not):
            return self._claim(node.operand, flow)
        if isinstance(node, ast.IfExp):
            body, other = self._claim(node.body, flow), self._claim(node.orelse, flow)
            return lambda: body() and other()
        return self._call(node, flow) if isinstance(node, ast.Call) else _never

    def _name(self, name: str, flow: Flow) -> Claim:
        origins, _ = reaching(flow, name)
        if not origins or len(self._origins) > MAX_ORIGINS:
            return _never
        if not all(self._settled.get(origin, True) for origin in origins):
            return _never
        for origin in origins:
            if origin not in self._settled and origin not in self._met:
                self._met.add(origin)
                self._origins.append(origin)
        return lambda: self._refuted.isdisjoint(origins)

    def _bound(self, origin: Origin) -> Claim:
        """Return the evidence that ``origin`` binds its name to a tensor."""
        node, flow = origin.node, origin.flow
        if origin.kind == "value":
            return self._claim(node, flow)
        if origin.kind == "annotated" and node.value is not None:
            return self._claim(node.value, flow)
        if origin.kind == "augmented":
            return self._claim(node.target, flow)
        if isinstance(origin, PartOrigin):
            return self._part(origin.whole, origin.index)
        if origin.kind == "narrow":
            return self._tested(node, flow)
        is_given = origin.kind == "param" and self._is_parameter(node, origin)
        return _always if is_given else _never

    def _part(self, whole: Origin, index: int) -> Claim:
        """Return the evidence that part ``index`` of ``whole`` is a tensor."""
        node = whole.node
        if whole.kind != "value":
            return _never
        if isinstance(node, (ast.List, ast.Tuple)):
            starred = any(isinstance(item, ast.Starred) for item in node.elts)
            is_there = not starred and 0 <= index < len(node.elts)
            return self._claim(node.elts[index], whole.flow) if is_there else _never
        if isinstance(node, ast.Call) and (index == 0 or named(node.func) in PARTING):
            return self._call(node, whole.flow)
        return _never

    def _tested(self, test: Test, flow: Flow) -> Claim:
        """Return the evidence that a name is a tensor after an ``isinstance`` call."""
        name, tested = test.node.args
        if test.truth:
            is_tensor = self._context.library_name(tested, flow) == "torch.Tensor"
            return _always if is_tensor else _never
        return _never if "Tensor" in unparse(tested) else self._claim(name, flow)

    def _call(self, call: ast.Call, flow: Flow) -> Claim:
        function = call.func
        if isinstance(function, ast.Attribute) and function.attr in TENSOR_METHODS:
            root = (key_of(function.value) or "").partition(".")[0]
            if not root or (root != self._context.self_name and flow.scope.binds(root)):
                return self._claim(function.value, flow)
        name = self._context.library_name(function, flow) or ""
        if name in TENSOR_FUNCTIONS or name.startswith("torch.nn.functional."):
            return _always
        if _LAYER.match(name):  # a common mistake
            return self._claim(call.args[0], flow) if call.args else _never
        return _always if _is_layer(self._context.evaluate(function, flow)) else _never

    def _is_parameter(self, arg: ast.arg, origin: Origin) -> bool:
        """Tell whether the parameter ``arg`` of forward is meant to be a tensor."""
        body = self._context.body
        if body is None or body.function is not origin.flow.scope.node:
            return False
        args = body.function.args
        positional = [*args.posonlyargs, *args.args]
        if arg not in (*positional[1:], *args.kwonlyargs):  # the first is the Module
            return False
        if arg.annotation is not None:
            text = unparse(arg.annotation)
            return "Tensor" in text and not _SEVERAL.search(text)
        if positional[1:2] == [arg] and _USUAL.fullmatch(arg.arg):
            return True
        return any(
            isinstance(node := node_path.node, ast.Attribute)
            and node.attr in TELLING_ATTRIBUTES
            and isinstance(node.value, ast.Name)
            and node.value.id == arg.arg
            and origin in reaching(self._context.at(node_path).flow, arg.arg)[0]
            for node_path in body.node_paths(ast.Attribute)
        )


def _is_layer(value: Type) -> bool:
    """Tell whether ``value`` is a layer of torch: others may return anything."""
    found = alternatives(value)
    return bool(found) and all(
        isinstance(alternative, Instance)
        and isinstance(alternative.cls, KnownClass)
        and _LAYER.match(alternative.cls.dotted)
        for alternative in found
    )
