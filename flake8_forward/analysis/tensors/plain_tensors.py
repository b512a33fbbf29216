"""Tensors that a class keeps as plain attributes: whether they work after ``to``."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator

from flake8_forward.analysis.methods.settings import assigned, attribute_of_self
from flake8_forward.analysis.tensors import graphs, kinds
from flake8_forward.analysis.tensors.functions import torch_function
from flake8_forward.inference import mro
from flake8_forward.inference.values import SourceClass
from flake8_forward.knowledge.vocabulary import (
    DEVICE_ATTRIBUTES,
    MOVING_OVERRIDES,
    SAME_DEVICE,
    TOGETHER,
)
from flake8_forward.lint.context import RuleContext
from flake8_forward.syntax.index import TreeIndex
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.shapes import named
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode, NodePath, walk
from flake8_forward.syntax.unparsing import unparse

_MOVER = re.compile(r"to_|_to\b|^to$|move|device|cuda|as_tensor")
_LOOKING = re.compile(r"\w+_like|is_\w+|numel|isnan|broadcast_\w+|result_type")


def needs_buffer(context: RuleContext, name: str) -> bool:
    """Tell whether ``to`` leaves behind ``self.<name>``, which ``context`` assigns.

    It is not registered, moved or assigned again anywhere in the class, and a method
    combines it with tensors that depend on its inputs.
    """
    owner = context.owner
    if owner is None:
        return False
    values = assigned(context, name)
    if not values or any(_is_registered(value, name) for value in values):
        return False
    if _is_looked_after(owner.file.index(owner.node), name):
        return False
    for cls in mro.lineage(context.resolver, owner).classes:
        if isinstance(cls, SourceClass):
            defined = {getattr(node, "name", "") for node in cls.node.body}
            if not MOVING_OVERRIDES.isdisjoint(defined):
                return False
    return any(_is_mixed(use) for use in _uses(context, owner, name))


def _is_registered(value: ast.expr, name: str) -> bool:
    """Tell whether ``value`` may be registered: it is passed to a call."""
    if not isinstance(value, ast.Call):
        return False
    return unparse(value.func).endswith(("Parameter", "Buffer")) or any(
        isinstance(part, ast.Attribute) and part.attr == name
        for argument in value.args
        for part in walk(argument)
    )


def _is_looked_after(cls: TreeIndex, name: str) -> bool:
    """Tell whether the class names the attribute in a string, or moves the tensor."""
    return bool(cls.texts(name)) or not _moved(cls).isdisjoint(
        {name, *_aliases(cls).get(name, ())}
    )


@memoized
def _aliases(cls: TreeIndex) -> dict[str, set[str]]:
    """Return the names that are assigned something with an attribute, by attribute."""
    found: dict[str, set[str]] = defaultdict(set)
    for node in walk(cls.root):
        if isinstance(node, ast.Assign):
            names = {t.id for t in node.targets if isinstance(t, ast.Name)}
            for word in _words(node.value) if names else ():
                found[word] |= names
    return {**found}


@memoized
def _moved(cls: TreeIndex) -> set[str]:
    """Return the names and attributes that the class may move to a device."""
    found: set[str] = set()
    for node in walk(cls.root):
        if isinstance(node, ast.Attribute) and node.attr in DEVICE_ATTRIBUTES:
            found |= _words(node.value)
        elif isinstance(node, ast.Call) and _moves(node):
            for value in (*node.args, *(item.value for item in node.keywords)):
                found |= _words(value)
    return found


def _moves(call: ast.Call) -> bool:
    """Tell whether the called function may move its arguments to a device."""
    name = unparse(call.func).rpartition(".")[2]
    to_device = any(item.arg == "device" for item in call.keywords)
    return to_device or _MOVER.search(name) is not None


def _words(node: ast.expr) -> set[str]:
    return {
        word
        for part in walk(node)
        if isinstance(part, ast.expr) and (word := named(part))
    }


def _uses(context: RuleContext, owner: SourceClass, name: str) -> Iterator[RuleContext]:
    """Yield the places in methods where the attribute is read."""
    init = context.functions[-1].node
    chain = context.candidate.chain
    while chain is not None and chain[0] is not init:
        chain = chain[1]
    if chain is None:
        return
    for method in _readers(owner.file.index(owner.node), name):
        if method is init:
            continue
        body = context.at(NodePath(method, chain[1])).body
        for node_path in body.read(name) if body else ():
            use = context.at(node_path)
            assert isinstance(node_path.node, ast.expr)
            if attribute_of_self(use, node_path.node):
                yield use


def _readers(cls: TreeIndex, name: str) -> list[FunctionNode]:
    """Return the methods in which an attribute has that name."""
    parts = dict.fromkeys(map(cls.part_of, cls.attributes(name)))
    return [part for part in parts if isinstance(part, FUNCTIONS)]


def _is_mixed(use: RuleContext) -> bool:
    """Tell whether the tensor meets one that depends on the method's inputs."""
    node, *above = use.ancestry[::-1]
    for parent in above:
        if not _is_still_the_tensor(parent, node):
            others = _others(use, parent, node)
            return any(_is_computed(use, other) for other in others)
        node = parent
    return False


def _is_still_the_tensor(parent: ast.AST, node: ast.AST) -> bool:
    """Tell whether ``parent`` only changes shape or dtype of the tensor ``node``."""
    if isinstance(parent, ast.Attribute):
        return parent.attr in SAME_DEVICE
    if isinstance(parent, ast.Call):
        return parent.func is node
    return isinstance(parent, ast.Subscript) and _keeps_dimensions(parent, node)


def _keeps_dimensions(node: ast.Subscript, value: ast.AST) -> bool:
    """Tell whether the item is more than a single number, which may stay on the CPU."""
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    return node.value is value and any(
        isinstance(part, ast.Slice)
        or (isinstance(part, ast.Constant) and part.value in (None, ...))
        for part in parts
    )


def _others(use: RuleContext, parent: ast.AST, node: ast.AST) -> list[ast.expr]:
    """Return what ``parent`` needs on the same device as its part ``node``."""
    if isinstance(parent, ast.BinOp):
        return [parent.right if parent.left is node else parent.left]
    if isinstance(parent, ast.Compare):
        return [part for part in (parent.left, *parent.comparators) if part is not node]
    if not isinstance(parent, ast.Call) or not isinstance(
        parent.func, (ast.Attribute, ast.Name)
    ):
        return []
    name = torch_function(use, parent)
    if name and not _LOOKING.fullmatch(name):
        return [argument for argument in parent.args if argument is not node]
    method = parent.func
    if isinstance(method, ast.Attribute) and method.attr.rstrip("_") in TOGETHER:
        return [method.value]
    return []


def _is_computed(use: RuleContext, node: ast.expr) -> bool:
    """Tell whether ``node`` is a tensor that comes with the inputs, or from a layer."""
    kind = graphs.kind(use, node)
    if kind in (kinds.GRAPH, kinds.LEAF, kinds.TENSOR):
        return True
    return kind == kinds.UNKNOWN and use.in_forward and _is_input(use, node)


def _is_input(use: RuleContext, node: ast.expr) -> bool:
    """Tell whether ``node`` is the first argument of forward, not assigned again."""
    if not isinstance(node, ast.Name) or use.method is None or use.body is None:
        return False
    arguments = use.body.function.args
    first = [*arguments.posonlyargs, *arguments.args][1:2]
    return [argument.arg for argument in first] == [node.id] and not any(
        name.id == node.id and isinstance(name.ctx, ast.Store)
        for name in use.body.nodes(ast.Name)
    )
