"""FWD203: forward is misspelled or nested in another method."""

from __future__ import annotations

import ast
from string import ascii_lowercase

from flake8_forward.inference.values import SourceClass
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.index import TreeIndex
from flake8_forward.syntax.memo import memoized
from flake8_forward.syntax.shapes import decorators, first_parameter, is_declaration
from flake8_forward.syntax.tree import walk
from flake8_forward.syntax.unparsing import unparse
from flake8_forward.verdicts import call_definitions, inheritance

FORWARD = "forward"

_OTHER_KINDS = frozenset({
    "abstractmethod", "cached_property", "classmethod", "export", "getter", "overload",
    "property", "setter", "staticmethod",
})  # fmt: skip
"""Decorators, by their last name, of definitions that are not ordinary methods."""


def _misspellings() -> frozenset[str]:
    """Return the names that one typing mistake makes of ``forward``, in any case.

    A letter before or after it is not a mistake but another name (``qforward``).
    """
    cuts = [(FORWARD[:at], FORWARD[at:]) for at in range(len(FORWARD))]
    dropped = {left + right[1:] for left, right in cuts}
    swapped = {left + right[1::-1] + right[2:] for left, right in cuts}
    changed = {
        left + letter + right[1:] for left, right in cuts for letter in ascii_lowercase
    }
    added = {
        left + letter + right
        for left, right in cuts[1:]
        for letter in f"_{ascii_lowercase}"
    }
    doubled = {FORWARD + FORWARD[-1]}
    slips = (dropped | swapped | changed | added | doubled) - {
        FORWARD,
        FORWARD[0] + FORWARD,
    }
    return frozenset(slips).union(
        form for word in slips for form in (word.capitalize(), f"__{word}__")
    )


MISSPELLINGS = _misspellings()
"""Names that are never intended."""

VARIANTS = frozenset({"FORWARD", "Forward", "__forward__", "forwards"})
"""Names that may be intended in a class that inherits a ``forward``."""


class MisspelledForward(WordRule):
    """``forward`` misspelled, or nested in another method, in a Module without one.

    ``torch.nn.Module.__call__`` runs the method called ``forward`` and no other. With
    ``foward``, ``Forward`` or ``__forward__``, a call raises NotImplementedError. In a
    subclass of a Module that has a ``forward``, the inherited one silently runs
    instead. The same happens if wrong indentation makes ``forward`` a local function of
    ``__init__``.

    Exempt: names that the file uses (called, assigned or as a string); properties and
    static methods; stubs; methods that call the Module themselves; abstract classes;
    classes that define their own ``__call__``.

    Fix: name the method ``forward``, and indent it like the other methods.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.forward
    """

    code = "FWD203"
    definitions = MISSPELLINGS | VARIANTS | {FORWARD}

    def check(self, context: RuleContext) -> str | None:
        """Return the message for a definition that was meant to be the forward."""
        node = context.candidate.node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return None
        if node.name == FORWARD:
            return _nested(context, node)
        cls = context.defining_class
        if cls is None or not _may_lack_forward(context, cls.node, node):
            return None
        if not _is_plain(node) or _calls_module(node):
            return None
        if not _is_called_by_torch(context, cls):
            return None
        if not _is_unused(context, cls, node.name):
            return None
        return (
            f"'{node.name}' is not 'forward': calling the Module {cls.name} "
            f"{_instead(context, cls)}; rename it to 'forward'"
        )


def _nested(
    context: RuleContext, node: ast.FunctionDef | ast.AsyncFunctionDef
) -> str | None:
    """Return the message for a ``forward`` that is local to a method and unused."""
    chain = context.candidate.chain
    while chain is not None and not isinstance(chain[0], ast.FunctionDef):
        if isinstance(chain[0], (ast.ClassDef, ast.AsyncFunctionDef)):
            return None
        chain = chain[1]
    if chain is None or chain[1] is None:
        return None
    method, (owner, _) = chain[0], chain[1]
    assert isinstance(method, ast.FunctionDef)
    if not isinstance(owner, ast.ClassDef) or node.decorator_list:
        return None
    if first_parameter(node) is None or first_parameter(node) != first_parameter(
        method
    ):
        return None
    index = context.file.index(method)
    uses_it = index.says(FORWARD) or index.says("locals")
    if uses_it or not _may_lack_forward(context, owner, node):
        return None
    cls = context.owner
    if cls is None or not _is_called_by_torch(context, cls):
        return None
    return (
        f"'forward' is local to '{method.name}' and unused: calling the Module "
        f"{cls.name} {_instead(context, cls)}; indent it as a method"
    )


def _may_lack_forward(
    context: RuleContext, owner: ast.ClassDef, meant: ast.AST
) -> bool:
    """Tell whether nothing in the class but ``meant`` defines or mentions a forward.

    An abstract class leaves that to its subclasses.
    """
    forwards = _forwards(context.file.index(owner))
    return bool(owner.bases) and all(node is meant for node in forwards)


@memoized
def _forwards(owner: TreeIndex) -> list[ast.AST]:
    """Return what defines or mentions a forward, or shows that the class is abstract."""
    found: list[ast.AST] = []
    for node in walk(owner.root):
        name = getattr(node, "name", None) or getattr(node, "value", None)
        word = getattr(node, "id", None) or getattr(node, "attr", None)
        stored = isinstance(getattr(node, "ctx", None), ast.Store)
        if name == FORWARD or (word == FORWARD and stored) or word == "abstractmethod":
            found.append(node)
    return found


def _is_plain(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether the definition is a method with a body."""

    kinds = {name.rpartition(".")[2] for name in decorators(node)}
    return kinds.isdisjoint(_OTHER_KINDS) and not is_declaration(node)


def _calls_module(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    """Tell whether the method calls its own Module: it is a helper around forward."""
    me = first_parameter(node)
    return any(
        isinstance(part, ast.Call)
        and unparse(part.func) in (me, f"{me}.{FORWARD}", f"{me}.__call__")
        for part in walk(node)
    )


def _is_unused(context: RuleContext, cls: SourceClass, word: str) -> bool:
    """Tell whether neither the file nor the bases have a use for the name ``word``."""
    classes = inheritance.source_classes(context.resolver, cls)
    if classes is None or any(word in base.scope.graph.locals for base in classes[1:]):
        return False
    if (
        word in VARIANTS
        and inheritance.definer(context.resolver, cls, FORWARD) is not None
    ):
        return False
    return not any(base.file.index().says(word) for base in classes)


def _is_called_by_torch(context: RuleContext, cls: SourceClass) -> bool:
    """Tell whether ``cls`` is a Module that does not define its own ``__call__``."""
    return context.is_module(cls) and not call_definitions.has_own_call(
        context.resolver, cls
    )


def _instead(context: RuleContext, cls: SourceClass) -> str:
    """Return what calling an instance does, as a part of the message."""
    base = inheritance.definer(context.resolver, cls, FORWARD)
    if base is None:
        return "raises NotImplementedError"
    return f"runs the forward of {base.name}"
