"""Tensors that a class keeps as plain attributes: whether that can work after ``to``."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_forward.analysis.methods.settings import assigned, attribute_of_self
from flake8_forward.analysis.tensors import graphs, kinds
from flake8_forward.analysis.tensors.functions import torch_function
from flake8_forward.inference import classes
from flake8_forward.inference.values import SourceClass
from flake8_forward.knowledge.vocabulary import (
    DEVICE_ATTRIBUTES,
    MOVING_OVERRIDES,
    SAME_DEVICE,
    TOGETHER,
)
from flake8_forward.syntax.index import attributes, kept, part_of, texts
from flake8_forward.syntax.shapes import named
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode, NodePath, walk
from flake8_forward.syntax.unparsing import unparse

if TYPE_CHECKING:
    from flake8_forward.lint.context import RuleContext


_MOVER = re.compile(r"to_|_to\b|^to$|move|device|cuda|as_tensor")
_LOOKING = re.compile(r"\w+_like|is_\w+|numel|isnan|broadcast_\w+|result_type")


def needs_buffer(context: RuleContext, name: str) -> bool:
    """Tell whether the tensor ``self.<name>``, which ``context`` assigns, is left behind.

    It is not registered, moved or assigned again anywhere in the class, and a method
    puts it together with what it computes from its inputs.
    """
    owner = context.owner
    if owner is None:
        return False
    values = assigned(context, name)
    if not values or any(_is_registered(value, name) for value in values):
        return False
    if _is_looked_after(owner.node, name):
        return False
    for cls in classes.lineage(context.resolver, owner).classes:
        if isinstance(cls, SourceClass):
            defined = {getattr(node, "name", "") for node in cls.node.body}
            if not MOVING_OVERRIDES.isdisjoint(defined):
                return False
    return any(_is_mixed(place) for place in _uses(context, owner, name))


def _is_registered(value: ast.expr, name: str) -> bool:
    """Tell whether ``value`` is registered, or may be: a call gets the tensor."""
    if not isinstance(value, ast.Call):
        return False
    return unparse(value.func).endswith(("Parameter", "Buffer")) or any(
        isinstance(part, ast.Attribute) and part.attr == name
        for argument in value.args
        for part in walk(argument)
    )


def _is_looked_after(cls: ast.ClassDef, name: str) -> bool:
    """Tell whether the class names the attribute in a string, or moves the tensor."""
    return bool(texts(cls, name)) or not _moved(cls).isdisjoint(
        {name, *_aliases(cls).get(name, ())}
    )


@kept
def _aliases(cls: ast.ClassDef) -> dict[str, set[str]]:
    """Return the names that are assigned something with an attribute, by attribute."""
    found: dict[str, set[str]] = defaultdict(set)
    for node in walk(cls):
        if isinstance(node, ast.Assign):
            names = {t.id for t in node.targets if isinstance(t, ast.Name)}
            for word in _words(node.value) if names else ():
                found[word] |= names
    return {**found}


@kept
def _moved(cls: ast.ClassDef) -> set[str]:
    """Return the names and attributes in what the class may bring to a device."""
    found: set[str] = set()
    for node in walk(cls):
        if isinstance(node, ast.Attribute) and node.attr in DEVICE_ATTRIBUTES:
            found |= _words(node.value)
        elif isinstance(node, ast.Call) and _moves(node):
            for value in (*node.args, *(item.value for item in node.keywords)):
                found |= _words(value)
    return found


def _moves(call: ast.Call) -> bool:
    """Tell whether what is called may bring its arguments to a device."""
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
    for method in _readers(owner.node, name):
        if method is init:
            continue
        body = context.at(NodePath(method, chain[1])).body
        for node_path in body.read(name) if body else ():
            place = context.at(node_path)
            assert isinstance(node_path.node, ast.expr)
            if attribute_of_self(place, node_path.node):
                yield place


def _readers(cls: ast.ClassDef, name: str) -> list[FunctionNode]:
    """Return the methods in which an attribute has that name."""
    parts = dict.fromkeys(part_of(cls, node) for node in attributes(cls, name))
    return [part for part in parts if isinstance(part, FUNCTIONS)]


def _is_mixed(place: RuleContext) -> bool:
    """Tell whether the tensor meets one that is computed from the method's inputs."""
    node, *above = place.path[::-1]
    for parent in above:
        if not _is_still_the_tensor(parent, node):
            others = _others(place, parent, node)
            return any(_is_computed(place, other) for other in others)
        node = parent
    return False


def _is_still_the_tensor(parent: ast.AST, node: ast.AST) -> bool:
    """Tell whether ``parent`` only gives the tensor ``node`` another shape or type."""
    if isinstance(parent, ast.Attribute):
        return parent.attr in SAME_DEVICE
    if isinstance(parent, ast.Call):
        return parent.func is node
    return isinstance(parent, ast.Subscript) and _keeps_dimensions(parent, node)


def _keeps_dimensions(node: ast.Subscript, value: ast.AST) -> bool:
    """Tell whether the item is no single number, which may stay where it is."""
    parts = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    return node.value is value and any(
        isinstance(part, ast.Slice)
        or (isinstance(part, ast.Constant) and part.value in (None, ...))
        for part in parts
    )


def _others(place: RuleContext, parent: ast.AST, node: ast.AST) -> list[ast.expr]:
    """Return what ``parent`` needs on the same device as its part ``node``."""
    if isinstance(parent, ast.BinOp):
        return [parent.right if parent.left is node else parent.left]
    if isinstance(parent, ast.Compare):
        return [part for part in (parent.left, *parent.comparators) if part is not node]
    if not isinstance(parent, ast.Call) or not isinstance(
        parent.func, (ast.Attribute, ast.Name)
    ):
        return []
    name = torch_function(place, parent)
    if name and not _LOOKING.fullmatch(name):
        return [argument for argument in parent.args if argument is not node]
    method = parent.func
    if isinstance(method, ast.Attribute) and method.attr.rstrip("_") in TOGETHER:
        return [method.value]
    return []


def _is_computed(place: RuleContext, node: ast.expr) -> bool:
    """Tell whether ``node`` is a tensor that comes with the inputs, or from a layer."""
    kind = graphs.kind(place, node)
    if kind in (kinds.GRAPH, kinds.LEAF, kinds.TENSOR):
        return True
    return kind == kinds.UNKNOWN and place.in_forward and _is_input(place, node)


def _is_input(place: RuleContext, node: ast.expr) -> bool:
    """Tell whether ``node`` is the first argument of forward, not assigned again."""
    if not isinstance(node, ast.Name) or place.method is None or place.body is None:
        return False
    arguments = place.body.function.args
    first = [*arguments.posonlyargs, *arguments.args][1:2]
    return [argument.arg for argument in first] == [node.id] and not any(
        name.id == node.id and isinstance(name.ctx, ast.Store)
        for name in place.body.nodes(ast.Name)
    )
