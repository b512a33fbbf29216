"""FWD401: layers or Parameters in a plain list, tuple or dict."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_forward.index import parents
from flake8_forward.rule import Rule
from flake8_forward.unparsing import unparse

if TYPE_CHECKING:
    from collections.abc import Iterator

    from flake8_forward.analysis.fillings import Holding
    from flake8_forward.context import Site
    from flake8_forward.fixing import Fix
    from flake8_forward.modules.types import SourceClass


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

    def findings(self, site: Site) -> Iterator[tuple[ast.AST, str]]:
        """Yield the attributes of the class that hold what they do not register."""
        from flake8_forward.analysis import fillings, helpers, holdings

        init = site.suspect.node
        cls = next(
            (n for n in reversed(site.path) if isinstance(n, ast.ClassDef)), None
        )
        if not isinstance(init, ast.FunctionDef) or cls is None:
            return
        around = helpers.Helpers(cls, site.file.tree)
        if not fillings.may_fill(init, around) or not fillings.candidates(cls, around):
            return
        for holding in holdings.unregistered(site):
            yield holding.node, _message(holding)

    def fix(self, site: Site, node: ast.AST) -> Fix | None:
        """Drop a comma too many; on request, register what a list or dict holds."""
        from flake8_forward.analysis import holdings

        owner = site.defining_class
        assert owner is not None
        found = holdings.unregistered(site)
        holding = next((item for item in found if item.node is node), None)
        value = _assigned(owner.node, node)
        if holding is None or value is None:
            return None
        if holding.is_single and isinstance(value, ast.Tuple):
            return _without_comma(site, owner, holding.node, value)
        return _registered(site, owner, holding, value)


def _assigned(owner: ast.ClassDef, target: ast.AST) -> ast.expr | None:
    """Return what the class plainly assigns to ``target``."""
    above = parents(owner).get(target)
    if isinstance(above, ast.Assign) and above.targets == [target]:
        return above.value
    return None


def _without_comma(
    site: Site, owner: SourceClass, target: ast.Attribute, value: ast.Tuple
) -> Fix | None:
    """Return the safe fix, if nothing uses the attribute as the tuple that it is."""
    from flake8_forward.analysis.inheritance import heirs
    from flake8_forward.fixing import Edit, Fix
    from flake8_forward.index import attributes

    end = site.repairs.end(value)
    source = site.repairs.source(value)
    is_bare = not (source.startswith("(") and source.endswith(")"))
    if not is_bare or not source.endswith(","):
        return None
    uses = (
        (node, parents(cls)[node])
        for cls in (owner.node, *heirs(owner))
        for node in attributes(cls, target.attr)
        if isinstance(node.ctx, ast.Load)
    )
    if any(not isinstance(up, ast.Call) or up.func is not node for node, up in uses):
        return None
    return Fix((Edit(end - 1, end, ""),))


def _registered(
    site: Site, owner: SourceClass, holding: Holding, value: ast.expr
) -> Fix | None:
    """Return the fix that puts a container around; the keys of checkpoints change."""
    from flake8_forward.analysis import registrable
    from flake8_forward.fixing import Fix
    from flake8_forward.repairs import import_name

    prefix = import_name(site.file.tree, "torch.nn")
    plain = (ast.List, ast.ListComp, ast.Tuple, ast.Dict, ast.DictComp, ast.BinOp)
    if prefix is None or not isinstance(value, plain):
        return None
    container = _container(holding)
    if not registrable.fits(site, owner, holding.node, value, container):
        return None
    source = site.repairs.argument(value)
    source = "" if source in ("[]", "{}") else source
    text = f"{prefix}.{container}({source})"
    return Fix((site.repairs.rewritten(value, text),), is_safe=False)


def _container(holding: Holding) -> str:
    """Return the class of torch.nn that registers what the attribute holds."""
    content = "Parameter" if holding.are_parameters else "Module"
    return content + ("Dict" if holding.kind == "dict" else "List")


def _message(holding: Holding) -> str:
    """Return what to say of an attribute and what it holds."""
    is_class = holding.made.rpartition(".")[2].lstrip("_")[:1].isupper()
    made = f"its {holding.made}" if is_class else f"what {holding.made}(...) returns"
    if "weights" in holding.carried:
        harm = f"{made} is in neither parameters() nor state_dict()"
    elif "statistics" in holding.carried:
        harm = f"state_dict() lacks {made} and eval() does not reach it"
    else:
        harm = f"{made} stays in train mode after eval()"
    fix = f"use 'nn.{_container(holding)}'"
    if holding.is_single and holding.kind == "tuple":
        fix = "remove the comma that makes it a tuple"
    return f"'{unparse(holding.node)}' is a plain {holding.kind}: {harm}; {fix}"
