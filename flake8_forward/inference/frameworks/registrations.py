"""Where a project registers classes, found in its text."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.values import Registry
from flake8_forward.project.class_heads import ClassHead
from flake8_forward.syntax.shapes import named, pairs
from flake8_forward.syntax.tree import walk


def names_of(registry: Registry) -> set[str]:
    """Return the names that its own file gives to a registry."""
    names: set[str] = set()
    for node in walk(registry.file.tree):
        if isinstance(node, (ast.Assign, ast.AnnAssign)):
            for target, value in pairs(node):
                name = named(target)
                if name and (value is registry.call or named(value) in names):
                    names.add(name)
    return names


def decorated(
    resolver: Resolver, names: set[str], register: re.Pattern[str]
) -> Iterator[ClassHead]:
    """Yield the heads of the classes whose decorator registers them."""
    for head in resolver.project.search().hierarchy().heads:
        owner, _, method = head.decorator.rpartition(".")
        if owner.rpartition(".")[2] in names and register.fullmatch(method):
            yield head


def writing(resolver: Resolver, names: set[str], register: re.Pattern[str]) -> set[str]:
    """Return the files that may fill a registry otherwise than by such a decorator."""
    if not names:
        return {*resolver.project.search().matching(rf"\.(?:{register.pattern})\b")}
    name = rf"\b(?:{'|'.join(sorted(names))})"
    patterns = (
        rf"(?m)^[ \t]*@(?:\w+\.)*{name}\.(?:{register.pattern})\b[^\n]*\n(?![ \t]*class)",
        rf"(?m)^[^@\n]*{name}\.(?:{register.pattern})\b",
        rf"{name}\s+as\s|{name}\s*(?:\.\s*\w+\s*)?\[[^]]*\]\s*=[^=]",
    )
    search = resolver.project.search()
    return {path for pattern in patterns for path in search.matching(pattern)}
