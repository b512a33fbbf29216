"""Layers and Parameters that a Module keeps in containers without registering them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_forward.analysis.layers import layer_traits, torch_layers
from flake8_forward.analysis.layers.container_writes import (
    ContainerAttribute,
    container_writes,
    filled_attributes,
    kind_of,
)
from flake8_forward.analysis.layers.escapes import Holder, read_items
from flake8_forward.analysis.layers.helpers import Helpers, statements
from flake8_forward.inference import mro
from flake8_forward.inference.values import Function, SourceClass
from flake8_forward.knowledge.vocabulary import PARAMETERS
from flake8_forward.lint.context import RuleContext
from flake8_forward.syntax.shapes import named
from flake8_forward.syntax.tree import Chain, FunctionNode, NodePath, Parents, walk
from flake8_forward.syntax.unparsing import unparse
from flake8_forward.verdicts import inheritance


def unregistered(context: RuleContext) -> list[ContainerAttribute]:
    """Return the unregistered layers of the Module that ``context`` defines."""
    owner = context.defining_class
    if owner is None or not context.is_module(owner):
        return []
    return [*_unregistered(context, owner)]


def _unregistered(
    context: RuleContext, owner: SourceClass
) -> Iterator[ContainerAttribute]:
    for held in filled_attributes(owner.node, Helpers(owner.node, context.file)):
        line = [
            base
            for base in mro.lineage(context.resolver, owner).classes
            if isinstance(base, SourceClass)
        ]
        if held.added and not _stays_plain(held, line[1:]):
            held.added = []
        if not all(_runs(context, call, helper) for call, helper in held.helpers):
            continue
        _find_layers(context, held)
        if held.carried and not _is_registered(context, held, line):
            yield held


def _stays_plain(held: ContainerAttribute, bases: list[SourceClass]) -> bool:
    """Tell whether the attribute is only ever assigned plain containers."""
    kind, is_plain = held.kind, held.is_plain
    for base in bases:
        for method in base.node.body:
            for target, value, is_whole in container_writes(statements(method)):
                if (
                    is_whole
                    and isinstance(target, ast.Attribute)
                    and target.attr == held.node.attr
                ):
                    kind = kind or kind_of(value)
                    is_plain &= bool(kind_of(value)) or isinstance(value, ast.Constant)
    held.kind = kind
    return bool(kind) and is_plain


def _runs(context: RuleContext, call: ast.expr, helper: FunctionNode) -> bool:
    """Tell whether it is ``helper`` that the expression ``call`` runs."""
    assert isinstance(call, ast.Call)
    value = _at(context, call).evaluate(call.func)
    return isinstance(value, Function) and value.node is helper


def _at(context: RuleContext, node: ast.AST) -> RuleContext:
    index = context.file.index()
    chain = chain_below(node, index.parents, (index.root, None))
    return context.at(NodePath(node, chain))


def _find_layers(context: RuleContext, held: ContainerAttribute) -> None:
    """Store in ``held`` the traits of its items, and the first item that has any."""
    for call in (*held.items, *held.added):
        carried = layer_traits.made_at(_at(context, call), call)
        if carried & torch_layers.LOADED:
            continue
        carried &= torch_layers.WEIGHTS | torch_layers.STATISTICS | torch_layers.RANDOM
        if carried and not held.made:
            made = torch_layers.made(call) or call
            held.made = unparse(made.func)
            name = _at(context, call).library_name(made.func)
            held.are_parameters = name in PARAMETERS
        held.carried |= carried


def chain_below(node: ast.AST, up: Parents, chain: Chain) -> Chain:
    """Return the ancestors of ``node``; ``chain`` begins with the top of ``up``."""
    above: list[ast.AST] = []
    while node in up:
        node = up[node]
        above.append(node)
    for node in reversed(above[:-1]):
        chain = (node, chain)
    return chain


def _is_registered(
    context: RuleContext, held: ContainerAttribute, line: list[SourceClass]
) -> bool:
    """Tell whether the items of ``held`` may be registered or managed elsewhere."""
    name, index = held.node.attr, context.file.index()
    if any(_is_magic(base, name) for base in line):
        return True
    is_single = held.is_single and not held.added
    if is_single and held.kind == "tuple" and _is_called(line[0].node, name):
        return False  # a tuple cannot be called: the layer was meant
    if is_single and any(
        isinstance(item.slice, ast.Constant) for item in read_items(name, index)
    ):
        return True  # hidden on purpose
    are_tensors = held.are_parameters
    holder = Holder(index, frozenset(held.known), are_tensors)
    if any(holder.name_escapes(method, local) for method, local in held.names):
        return True
    if holder.attribute_escapes(name, inheritance.relatives(line, index)):
        return True
    others = (base for base in line if base.file is not context.file)
    return any(
        Holder(base.file.index(base.node), frozenset(), are_tensors).attribute_escapes(
            name, None
        )
        for base in others
    )


def _is_called(cls: ast.ClassDef, name: str) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == name
        and named(node.func.value) == "self"
        for node in walk(cls)
    )


def _is_magic(cls: SourceClass, name: str) -> bool:
    """Tell whether the class does more with the attribute ``name`` than store it."""
    if {name, "__setattr__"} & cls.scope.graph.locals:
        return name not in _annotated(cls.node)
    index = cls.file.index(cls.node)
    return bool(index.attributes("__dict__")) or any(
        index.names(word) for word in ("eval", "exec", "vars")
    )


def _annotated(cls: ast.ClassDef) -> list[str]:
    """Return the attributes that the body of ``cls`` only declares."""
    return [
        node.target.id
        for node in cls.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]
