"""FWD401: layers or Parameters in a plain list, tuple or dict."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_forward.analysis.layers import (
    container_writes,
    helpers,
    replaceable,
    unregistered,
)
from flake8_forward.analysis.layers.container_writes import ContainerAttribute
from flake8_forward.concrete.fixing import Edit, Fix
from flake8_forward.concrete.repairs import import_name
from flake8_forward.inference.values import SourceClass
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import Rule
from flake8_forward.syntax.unparsing import unparse
from flake8_forward.verdicts.inheritance import subclasses


class UnregisteredLayers(Rule):
    """Layers or Parameters kept in a plain list, tuple or dict of a Module.

    A Module registers the Modules and Parameters that are assigned as its attributes,
    but does not look into Python's containers. Whatever a container holds is missing
    from ``parameters()``, so no optimizer trains it, and from ``state_dict()``, so no
    checkpoint saves it; ``.to()`` does not move it, and ``.eval()`` leaves it in train
    mode. A trailing comma, as in ``self.layer = nn.Linear(1, 1),``, also makes a
    container: a tuple.

    Exempt: layers without parameters, running statistics or dropout; layers that are
    registered as well (``nn.ModuleList(self.layers)``, ``add_module``, ``setattr``) or
    passed to something that may register them; layers whose ``parameters()``,
    ``eval()`` or ``state_dict()`` the class calls itself; a single layer in a container
    that is read as ``self.hidden[0]``, the usual way to hide a Module on purpose.

    Fix: remove a stray trailing comma, automatic and safe if nothing uses the tuple.
    For containers, use ``nn.ModuleList``, ``nn.ModuleDict``, ``nn.ParameterList`` or
    ``nn.ParameterDict``, automatic with ``--unsafe-fixes`` because the keys of
    ``state_dict()`` change.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.ModuleList.html
    """

    code = "FWD401"
    definitions = frozenset({"__init__"})

    def findings(self, context: RuleContext) -> Iterator[tuple[ast.AST, str]]:
        """Yield the attributes of the class that hold unregistered layers."""
        init = context.candidate.node
        cls = next(
            (n for n in reversed(context.path) if isinstance(n, ast.ClassDef)), None
        )
        if not isinstance(init, ast.FunctionDef) or cls is None:
            return
        around = helpers.Helpers(cls, context.file)
        if not container_writes.may_fill(
            init, around
        ) or not container_writes.filled_attributes(cls, around):
            return
        for held in unregistered.unregistered(context):
            yield held.node, _message(held)

    def fix(self, context: RuleContext, node: ast.AST) -> Fix | None:
        """Remove a stray trailing comma, or register what a list or dict holds."""
        owner = context.defining_class
        assert owner is not None
        found = unregistered.unregistered(context)
        held = next((item for item in found if item.node is node), None)
        value = _assigned(owner, node)
        if held is None or value is None:
            return None
        if held.is_single and isinstance(value, ast.Tuple):
            return _without_comma(context, owner, held.node, value)
        return _registered(context, owner, held, value)


def _assigned(owner: SourceClass, target: ast.AST) -> ast.expr | None:
    """Return the value that the class assigns to ``target``."""
    above = owner.file.index(owner.node).parents.get(target)
    if isinstance(above, ast.Assign) and above.targets == [target]:
        return above.value
    return None


def _without_comma(
    context: RuleContext, owner: SourceClass, target: ast.Attribute, value: ast.Tuple
) -> Fix | None:
    """Return the safe fix, if nothing uses the attribute as a tuple."""

    end = context.repairs.end(value)
    source = context.repairs.source(value)
    is_bare = not (source.startswith("(") and source.endswith(")"))
    if not is_bare or not source.endswith(","):
        return None
    uses = (
        (node, index.parents[node])
        for index in map(owner.file.index, (owner.node, *subclasses(owner)))
        for node in index.attributes(target.attr)
        if isinstance(node.ctx, ast.Load)
    )
    if any(not isinstance(up, ast.Call) or up.func is not node for node, up in uses):
        return None
    return Fix((Edit(end - 1, end, ""),))


def _registered(
    context: RuleContext, owner: SourceClass, held: ContainerAttribute, value: ast.expr
) -> Fix | None:
    """Return the fix that adds a container; the keys of checkpoints change."""

    prefix = import_name(context.file.tree, "torch.nn")
    plain = (ast.List, ast.ListComp, ast.Tuple, ast.Dict, ast.DictComp, ast.BinOp)
    if prefix is None or not isinstance(value, plain):
        return None
    container = _container(held)
    if not replaceable.fits(context, owner, held.node, value, container):
        return None
    source = context.repairs.argument(value)
    source = "" if source in ("[]", "{}") else source
    text = f"{prefix}.{container}({source})"
    return Fix((context.repairs.rewritten(value, text),), is_safe=False)


def _container(held: ContainerAttribute) -> str:
    """Return the class of torch.nn that registers what the attribute holds."""
    content = "Parameter" if held.are_parameters else "Module"
    return content + ("Dict" if held.kind == "dict" else "List")


def _message(held: ContainerAttribute) -> str:
    """Return the message about an attribute and its contents."""
    is_class = held.made.rpartition(".")[2].lstrip("_")[:1].isupper()
    made = f"its {held.made}" if is_class else f"what {held.made}(...) returns"
    if "weights" in held.carried:
        harm = f"{made} is in neither parameters() nor state_dict()"
    elif "statistics" in held.carried:
        harm = f"state_dict() lacks {made} and eval() does not reach it"
    else:
        harm = f"{made} stays in train mode after eval()"
    fix = f"use 'nn.{_container(held)}'"
    if held.is_single and held.kind == "tuple":
        fix = "remove the comma that makes it a tuple"
    return f"'{unparse(held.node)}' is a plain {held.kind}: {harm}; {fix}"
