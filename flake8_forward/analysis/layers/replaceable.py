"""Whether a container of torch.nn can replace a plain one, given how it is used."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_forward.analysis.layers.unregistered import chain_below
from flake8_forward.inference.values import SourceClass
from flake8_forward.knowledge.vocabulary import CONTAINER_INTERFACES, TAKEN
from flake8_forward.lint.context import RuleContext
from flake8_forward.syntax.shapes import named
from flake8_forward.syntax.tree import NodePath
from flake8_forward.syntax.unparsing import string
from flake8_forward.verdicts.inheritance import subclasses


def fits(
    context: RuleContext,
    owner: SourceClass,
    target: ast.Attribute,
    value: ast.expr,
    name: str,
) -> bool:
    """Tell whether torch.nn's ``name`` can replace the container ``value``.

    ``value`` is assigned to ``target`` in a method of ``owner``.

    It must be all that the attribute ``target`` is ever assigned; all items must be
    proven, and nothing be done with the attribute that the container cannot do.
    """
    replacement = _Replacement(context, owner, name)
    return replacement.takes_all(value) and all(
        node is target or replacement.allows(node, index.parents)
        for cls in (owner.node, *subclasses(owner))
        for index in (owner.file.index(cls),)
        for node in index.attributes(target.attr)
    )


class _Replacement:
    """An attribute of a class, as a container of torch.nn."""

    def __init__(self, context: RuleContext, owner: SourceClass, name: str) -> None:
        self._context = context
        self._owner = owner
        self._name = name
        self._is_dict = name.endswith("Dict")

    def allows(self, node: ast.Attribute, up: dict[ast.AST, ast.AST]) -> bool:
        """Tell whether the container can be used as the attribute ``node`` is."""
        above = up[node]
        if isinstance(above, ast.AugAssign) and above.target is node:
            return isinstance(above.op, ast.Add) and self.takes_all(above.value)
        if isinstance(above, ast.Subscript) and isinstance(above.ctx, ast.Store):
            return self._takes_assigned(above, up[above])
        if isinstance(above, ast.Attribute):
            return self._allows_method(above.attr, up[above])
        if isinstance(above, ast.Compare):
            return not any(isinstance(item, (ast.Eq, ast.NotEq)) for item in above.ops)
        return isinstance(node.ctx, ast.Load) and not isinstance(above, ast.BinOp)

    def _allows_method(self, method: str, call: ast.AST) -> bool:
        if method not in CONTAINER_INTERFACES[self._name] or not isinstance(
            call, ast.Call
        ):
            return False
        if method in ("extend", "update"):
            return len(call.args) == 1 and self.takes_all(call.args[0])
        return method not in ("append", "insert") or self._takes(call.args[-1])

    def _takes_assigned(self, place: ast.Subscript, statement: ast.AST) -> bool:
        if not isinstance(statement, ast.Assign) or isinstance(place.slice, ast.Slice):
            return False
        is_key = not self._is_dict or self._takes_key(place.slice)
        return is_key and self._takes(statement.value)

    def takes_all(self, value: ast.expr) -> bool:
        """Tell whether the container takes all items of the plain one in ``value``."""
        parts = [*_parts(value)]
        return None not in parts and all(
            (key is None or self._takes_key(key)) and self._takes(item)
            for key, item in filter(None, parts)
        )

    def _takes(self, item: ast.expr) -> bool:
        if self._name.startswith("Parameter"):
            return True
        up = self._owner.file.index(self._owner.node).parents
        chain = chain_below(item, up, self._context.candidate.chain)
        return self._context.at(NodePath(item, chain)).receiver(item).state == "module"

    def _takes_key(self, key: ast.expr) -> bool:
        """Tell whether ``key`` is a string that can be the name of a submodule."""
        if isinstance(key, ast.Constant):
            text = key.value
            return isinstance(text, str) and text not in TAKEN and "." not in text
        if isinstance(key, ast.JoinedStr):
            return not any("." in (string(it) or "") for it in key.values)
        return isinstance(key, ast.Call) and named(key.func) == "str"


def _parts(value: ast.expr) -> Iterator[tuple[ast.expr | None, ast.expr] | None]:
    """Yield keys, if any, and items of a plain container; None for unknown ones."""
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        yield from (*_parts(value.left), *_parts(value.right))
    elif isinstance(value, ast.BinOp) and isinstance(value.op, ast.Mult):
        left = isinstance(value.left, (ast.List, ast.Tuple))
        yield from _parts(value.left if left else value.right)
    elif isinstance(value, (ast.List, ast.Tuple)):
        yield from ((None, item) for item in value.elts)
    elif isinstance(value, (ast.ListComp, ast.GeneratorExp)):
        yield None, value.elt
    elif isinstance(value, ast.DictComp):
        yield value.key, value.value
    elif isinstance(value, ast.Dict):
        items = zip(value.keys, value.values, strict=True)
        yield from (None if key is None else (key, item) for key, item in items)
    else:
        yield None
