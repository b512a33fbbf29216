"""The scope and the state at a node, which is given with its ancestors."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from flake8_forward.flow.bindings import bind_target
from flake8_forward.flow.builder import module_scope
from flake8_forward.flow.narrowing import narrowed
from flake8_forward.flow.states import Bind, Flow, Origin, Scope
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.tree import FUNCTIONS, ancestries

COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.GeneratorExp, ast.DictComp)


def scope_at(file: SourceFile, ancestry: Sequence[ast.AST]) -> tuple[Scope, Flow]:
    """Return the scope and the state at the last node of ``ancestry``."""
    scope = module_scope(file)
    flow = scope.final
    outer: ast.AST | None = None
    for node, child in zip(ancestry, [*ancestry[1:], None], strict=True):
        if isinstance(node, ast.stmt):
            flow = scope.before(node)
        if isinstance(node, (*FUNCTIONS, ast.ClassDef)):
            if isinstance(child, ast.stmt):  # in the body, not in what is around it
                scope = scope.child(node, flow)
                flow = scope.graph.start
        elif isinstance(node, ast.Lambda):
            flow = lambda_flow(node, flow, _mapped(scope, node, outer))
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
        outer = node
    return scope, flow


def _mapped(scope: Scope, node: ast.Lambda, call: ast.AST | None) -> list[ast.expr]:
    """Return the iterables over which ``call`` maps the lambda ``node``, if it does."""
    if not isinstance(call, ast.Call) or call.args[:1] != [node]:
        return []
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    around: Scope | None = scope
    while around is not None and not around.binds(name):
        around = around.parent
    return call.args[1:] if name in ("filter", "map") and around is None else []


def lambda_flow(
    node: ast.Lambda, flow: Flow, iterables: Sequence[ast.expr] = ()
) -> Flow:
    """Return the state inside a lambda: its parameters are their defaults, if any.

    If it is mapped over ``iterables``, the first ones are their elements.
    """
    outer, args = flow, node.args
    positional = [*args.posonlyargs, *args.args]
    first = len(positional) - len(args.defaults)
    defaults = [*args.defaults, *args.kw_defaults]
    optional = [*positional[first:], *args.kwonlyargs]
    given = dict(zip(optional, defaults, strict=True))
    elements = dict(zip(positional, iterables, strict=False))
    rest = [parameter for parameter in (args.vararg, args.kwarg) if parameter]
    for parameter in (*positional, *args.kwonlyargs, *rest):
        origin = Origin("opaque", parameter, outer)
        if parameter in elements:
            origin = Origin("element", elements[parameter], outer)
        elif given.get(parameter) is not None:
            origin = Origin("value", given[parameter], outer)
        flow = Bind(flow, parameter.arg, origin)
        flow.scope.graph.locals.add(parameter.arg)
    return flow


def _in_comprehension(
    node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp,
    child: ast.AST | None,
    flow: Flow,
) -> Flow:
    if child is node.generators[0]:
        # Its iterable is evaluated outside; its tests are taken to be outside too.
        return flow
    return comprehension_flow(flow, node.generators)


def comprehension_flow(flow: Flow, generators: list[ast.comprehension]) -> Flow:
    """Return the state inside a comprehension: its targets bound, its tests true."""
    for generator in generators:
        origin = Origin("element", generator.iter, flow)
        flow = bind_target(flow, generator.target, origin, flow.scope.graph.locals)
        for test in generator.ifs:
            flow = narrowed(flow, test, True)
    return flow


def made_global(module: Scope, name: str) -> list[Origin]:
    """Return what functions bind ``name`` to that declare it global."""
    known: dict[str, list[Origin]] = module.file.brief.answers(made_global)
    if name not in known:
        found: list[Origin] = []
        if re.search(rf"^[ \t]+global\b.*\b{name}\b", module.file.text, re.MULTILINE):
            for ancestry in ancestries(module.file.tree, ast.Global):
                node = ancestry[-1]
                if isinstance(node, ast.Global) and name in node.names:
                    scope, _ = scope_at(module.file, ancestry)
                    found += scope.graph.attributes.get(name, ())
        known[name] = found
    return known[name]
