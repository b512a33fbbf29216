"""All evidence about an object without declaration, combined.

Only in files that mention torch: there, an object that has a ``forward`` and is used
in one of these ways is a Module.
"""

from __future__ import annotations

import ast
import re

from flake8_forward.flow.states import Flow, Scope
from flake8_forward.inference import classes, mro
from flake8_forward.inference.classes import class_of
from flake8_forward.inference.evidence import (
    callers,
    docstrings,
    fixtures,
    rivals,
    usage,
)
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives, either, is_open
from flake8_forward.inference.values import (
    NEVER,
    NONE,
    UNKNOWN,
    USED,
    Instance,
    SourceClass,
    Type,
)
from flake8_forward.syntax.shapes import decorators, first_parameter
from flake8_forward.syntax.tree import FUNCTIONS

_UNKNOWN = (UNKNOWN, NONE, NEVER)


def of_receiver(resolver: Resolver, node: ast.expr, flow: Flow) -> bool:
    """Tell whether the object ``node`` is used as only a Module can be."""
    spelling = usage.spelled(node)
    if spelling is None:
        return False
    used = frozenset[str]().union(
        *(
            usage.methods_used(resolver, flow.scope.file, body, spelling)
            for body in _bodies_of(flow.scope, spelling)
        )
    )
    if isinstance(node, ast.Name) and node.id == _instance_name(flow.scope.node):
        return _is_proof_of_self(resolver, flow.scope, used)
    return _is_proof(resolver, used)


def _is_proof_of_self(resolver: Resolver, method: Scope, used: frozenset[str]) -> bool:
    """Tell whether a class gets what ``method`` uses of it from Module.

    Only this class and those derived from it can be meant.
    """
    if method.enclosing_class is None:
        return False
    own: set[str] = set()
    for base in mro.lineage(resolver, class_of(method.enclosing_class)).classes:
        if isinstance(base, SourceClass):
            own |= base.scope.graph.locals
    return bool(used - own - {"parameters"})


def _bodies_of(scope: Scope, spelling: str) -> list[ast.AST]:
    """Return the parts of the file in which ``spelling`` means the same object."""
    name = re.split(r"[.\[]", spelling, maxsplit=1)[0]
    state: Scope | None = scope
    while state is not None:
        if state.kind != "class" and name in state.graph.locals:
            owner = state.enclosing_class
            if owner is not None and name == _instance_name(state.node):
                return [*_family(owner)]  # all methods count
            return [state.node]
        state = state.parent
    return []


def _instance_name(node: ast.AST) -> str | None:
    static = isinstance(node, FUNCTIONS) and "staticmethod" in decorators(node)
    return None if static else first_parameter(node)


def _family(owner: Scope) -> list[ast.ClassDef]:
    """Return a class and its subclasses in the same file."""
    assert isinstance(owner.node, ast.ClassDef)
    family = [owner.node]
    names = {owner.name}
    for node in owner.parent.node.body if owner.parent is not None else ():
        if (
            isinstance(node, ast.ClassDef)
            and node is not owner.node
            and names.intersection(getattr(base, "id", "") for base in node.bases)
        ):
            family.append(node)
            names.add(node.name)
    return family


def of_parameter(
    resolver: Resolver, scope: Scope, arg: ast.arg, declared: Type
) -> Type:
    """Return what the project tells about ``arg``, else what is ``declared``.

    What callers pass comes first: it tells the class itself.
    """
    if not resolver.asks_project or not is_open(declared):
        return declared
    told = fixtures.of_parameter(resolver, scope, arg)
    if not is_open(told):
        return told
    passed = _passed(resolver, scope, arg)
    if passed is not None:
        return passed
    told = docstrings.parameter(resolver, scope, arg.arg)
    if not is_open(told) and rivals.rival(resolver) is None:
        return told
    used = usage.methods_used(resolver, scope.file, scope.node, arg.arg)
    return Instance(USED) if _is_proof(resolver, used) else declared


def _passed(resolver: Resolver, scope: Scope, arg: ast.arg) -> Type | None:
    """Return what callers pass for ``arg``; None if nothing follows from it.

    Where some calls cannot be understood, the others show a Module only if there is no
    class that could be what those pass.
    """
    given = callers.given(resolver, scope, arg)
    resolver.reasons[arg] = _said(given)
    passed = either([value for value, _ in given.values])
    known = [one for one in alternatives(passed) if one not in _UNKNOWN]
    if not known:
        return None
    found = either(known)
    is_complete = given.is_complete and len(known) == len(alternatives(passed))
    if is_complete or not classes.all_modules(resolver, found):
        return passed
    rival = rivals.rival(resolver)
    return either([found, Instance(USED)]) if rival is None else UNKNOWN


def _said(given: callers.Given) -> str:
    """Return what the calls pass, in words; nothing if they pass different things."""
    names = {
        value.cls.name if isinstance(value, Instance) else ""
        for value, _ in given.values
    }
    if len(names) != 1 or "" in names:
        return ""
    every = "every caller passes" if given.is_complete else "callers pass"
    return f"{every} a {names.pop()} ({given.values[0][1]})"


def reason(resolver: Resolver, arg: ast.arg) -> str:
    """Return what callers were seen to pass for ``arg``, in words."""
    return resolver.reasons.get(arg, "")


def _is_proof(resolver: Resolver, used: frozenset[str]) -> bool:
    """Tell whether an object of which these attributes are used is a Module."""
    return bool(used - {"parameters"}) and rivals.rival(resolver, used) is None


def of_attribute(resolver: Resolver, cls: SourceClass, name: str) -> Type:
    """Return a Module if the methods of ``cls`` use ``self.<name>`` as one."""
    if not resolver.asks_project or f".{name}." not in cls.file.text:
        return UNKNOWN
    used = frozenset[str]().union(
        *(
            usage.methods_used(resolver, cls.file, body, f"{first}.{name}")
            for body in _family(cls.scope)
            for first in {first_parameter(node) for node in body.body}
            if first is not None
        )
    )
    return Instance(USED) if _is_proof(resolver, used) else UNKNOWN
