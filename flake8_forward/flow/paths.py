"""From a way through the tree to the scope and the state at its end."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_forward.flow.bindings import comprehension_flow
from flake8_forward.flow.narrowing import narrowed
from flake8_forward.flow.scopes import Scope
from flake8_forward.flow.states import Bind, Flow, Origin
from flake8_forward.inference import classes
from flake8_forward.inference.values import SourceClass
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.tree import FUNCTIONS, children

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)


def paths_to(
    tree: ast.AST, kinds: type[ast.AST] | tuple[type[ast.AST], ...]
) -> Iterator[list[ast.AST]]:
    """Yield the way from ``tree`` to each node of ``kinds``, in source order."""
    work: list[tuple[ast.AST, int]] = [(tree, 0)]
    path: list[ast.AST] = []
    while work:
        node, depth = work.pop()
        del path[depth:]
        path.append(node)
        if isinstance(node, kinds):
            yield [*path]
        below = [(child, depth + 1) for child in children(node)]
        work += reversed(below)


def class_of(scope: Scope) -> SourceClass:
    """Return the class that the class scope ``scope`` defines."""
    assert isinstance(scope.node, ast.ClassDef) and scope.defined is not None
    return classes.class_at(scope.node, scope.defined)


def scope_at(file: SourceFile, path: Sequence[ast.AST]) -> tuple[Scope, Flow]:
    """Return the scope and the state at the end of ``path`` (nodes, outermost first)."""
    scope = file.scope
    flow = scope.final
    for node, child in zip(path, [*path[1:], None], strict=True):
        if isinstance(node, ast.stmt):
            flow = scope.before(node)
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            if isinstance(child, ast.stmt):  # in the body, not in what is around it
                scope = scope.child(node, flow)
                flow = scope.walk.start
        elif isinstance(node, ast.Lambda):
            for argument in node.args.args:
                flow = Bind(flow, argument.arg, Origin("opaque", argument, flow))
                scope.walk.locals.add(argument.arg)
        elif isinstance(node, COMPREHENSIONS):
            flow = _in_comprehension(node, child, flow)
        elif isinstance(node, ast.IfExp) and child is not node.test:
            flow = narrowed(flow, node.test, child is node.body)
        elif isinstance(node, ast.BoolOp):
            for value in node.values:
                if value is child:
                    break
                flow = narrowed(flow, value, isinstance(node.op, ast.And))
        elif isinstance(node, ast.If) and child is node.test:
            flow = scope.before(node)
    return scope, flow


def _in_comprehension(
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
    child: ast.AST | None,
    flow: Flow,
) -> Flow:
    if child is node.generators[0]:
        # Its iterable is evaluated outside; its tests are taken to be outside too.
        return flow
    return comprehension_flow(flow, node.generators)
