"""What the use of an object tells where nothing declares it."""

from __future__ import annotations

import ast

from flake8_forward.modules.files import Project
from flake8_forward.modules.knowledge_base import MODULE
from flake8_forward.modules.scopes import Scope
from flake8_forward.modules.torch_api import ONLY_MODULES_HAVE
from flake8_forward.modules.types import NONE, UNKNOWN, Instance, Type, options


def of_parameter(project: Project, scope: Scope, arg: ast.arg, declared: Type) -> Type:
    """Return a Module if the function uses ``arg`` as only a Module can be used."""
    if any(option not in (UNKNOWN, NONE) for option in options(declared)):
        return declared  # partly known: the rest cannot be told apart by use
    for node in ast.walk(scope.node):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ONLY_MODULES_HAVE
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == arg.arg
        ):
            return Instance(MODULE)
    return declared
