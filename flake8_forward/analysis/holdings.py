"""Layers and Parameters that a Module holds in containers and nobody registers."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_forward.analysis import inheritance, layers, torch_layers
from flake8_forward.analysis.body import Spot
from flake8_forward.analysis.escapes import Holder, read_items
from flake8_forward.analysis.fillings import Holding, candidates, fillings, kind_of
from flake8_forward.analysis.helpers import Helpers, statements
from flake8_forward.index import Parents, attributes, kept, names, parents
from flake8_forward.modules import classes
from flake8_forward.modules.shapes import named
from flake8_forward.modules.types import Function, SourceClass
from flake8_forward.tree import walk
from flake8_forward.unparsing import unparse

if TYPE_CHECKING:
    from flake8_forward.context import Site
    from flake8_forward.gate import Chain
    from flake8_forward.modules.scopes import FunctionNode


@kept
def unregistered(site: Site) -> list[Holding]:
    """Return what the Module that ``site`` defines holds and nobody looks after."""
    owner = site.defining_class
    if owner is None or not site.is_module(owner):
        return []
    return [*_unregistered(site, owner)]


def _unregistered(site: Site, owner: SourceClass) -> Iterator[Holding]:
    for holding in candidates(owner.node, Helpers(owner.node, site.file.tree)):
        line = [
            base
            for base in classes.lineage(site.project, owner).classes
            if isinstance(base, SourceClass)
        ]
        if holding.added and not _stays_plain(holding, line[1:]):
            holding.added = []
        if not all(_runs(site, call, helper) for call, helper in holding.helpers):
            continue
        _find_layers(site, holding)
        if holding.carried and not _is_registered(site, holding, line):
            yield holding


def _stays_plain(holding: Holding, bases: list[SourceClass]) -> bool:
    """Tell whether the attribute is only ever assigned plain containers."""
    kind, is_plain = holding.kind, holding.is_plain
    for base in bases:
        for method in base.node.body:
            for target, value, is_whole in fillings(statements(method)):
                if (
                    is_whole
                    and isinstance(target, ast.Attribute)
                    and target.attr == holding.node.attr
                ):
                    kind = kind or kind_of(value)
                    is_plain &= bool(kind_of(value)) or isinstance(value, ast.Constant)
    holding.kind = kind
    return bool(kind) and is_plain


def _runs(site: Site, call: ast.expr, helper: FunctionNode) -> bool:
    """Tell whether it is ``helper`` that the expression ``call`` runs."""
    assert isinstance(call, ast.Call)
    value = _at(site, call).evaluate(call.func)
    return isinstance(value, Function) and value.node is helper


def _at(site: Site, node: ast.AST) -> Site:
    tree = site.file.tree
    return site.at(Spot(node, chain_below(node, parents(tree), (tree, None))))


def _find_layers(site: Site, holding: Holding) -> None:
    """Note in ``holding`` what its items carry, and the first that carries something."""
    for call in (*holding.items, *holding.added):
        carried = layers.made_at(_at(site, call), call)
        if carried & torch_layers.LOADED:
            continue
        carried &= torch_layers.WEIGHTS | torch_layers.STATISTICS | torch_layers.RANDOM
        if carried and not holding.made:
            made = torch_layers.made(call) or call
            holding.made = unparse(made.func)
            name = _at(site, call).library_name(made.func)
            holding.are_parameters = name in torch_layers.PARAMETERS
        holding.carried |= carried


def chain_below(node: ast.AST, up: Parents, chain: Chain) -> Chain:
    """Return the ancestors of ``node``, where ``chain`` begins with the top of ``up``."""
    above: list[ast.AST] = []
    while node in up:
        node = up[node]
        above.append(node)
    for node in reversed(above[:-1]):
        chain = (node, chain)
    return chain


def _is_registered(site: Site, holding: Holding, line: list[SourceClass]) -> bool:
    """Tell whether what ``holding`` has may be registered or looked after elsewhere."""
    name, tree = holding.node.attr, site.file.tree
    if any(_is_magic(base, name) for base in line):
        return True
    is_single = holding.is_single and not holding.added
    if is_single and holding.kind == "tuple" and _is_called(line[0].node, name):
        return False  # no tuple can be called: it was meant to be the layer
    if is_single and any(
        isinstance(item.slice, ast.Constant) for item in read_items(name, tree)
    ):
        return True  # hidden on purpose
    are_tensors = holding.are_parameters
    holder = Holder(tree, frozenset(holding.known), are_tensors)
    if any(holder.name_escapes(method, local) for method, local in holding.names):
        return True
    if holder.attribute_escapes(name, inheritance.kin(line, tree)):
        return True
    others = (base.node for base in line if base.file is not site.file)
    return any(
        Holder(node, frozenset(), are_tensors).attribute_escapes(name, None)
        for node in others
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
    """Tell whether the class does more than keep what it is assigned as ``name``."""
    if {name, "__setattr__"} & cls.scope.walk.locals:
        return name not in _annotated(cls.node)
    return bool(attributes(cls.node, "__dict__")) or any(
        names(cls.node, word) for word in ("eval", "exec", "vars")
    )


def _annotated(cls: ast.ClassDef) -> list[str]:
    """Return the attributes that the body of ``cls`` only declares."""
    return [
        node.target.id
        for node in cls.body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]
