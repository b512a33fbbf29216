"""Types of parameters given only in the docstring, in any of the usual styles."""

from __future__ import annotations

import ast
import re

from flake8_forward.flow.states import Scope
from flake8_forward.inference import classes
from flake8_forward.inference.annotations import annotated
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import without_none
from flake8_forward.inference.values import UNKNOWN, ClassObject, Instance, Type
from flake8_forward.syntax.tree import FUNCTIONS

STYLES = (
    r"^[ \t]*\**{name}[ \t]*\(([^()\n]+)\)",  # name (type): ...
    r"^[ \t]*{name}[ \t]*:[ \t]*([^\n]+)$",  # name : type
    r":type[ \t]+{name}:[ \t]*([^\n]+)$",
    r":param[ \t]+([^:\n]+?)[ \t]+{name}:",
)
ROLE = re.compile(r":\w+(?::\w+)?:|[`~*]")
ASIDES = re.compile(r",?[ \t]*\b(?:optional|default\w*)\b.*|[ \t]*\.$")
NAME = re.compile(r"[\w.]+")


def parameter(resolver: Resolver, scope: Scope, name: str) -> Type:
    """Return the docstring's type of the parameter ``name`` if it is a Module."""
    for text in _docstrings(scope):
        if name not in text:
            continue
        for style in STYLES:
            match = re.search(style.format(name=re.escape(name)), text, re.MULTILINE)
            if match is not None:
                found = _type(resolver, scope, match[1])
                if classes.all_modules(resolver, without_none(found)):
                    return found
    return UNKNOWN


def _docstrings(scope: Scope) -> list[str]:
    """Return the docstrings that may describe a function's parameters."""
    assert isinstance(scope.node, FUNCTIONS)
    nodes: list[ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef] = [scope.node]
    owner = scope.enclosing_class
    if owner is not None and scope.node.name == "__init__":
        assert isinstance(owner.node, ast.ClassDef)
        nodes.append(owner.node)
    return [text for node in nodes if (text := ast.get_docstring(node, clean=False))]


def _type(resolver: Resolver, scope: Scope, text: str) -> Type:
    """Return what ``text`` names: a class, or a class or None."""
    plain = ASIDES.sub("", ROLE.sub("", text)).strip()
    named = [part.strip() for part in re.split(r"\bor\b|\|", plain)]
    named = [part for part in named if part != "None"]
    if len(named) != 1 or not NAME.fullmatch(named[0]) or scope.defined is None:
        return UNKNOWN
    node = ast.Constant(named[0])
    found = annotated(resolver, node, scope.defined)
    if found == UNKNOWN and named[0].startswith("torch."):
        value = resolver.known(named[0])
        return Instance(value.cls) if isinstance(value, ClassObject) else UNKNOWN
    return found
