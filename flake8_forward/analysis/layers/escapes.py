"""Whether the value of an attribute may be registered or managed somewhere else.

Read from the syntax of a file: each use of the attribute, and of the names that its
items get, must be one that only looks at them or calls them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_forward.knowledge.vocabulary import ALL_REGISTRATIONS, BY_HAND
from flake8_forward.syntax.index import TreeIndex
from flake8_forward.syntax.shapes import named
from flake8_forward.syntax.tree import FUNCTIONS, walk
from flake8_forward.syntax.unparsing import unparse

_LOOKING = frozenset({
    "all", "any", "bool", "hasattr", "id", "isinstance", "len", "max", "min", "print",
    "range", "repr", "str", "type",
})  # fmt: skip
_HANDING_ON = frozenset({
    "deque", "enumerate", "iter", "list", "next", "reversed", "sorted", "tuple", "zip",
})  # fmt: skip
_ITEMS = frozenset({"copy", "get", "items", "pop", "popleft", "setdefault", "values"})
_BY_NAME = ALL_REGISTRATIONS | {"attrgetter", "delattr", "getattr", "setattr"}
_READING = (
    ast.Compare, ast.If, ast.While, ast.Assert, ast.Expr, ast.FormattedValue, ast.Delete,
)  # fmt: skip


class Holder:
    """An attribute, or a local name, that holds layers or Parameters.

    ``index`` is that of the syntax around its uses, ``known`` are uses that do not
    count; ``are_tensors`` says that it holds Parameters, with which one computes.
    """

    def __init__(
        self, index: TreeIndex, known: frozenset[ast.AST], are_tensors: bool
    ) -> None:
        self._index = index
        self._up = index.parents
        self._known = known
        self._are_tensors = are_tensors
        self._seen: set[tuple[ast.AST, str]] = set()

    def attribute_escapes(self, name: str, relatives: set[str] | None) -> bool:
        """Tell whether some use of ``.<name>`` may pass on the value of the attribute.

        In classes that are not among ``relatives``, if these are known, self is another
        object.
        """
        for text in self._index.texts(name):
            call = self._up[text]
            if isinstance(call, ast.Call) and named(call.func) in _BY_NAME:
                return True
        if relatives is None:
            nodes = self._index.attributes(name)
        else:
            found = self._index.by_owner
            owners = (None, *relatives)
            nodes = [node for cls in owners for node in found.get((name, cls), ())]
        return any(
            isinstance(node.ctx, ast.Load) and self._escapes(node) for node in nodes
        )

    def name_escapes(self, scope: ast.AST, name: str) -> bool:
        """Tell whether a use of the local ``name`` in ``scope`` may pass it on."""
        if (scope, name) in self._seen:
            return False
        self._seen.add((scope, name))
        return any(
            self._escapes(node)
            for node in walk(scope)
            if isinstance(node, ast.Name)
            and node.id == name
            and isinstance(node.ctx, ast.Load)
        )

    def _escapes(self, node: ast.expr, origin: ast.expr | None = None) -> bool:
        """Tell whether the code around ``node`` may keep its value.

        ``origin`` is what ``node`` iterates over, where that is something else.
        """
        above = self._up[node]
        if node in self._known or isinstance(above, _READING):
            return False
        if isinstance(above, ast.Attribute):
            return self._through_attribute(above)
        if isinstance(above, ast.Subscript):
            is_item = above.value is node and isinstance(above.ctx, ast.Load)
            return is_item and self._escapes(above)
        if isinstance(above, (ast.Call, ast.keyword)):
            call = self._up[above] if isinstance(above, ast.keyword) else above
            return not isinstance(call, ast.Call) or self._in_call(node, call, origin)
        if isinstance(above, (ast.For, ast.AsyncFor, ast.comprehension)):
            names = _received(above.iter, origin or node, above.target)
            return any(self.name_escapes(self._scope(above), name) for name in names)
        if isinstance(above, (ast.Assign, ast.NamedExpr)):
            return self._assigned(above)
        if isinstance(above, ast.UnaryOp) and isinstance(above.op, ast.Not):
            return False
        computing = (ast.BinOp, ast.UnaryOp, ast.AugAssign)
        if isinstance(above, computing) and self._is_item(node):
            return False
        if isinstance(above, ast.IfExp) and above.test is node:
            return False
        if isinstance(above, (ast.IfExp, ast.BoolOp, ast.BinOp)):
            return self._escapes(above)
        return True

    def _is_item(self, node: ast.expr) -> bool:
        """Tell whether ``node`` is a Parameter out of the list, not the list."""
        return self._are_tensors and not isinstance(node, ast.Attribute)

    def _through_attribute(self, node: ast.Attribute) -> bool:
        if node.attr in BY_HAND:
            return True
        if not isinstance(node.ctx, ast.Load):
            return False
        above = self._up[node]
        if isinstance(above, ast.Call) and above.func is node:
            return node.attr in _ITEMS and self._escapes(above, node.value)
        if isinstance(above, ast.Assign):
            return any(isinstance(target, ast.Attribute) for target in above.targets)
        return isinstance(above, ast.Call) and named(above.func) in (
            "Parameter", "append", *_BY_NAME,
        )  # fmt: skip

    def _in_call(self, node: ast.expr, call: ast.Call, origin: ast.expr | None) -> bool:
        if call.func is node:
            return False
        name = named(call.func)
        if isinstance(call.func, ast.Name) and name in _HANDING_ON:
            return self._escapes(call, origin or node)
        if isinstance(call.func, ast.Name) and name in _LOOKING:
            return False
        return not (self._is_item(node) and _is_functional(call.func))

    def _assigned(self, node: ast.Assign | ast.NamedExpr) -> bool:
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        for target in targets:
            for part in walk(target):
                if isinstance(part, ast.Attribute) and isinstance(part.ctx, ast.Store):
                    return True
                if isinstance(part, ast.Subscript):
                    return True
        if isinstance(node, ast.NamedExpr) and self._escapes(node):
            return True
        return any(
            self.name_escapes(self._scope(node), name)
            for target in targets
            for name in _names(target)
        )

    def _scope(self, node: ast.AST) -> ast.AST:
        """Return the function or comprehension in which ``node`` binds names."""
        if isinstance(node, ast.comprehension):
            return self._up[node]
        while node in self._up and not isinstance(node, FUNCTIONS):
            node = self._up[node]
        return node


def _is_functional(function: ast.expr) -> bool:
    """Tell whether this names a function of torch that computes with tensors."""
    name = unparse(function)
    return name.startswith(("F.", "torch.")) and not name.startswith(
        ("torch.nn.Param", "torch.optim.")
    )


def _names(target: ast.expr) -> list[str]:
    return [node.id for node in walk(target) if isinstance(node, ast.Name)]


def _received(source: ast.expr, node: ast.expr, target: ast.expr) -> list[str]:
    """Return the names in ``target`` bound to items of ``node`` by a loop."""
    if source is node or not isinstance(source, ast.Call):
        return _names(target)
    parts = target.elts if isinstance(target, ast.Tuple) else []
    name = named(source.func)
    if name == "enumerate" and len(parts) == 2:
        return _received(source.args[0], node, parts[1])
    if name == "zip" and len(parts) == len(source.args):
        found = zip(source.args, parts, strict=True)
        return [
            name
            for value, part in found
            if node in walk(value)
            for name in _received(value, node, part)
        ]
    if name == "items" and len(parts) == 2:
        return _names(parts[1])
    return _names(target)


def read_items(attribute: str, index: TreeIndex) -> Iterator[ast.Subscript]:
    """Yield where an item of ``.<attribute>`` is read in a tree."""
    for node in index.attributes(attribute):
        item = index.parents[node]
        if (
            isinstance(item, ast.Subscript)
            and isinstance(item.ctx, ast.Load)
            and item.value is node
        ):
            yield item
