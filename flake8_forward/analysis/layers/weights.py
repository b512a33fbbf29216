"""What a function does to the weights of the layers that it creates."""

from __future__ import annotations

import ast

from flake8_forward.analysis.layers.torch_layers import (
    LOADED,
    NO_TRAITS,
    SET,
    Traits,
)
from flake8_forward.knowledge.vocabulary import CONSTANTS, LOADING, SETTING
from flake8_forward.syntax.shapes import first_parameter, named
from flake8_forward.syntax.tree import FunctionNode, walk

_LOADING = LOADING | {"from_pretrained", "load_from_checkpoint", "pretrained"}


def changed(function: FunctionNode, words: set[str]) -> Traits:
    """Tell whether ``function`` loads, freezes or sets the weights that it creates.

    ``words`` are those of its code.
    """
    found = LOADED if words & _LOADING else NO_TRAITS
    return found | SET if _sets_weights(function) else found


def words_of(function: FunctionNode) -> set[str]:
    """Return the names, attributes and keywords in the code of ``function``."""
    return {word for node in walk(function) if (word := _word(node))}


def _word(node: ast.AST) -> str | None:
    if isinstance(node, ast.keyword):
        return node.arg
    return named(node) if isinstance(node, ast.expr) else None


def _sets_weights(init: FunctionNode) -> bool:
    """Tell whether ``init`` changes weights of its layers, or calls what may."""
    instance = first_parameter(init)
    for node in walk(init):
        if isinstance(node, ast.Name) and node.id in CONSTANTS:
            return True
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if named(node.func.value) == instance:
                return True
        elif isinstance(node, ast.Attribute):
            if node.attr in CONSTANTS:
                return True
            if node.attr in SETTING and named(node.value) != instance:
                return True
    return False
