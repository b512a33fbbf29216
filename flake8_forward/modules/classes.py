"""Classes: their bases in order, whether they are Modules, what tests on them say."""

from __future__ import annotations

import ast
import builtins
import sys

from flake8_forward.modules import expressions
from flake8_forward.modules.files import Project
from flake8_forward.modules.flow import Flow
from flake8_forward.modules.knowledge_base import MODULE, MODULE_KINDS, OBJECT
from flake8_forward.modules.types import (
    Alias,
    AnyClass,
    ClassObject,
    External,
    Instance,
    KnownClass,
    Lineage,
    SourceClass,
    Type,
    Wrapped,
    options,
)


def builtin_class(name: str) -> KnownClass:
    """Return the builtin class called ``name``."""
    return KnownClass(f"builtins.{name}", "class")


def standard(project: Project, dotted: str) -> Type:
    """Return what ``dotted`` of a module that is not on disk is, as far as known."""
    module, _, name = dotted.rpartition(".")
    if module == "builtins":
        if isinstance(getattr(builtins, name, None), type):
            return ClassObject(KnownClass(dotted, "class"))
        return External(dotted)
    return project.knowledge.value(dotted)


def class_at(node: ast.ClassDef, flow: Flow) -> SourceClass:
    """Return the class defined by ``node`` at ``flow``, one object per definition."""
    file = flow.scope.file
    if id(node) not in file.classes:
        file.classes[id(node)] = SourceClass(flow.scope.child(node, flow), flow)
    return file.classes[id(node)]


def lineage(project: Project, cls: AnyClass) -> Lineage:
    """Return ``cls`` and its bases in Python's method resolution order."""
    if isinstance(cls, KnownClass):
        return _known_lineage(cls)
    if cls.lineage is None:
        override = _override(project, cls.dotted)
        if override is not None:
            cls.lineage = Lineage((cls, *_known_lineage(override).classes), True)
            return cls.lineage
        # While the bases are looked up, a class that inherits from itself sees this.
        cls.lineage = Lineage((cls,), False)
        cuts = project.cuts
        found = _linearised(project, cls)
        cls.lineage = found if cuts == project.cuts else None
        return found
    return cls.lineage


def _known_lineage(cls: KnownClass) -> Lineage:
    if cls.kind in MODULE_KINDS and cls != MODULE:
        return Lineage((cls, MODULE), True)
    return Lineage((cls,), True)


def _override(project: Project, dotted: str) -> KnownClass | None:
    """Return what the user said of the class ``dotted``, if anything."""
    told = project.options
    if dotted in told.not_modules:
        return OBJECT
    if dotted in told.own_call:
        return KnownClass(dotted, "custom_call")
    if dotted in told.module_bases:
        return MODULE
    return None


def _linearised(project: Project, cls: SourceClass) -> Lineage:
    direct = [_base(project, node, cls.flow) for node in cls.node.bases]
    known = [base for base in direct if base is not None and base is not cls]
    lines = [lineage(project, base) for base in known]
    complete = len(known) == len(direct) and all(line.complete for line in lines)
    merged = _merge([list(line.classes) for line in lines] + [list(known)])
    return Lineage((cls, *(base for base in merged if base is not cls)), complete)


def _merge(lines: list[list[AnyClass]]) -> list[AnyClass]:
    """Merge linearisations as C3 does; where it has no answer, keep them in order."""
    merged: list[AnyClass] = []
    lines = [line for line in lines if line]
    while lines:
        head = next(
            (
                line[0]
                for line in lines
                if not any(line[0] in other[1:] for other in lines)
            ),
            lines[0][0],
        )
        merged.append(head)
        lines = [[cls for cls in line if cls != head] for line in lines]
        lines = [line for line in lines if line]
    return merged


def _base(project: Project, node: ast.expr, flow: Flow) -> AnyClass | None:
    """Return the class that the base expression ``node`` stands for."""
    found: list[AnyClass] = []
    for option in options(expressions.evaluate(project, node, flow)):
        cls = _as_base(project, option)
        if cls is not None:
            found.append(cls)
    # Of several (an import and its fallback) the one that is a Module counts.
    for cls in found:
        if is_module(project, cls):
            return cls
    return found[0] if found else None


def _as_base(project: Project, value: Type) -> AnyClass | None:
    if isinstance(value, ClassObject):
        return value.cls
    if isinstance(value, Wrapped):
        return value.cls
    if isinstance(value, Alias):  # Generic[T], Protocol[T], a typing construct
        return builtin_class("object")
    if isinstance(value, External):
        override = _override(project, value.dotted)
        if override is not None:
            return override
        if value.dotted.partition(".")[0] in sys.stdlib_module_names:
            return KnownClass(value.dotted, "class")
        if value.dotted.startswith("typing_extensions."):
            return KnownClass(value.dotted, "class")
    return None


def is_module(project: Project, cls: AnyClass) -> bool | None:
    """Tell whether ``cls`` is a subclass of torch.nn.Module; None if that is open."""
    line = lineage(project, cls)
    if any(base == MODULE for base in line.classes):
        return True
    return False if line.complete else None


def container_kind(project: Project, cls: AnyClass) -> str | None:
    """Return "list", "dict" or "sequential" for Modules that hold Modules."""
    for base in lineage(project, cls).classes:
        if isinstance(base, KnownClass) and base.kind in ("list", "dict", "sequential"):
            return base.kind
    return None


def inherits(project: Project, cls: AnyClass, dotted: str) -> bool:
    """Tell whether a class known as ``dotted`` is among the bases of ``cls``."""
    return any(
        isinstance(base, KnownClass) and base.dotted == dotted
        for base in lineage(project, cls).classes
    )


def tested(project: Project, node: ast.expr, flow: Flow) -> list[AnyClass]:
    """Return the classes that an isinstance test names, none if one is unknown."""
    nodes = node.elts if isinstance(node, ast.Tuple) else [node]
    found: list[AnyClass] = []
    for item in nodes:
        value = expressions.evaluate(project, item, flow)
        classes = [
            option.cls for option in options(value) if isinstance(option, ClassObject)
        ]
        if not classes:
            return []
        found += classes
    return found


def instance_of(project: Project, value: Type, wanted: list[AnyClass]) -> bool | None:
    """Tell whether ``value`` is an instance of one of ``wanted``; None if open."""
    if not isinstance(value, Instance):
        return None
    line = lineage(project, value.cls)
    if any(cls in line.classes for cls in wanted):
        return True
    # A value declared by a base class may be of any subclass.
    if any(value.cls in lineage(project, cls).classes for cls in wanted):
        return None
    return False if line.complete and not _is_opaque(value) else None


def _is_opaque(value: Instance) -> bool:
    return value.cls == MODULE or value.cls == OBJECT
