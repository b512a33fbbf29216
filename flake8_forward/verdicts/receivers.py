"""Verdicts on receivers: proven a Module, proven something else, or unknown."""

from __future__ import annotations

import ast

from flake8_forward.flow.states import Flow
from flake8_forward.inference import classes, mro
from flake8_forward.inference.evidence import (
    candidates,
    combined,
    heirs,
    reasons,
    rivals,
)
from flake8_forward.inference.evidence.arguments import of_call
from flake8_forward.inference.resolver import Resolver
from flake8_forward.inference.unions import alternatives
from flake8_forward.inference.values import (
    COMPILED,
    NEVER,
    NONE,
    OBJECT,
    PART,
    USED,
    Alias,
    AnyClass,
    External,
    Instance,
    KnownClass,
    SourceClass,
    Special,
    Type,
    TypeVariable,
    Wrapped,
)
from flake8_forward.syntax.unparsing import unparse
from flake8_forward.verdicts import call_definitions, inheritance
from flake8_forward.verdicts.verdict import UNPROVEN, Forward, Verdict

AS_USED = "used as a Module"
AS_PART = "a part of a library's Module"
AS_CANDIDATE = "every class of the project with such a forward is a Module"


def receiver(
    resolver: Resolver, node: ast.expr, flow: Flow, forward: Forward | None = None
) -> Verdict:
    """Return the verdict on the expression ``node`` at ``flow``.

    If its ``forward`` is meant, that tells which classes it may be of.
    """
    with resolver.budget.question():
        found = _verdicts(resolver, resolver.evaluate(node, flow))
        if _is_open(found):
            with resolver.with_project():
                found = _of_project(resolver, node, flow, forward)
        found = [_by_heirs(resolver, item) for item in found]
    return _agreed(found)


def _of_project(
    resolver: Resolver, node: ast.expr, flow: Flow, forward: Forward | None
) -> list[Verdict]:
    """Return the verdicts that follow from all that the project's files say."""
    found = _verdicts(resolver, resolver.evaluate(node, flow))
    if _is_open(found):
        why = _soft_proof(resolver, node, flow, found, forward)
        if why:
            return [_used(resolver, item, why) for item in found]
    if forward is None or not forward.is_explained:
        return found
    why = reasons.passed(resolver, node, flow)
    if not why and _is_open(found):
        why = reasons.vetoed(resolver, forward.call)
    return [item._replace(why=why or item.why) for item in found]


def _soft_proof(
    resolver: Resolver,
    node: ast.expr,
    flow: Flow,
    found: list[Verdict],
    forward: Forward | None,
) -> str:
    """Return what shows that an object of unknown class is a Module; empty if nothing."""
    if combined.of_receiver(resolver, node, flow):
        return AS_USED
    if forward is None:
        return ""
    unknown = [item for item in found if item.state == "unknown"]
    if all(PART in item.classes for item in unknown) and (
        len(unknown) < len(found) or not reasons.is_plain(resolver, forward.call)
    ):
        return AS_PART
    if (
        not any(item.classes for item in unknown)
        and candidates.all_are_modules(resolver, node, flow, forward.call)
        and not _is_called_anew(resolver, forward.call)
    ):
        return AS_CANDIDATE
    return ""


def _is_called_anew(resolver: Resolver, call: ast.Call | None) -> bool:
    """Tell whether the ``__call__`` of a Module of the project is not Module's.

    Its ``forward``, which may be called like this, may be meant to be called.
    """
    given = of_call(call) if call is not None else None
    return any(_has_own_call(resolver, c) for c in rivals.with_call(resolver, given))


def _by_heirs(resolver: Resolver, found: Verdict) -> Verdict:
    """Return the verdict where a class leaves ``forward`` to those derived from it.

    An object of a mixin is a Module if all of these are; calling one of an abstract
    class runs the ``__call__`` that these may have.
    """
    cls = found.cls
    if not isinstance(cls, SourceClass) or found.state == "unknown" or found.own_call:
        return found
    if inheritance.gives_forward(resolver, cls):
        return found
    verdicts = (
        of_class(resolver, one)
        for one in heirs.heirs(resolver, cls)
        if inheritance.gives_forward(resolver, one)
    )
    if found.state == "module":
        return found._replace(own_call=any(item.own_call for item in verdicts))
    derived: list[Verdict] = []
    for verdict in verdicts:
        if verdict.state != "module":
            return found
        derived.append(verdict)
    if not derived:
        return found
    return _agreed(derived)._replace(why=f"{cls.name} is a base of Modules only")


def _is_open(found: list[Verdict]) -> bool:
    """Tell whether what is unknown might turn out to be a Module."""
    states = {item.state for item in found}
    return "unknown" in states and "not_module" not in states


def _verdicts(resolver: Resolver, value: Type) -> list[Verdict]:
    """Return a verdict on each alternative that can have a ``forward``."""
    found = [one for one in alternatives(value) if not _is_plain(one)]
    return [_verdict(resolver, one) for one in found or alternatives(value)]


def _is_plain(value: Type) -> bool:
    """Tell whether ``value`` is None or an object of a builtin class."""
    if isinstance(value, Instance) and isinstance(value.cls, KnownClass):
        return value.cls.dotted.startswith("builtins.") and value.cls != OBJECT
    return value in (NONE, NEVER)


def _used(resolver: Resolver, found: Verdict, why: str) -> Verdict:
    """Return what soft evidence for a Module, told by ``why``, makes of a verdict."""
    if found.state == "module":
        return found
    cls = USED if found.cls in (None, PART) else found.cls
    return Verdict("module", (cls,), _has_own_call(resolver, cls), why)


def _agreed(found: list[Verdict]) -> Verdict:
    """Return what holds of an object of which one of ``found`` is true."""
    if len(found) == 1:
        return found[0]
    if len({item.state for item in found}) > 1:
        return UNPROVEN
    return Verdict(
        found[0].state,
        tuple(dict.fromkeys(cls for item in found for cls in item.classes)),
        any(item.own_call for item in found),
        "; or ".join(dict.fromkeys(item.why for item in found)),
        any(item.is_proxy for item in found),
    )


def _verdict(resolver: Resolver, value: Type) -> Verdict:
    if isinstance(value, Wrapped):
        return Verdict("module", (value.cls,), why=f"a {value.cls.name}")
    if value == COMPILED:
        return Verdict("not_module", why="made by torch.compile")
    if isinstance(value, Instance):
        if value.cls == PART:
            return Verdict("unknown", (PART,), why=AS_PART)
        verdict = of_class(resolver, value.cls)
        return _as_compiled(verdict) if value.is_compiled else verdict
    if isinstance(value, (Special, External, Alias, TypeVariable)):
        return UNPROVEN
    return Verdict("not_module", why=f"a {type(value).__name__.lower()}")


def of_class(resolver: Resolver, cls: AnyClass) -> Verdict:
    """Return the verdict on instances of ``cls``."""
    is_module = classes.is_module(resolver, cls)
    why = AS_USED if cls == USED else _chain(resolver, cls)
    if is_module is None:
        return Verdict("unknown", (cls,), why=why + ", a base of which is not found")
    if not is_module:
        return Verdict("not_module", (cls,), why=why)
    return Verdict(
        "module", (cls,), _has_own_call(resolver, cls), why, _is_remote(resolver, cls)
    )


def _as_compiled(verdict: Verdict) -> Verdict:
    """Return the verdict on what ``torch.compile`` makes of an object.

    Its ``forward`` calls the object, whose hooks run.
    """
    return verdict._replace(is_proxy=True, why=f"compiled: {verdict.why}")


def _is_remote(resolver: Resolver, cls: AnyClass) -> bool:
    """Tell whether the ``forward`` of ``cls`` calls a Module in another process."""
    return any(
        isinstance(base, KnownClass)
        and base.dotted.startswith("torch.distributed.nn.")
        and base.name.endswith("RemoteModule")
        for base in mro.lineage(resolver, cls).classes
    )


def _has_own_call(resolver: Resolver, cls: AnyClass) -> bool:
    return call_definitions.has_own_call(resolver, cls) or _is_interface(cls)


def _chain(resolver: Resolver, cls: AnyClass) -> str:
    parts = []
    for base in mro.lineage(resolver, cls).classes:
        where = f" ({base.file.path})" if isinstance(base, SourceClass) else ""
        parts.append(base.name + where)
    return " -> ".join(parts)


def _is_interface(cls: AnyClass) -> bool:
    """Tell whether ``cls`` is a TorchScript interface, called by ``.forward``."""
    if isinstance(cls, KnownClass):
        return False
    return any(
        unparse(node).rpartition(".")[2] == "interface"
        for node in cls.node.decorator_list
    )
