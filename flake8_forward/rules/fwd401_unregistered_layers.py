"""FWD401: layers or Parameters in a plain list, tuple or dict."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from flake8_forward.analysis.layers import (
    container_writes,
    helpers,
    replaceable,
    unregistered,
)
from flake8_forward.analysis.layers.container_writes import ContainerAttribute
from flake8_forward.concrete.report import Report
from flake8_forward.concrete.rewriting import Fix, as_argument, without_comma
from flake8_forward.inference.values import SourceClass
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import Rule
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.memo import memoized
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

    def findings(self, context: RuleContext) -> Iterator[Report]:
        """Yield the attributes of the class that hold unregistered layers."""
        init = context.candidate.node
        cls = next(
            (n for n in reversed(context.ancestry) if isinstance(n, ast.ClassDef)), None
        )
        if not isinstance(init, ast.FunctionDef) or cls is None:
            return
        around = helpers.Helpers(cls, context.file)
        if not container_writes.may_write(
            init, around
        ) or not container_writes.filled_attributes(cls, around):
            return
        for held in unregistered.unregistered(context):
            fix = partial(_fix, context, held)
            yield Report(held.node, _message(held), fix=fix)


def _fix(context: RuleContext, held: ContainerAttribute) -> Fix | None:
    """Remove a stray trailing comma, or register what a list or dict holds."""
    owner = context.defining_class
    assert owner is not None
    value = _assigned(owner, held.node)
    if value is None:
        return None
    if held.is_single and isinstance(value, ast.Tuple):
        return _without_comma(owner, held.node, value)
    return _registered(context, owner, held, value)


def _assigned(owner: SourceClass, target: ast.AST) -> ast.expr | None:
    """Return the value that the class assigns to ``target``."""
    above = owner.file.index(owner.node).parents.get(target)
    if isinstance(above, ast.Assign) and above.targets == [target]:
        return above.value
    return None


def _without_comma(
    owner: SourceClass, target: ast.Attribute, value: ast.Tuple
) -> Fix | None:
    """Return the safe fix, if nothing uses the attribute as a tuple."""
    uses = (
        (node, index.parents[node])
        for index in map(owner.file.index, (owner.node, *subclasses(owner)))
        for node in index.attributes(target.attr)
        if isinstance(node.ctx, ast.Load)
    )
    if any(not isinstance(up, ast.Call) or up.func is not node for node, up in uses):
        return None
    return Fix((without_comma(value),))


def _registered(
    context: RuleContext, owner: SourceClass, held: ContainerAttribute, value: ast.expr
) -> Fix | None:
    """Return the fix that adds a container; the keys of checkpoints change."""
    prefix = _import_name(context.file, "torch.nn")
    plain = (ast.List, ast.ListComp, ast.Tuple, ast.Dict, ast.DictComp, ast.BinOp)
    if prefix is None or not isinstance(value, plain):
        return None
    container = _container(held)
    if not replaceable.fits(context, owner, held.node, value, container):
        return None
    return Fix((as_argument(value, f"{prefix}.{container}"),), is_safe=False)


def _import_name(file: SourceFile, module: str) -> str | None:
    """Return the shortest name that the top of a file gives to ``module``."""
    parent, _, last = module.rpartition(".")
    names: list[str] = []
    for node in _imports(file):
        if isinstance(node, ast.ImportFrom):
            items = node.names if node.module == parent else []
            names += [item.asname or last for item in items if item.name == last]
        else:
            for item in node.names:
                if item.name == module and item.asname:
                    names.append(item.asname)
                elif item.name in (parent, module):
                    names.append(f"{item.asname or parent}.{last}")
    return min(names, key=len, default=None)


@memoized
def _imports(file: SourceFile) -> list[ast.Import | ast.ImportFrom]:
    found = (ast.Import, ast.ImportFrom)
    return [node for node in file.tree.body if isinstance(node, found)]


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
