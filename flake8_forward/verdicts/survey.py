"""Lists of all classes and all ``.forward`` references, with verdicts and reasons."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterable, Iterator
from typing import Any

from flake8_forward.flow.lookup import scope_at
from flake8_forward.flow.states import Flow
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import SourceClass
from flake8_forward.project.files import SourceFile
from flake8_forward.project.source import parse, read_source
from flake8_forward.syntax.positions import position
from flake8_forward.syntax.tree import ancestries
from flake8_forward.syntax.unparsing import unparse
from flake8_forward.verdicts import call_definitions, inheritance, receivers
from flake8_forward.verdicts.call_definitions import Effect
from flake8_forward.verdicts.verdict import Forward

Row = dict[str, Any]
CALLS: dict[Effect, str] = {
    "override": "replaces Module's",
    "wrapper": "puts code around Module's",
    "pass": "only hands its arguments on",
    "declared": "runs nothing",
    "typing": "is for type checkers only",
    "open": "may reach Module's",
}


def python_files(paths: Iterable[str]) -> Iterator[str]:
    """Yield the files named by ``paths``, folders with all ``.py`` files in them."""
    for path in paths:
        if not os.path.isdir(path):
            yield path
            continue
        for folder, folders, files in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in sorted(files):
                if name.endswith(".py"):
                    yield os.path.join(folder, name)


def opened(
    resolver: Resolver, paths: Iterable[str]
) -> Iterator[tuple[str, SourceFile]]:
    """Yield each readable file among ``paths`` with its path as it was given."""
    for path in python_files(paths):
        text = read_source(path)
        tree = None if text is None else parse(text)
        if text is not None and tree is not None:
            yield path, resolver.start(path, tree, text)


def class_rows(resolver: Resolver, paths: Iterable[str]) -> Iterator[Row]:
    """Yield a row for every class in the files of ``paths``, nested ones too."""
    for path, file in opened(resolver, paths):
        for cls in inheritance.classes_in(file):
            with resolver.budget.question():
                row = _class_row(resolver, path, cls)
            yield row


def _class_row(resolver: Resolver, path: str, cls: SourceClass) -> Row:
    verdict = receivers.of_class(resolver, cls)
    is_module = verdict.state == "module"
    return {
        "file": path,
        "qualname": cls.scope.qualname,
        "line": cls.node.lineno,
        "verdict": verdict.state,
        "custom_call": is_module and call_definitions.replaces_call(resolver, cls),
        "why": verdict.why + (_own_calls(resolver, cls) if is_module else ""),
    }


def _own_calls(resolver: Resolver, cls: SourceClass) -> str:
    """Return what each ``__call__`` in the body of ``cls`` does, as a part of why."""
    found = call_definitions.definitions(resolver, cls)
    return "".join(f"; its own {d.name} {CALLS[d.effect]}" for d in found)


def receiver_rows(resolver: Resolver, paths: Iterable[str]) -> Iterator[Row]:
    """Yield a row for every ``.forward`` reference in the files of ``paths``."""
    for path, file in opened(resolver, paths):
        lines = file.text.splitlines(keepends=True)
        for nodes in ancestries(file.tree, ast.Attribute):
            node = nodes[-1]
            assert isinstance(node, ast.Attribute)
            if node.attr != "forward":
                continue
            _, flow = scope_at(file, nodes)
            yield {"file": path, **_receiver_row(resolver, node, nodes, flow, lines)}


def _receiver_row(
    resolver: Resolver,
    node: ast.Attribute,
    nodes: list[ast.AST],
    flow: Flow,
    lines: list[str],
) -> Row:
    parent = nodes[-2]
    call = parent if isinstance(parent, ast.Call) and parent.func is node else None
    verdict = receivers.receiver(
        resolver, node.value, flow, Forward(call, is_explained=True)
    )
    line, column = position(node, node.attr, lines) or (node.lineno, node.col_offset)
    return {
        "line": line,
        "column": column + 1,
        "receiver": unparse(node.value),
        "call": call is not None,
        "verdict": verdict.state,
        "custom_call": verdict.own_call,
        "why": verdict.why,
    }
