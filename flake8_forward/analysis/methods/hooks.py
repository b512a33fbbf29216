"""Forward hooks: what is registered as one, and what is written to be one."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from typing import TypeGuard

from flake8_forward.analysis.methods.registrations import (
    REGISTRATION,
    Registered,
    ancestry_of,
    hooks_of,
    registers,
)
from flake8_forward.flow.lookup import scope_at
from flake8_forward.inference.unions import alternatives
from flake8_forward.lint.context import RuleContext
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.tree import FUNCTIONS, FunctionNode

_INPUTS = re.compile(r"_*(module_?|hook_?)?(in|inp|input|inputs|args|arguments)_*\d*")
_MODULE = re.compile(r"_*(layer|m|mod|module)_*")
_OUTPUTS = re.compile(
    r"_*(module_?|hook_?)?(out|outp|output|outputs|result|results)_*\d*"
)
_CALLABLE = (*FUNCTIONS, ast.Lambda)


def in_hook(context: RuleContext) -> bool:
    """Tell whether the word stands in a forward hook, where calling would recurse.

    Or in a function that a hook of the same file hands its Module. Other files of the
    project are asked last: that takes a search through their text.
    """
    if _is_registered_here(context):
        return True
    places = [context.ancestry, *_helped(context)]
    own = hooks_of(context.resolver, context.file)
    return (
        any(_is_hook(own, place) for place in places)
        or any(_is_written_as_hook(context.file, place) for place in places)
        or any(_is_hook(other, place) for other in _others(context) for place in places)
    )


def _is_hook(registered: Registered, ancestry: Sequence[ast.AST]) -> bool:
    """Tell whether a function around the last node is registered, or made for it."""
    return any(
        registered.has(node) or (below > 0 and registered.has_maker(node))
        for below, node in enumerate(reversed(_around(ancestry)))
    )


def _is_written_as_hook(file: SourceFile, ancestry: Sequence[ast.AST]) -> bool:
    return any(
        _has_hook_signature(node) and _may_be_hook(file, ancestry, node)
        for node in _around(ancestry)
    )


def _around(ancestry: Sequence[ast.AST]) -> list[ast.AST]:
    """Return the functions and lambdas around the last node, outermost first."""
    return [node for node in ancestry[:-1] if isinstance(node, _CALLABLE)]


def _helped(context: RuleContext) -> Iterator[list[ast.AST]]:
    """Yield the calls in this file that hand a function around the word a Module.

    The Module is the first parameter of the function that calls.
    """
    known: dict[FunctionNode, list[list[ast.AST]]]
    known = context.file.brief.answers(_helped)
    for function in _named_around(context):
        if function not in known:
            known[function] = [
                ancestry
                for ancestry in _calls_by_name(context.file, function)
                if _hands_module(ancestry) and _calls(context, ancestry, function)
            ]
        yield from known[function]


def _calls_by_name(file: SourceFile, function: FunctionNode) -> Iterator[list[ast.AST]]:
    index = file.index()
    above = index.parents[function]
    found: Sequence[ast.expr] = index.names(function.name)
    if isinstance(above, ast.ClassDef):
        found = index.by_owner.get((function.name, above.name), [])
    for node in found:
        call = index.parents[node]
        if isinstance(call, ast.Call) and call.func is node:
            yield ancestry_of(file, call)


def _hands_module(ancestry: Sequence[ast.AST]) -> bool:
    callers = [node for node in _around(ancestry) if isinstance(node, FUNCTIONS)]
    args = getattr(ancestry[-1], "args", ())
    given = {item.id for item in args if isinstance(item, ast.Name)}
    return bool(callers) and not given.isdisjoint(_parameters(callers[-1])[:1])


def _calls(
    context: RuleContext, ancestry: Sequence[ast.AST], function: FunctionNode
) -> bool:
    """Tell whether the call at the end of ``ancestry`` is one of ``function``."""
    call = ancestry[-1]
    assert isinstance(call, ast.Call)
    _, flow = scope_at(context.file, ancestry)
    found = alternatives(context.evaluate(call.func, flow))
    return any(getattr(value, "node", None) is function for value in found)


def _others(context: RuleContext) -> Iterator[Registered]:
    """Yield what other files register that name a function around the word there."""
    names = [function.name for function in _named_around(context)]
    if not names:
        return
    word = rf"\b(?:{'|'.join(names)})\b"
    near = rf"{REGISTRATION.pattern}\s*\((?s:.{{0,200}}?){word}|{word}\s+as\b"
    mentions = re.compile(near.encode())
    project = context.resolver.project
    search = project.search()
    for path in search.matching(REGISTRATION.pattern, "register_"):
        if path != context.file.path and mentions.search(search.text(path)):
            file = project.file(path)
            if file is not None:
                yield hooks_of(context.resolver, file)


def _named_around(context: RuleContext) -> list[FunctionNode]:
    return [node for node in _around(context.ancestry) if isinstance(node, FUNCTIONS)]


def _is_registered_here(context: RuleContext) -> bool:
    """Tell whether the word is part of what a registration that it is in will call."""
    ancestry = context.ancestry
    for depth, node in enumerate(ancestry[:-1]):
        if registers(node) and ancestry[depth + 1] is not node.func:
            below = ancestry[depth + 1 :]
            return not context.is_called or any(
                isinstance(n, ast.Lambda) for n in below
            )
    return False


def _has_hook_signature(node: ast.AST) -> TypeGuard[FunctionNode]:
    """Tell whether the parameters are those of a hook: module, inputs, outputs."""
    if not isinstance(node, FUNCTIONS):
        return False
    names = _parameters(node)
    return (
        len(names) in (3, 4)
        and _INPUTS.fullmatch(names[1]) is not None
        and _OUTPUTS.fullmatch(names[-1]) is not None
    )


def _parameters(function: FunctionNode) -> list[str]:
    """Return the names of the parameters that a caller gives by position."""
    names = [arg.arg for arg in (*function.args.posonlyargs, *function.args.args)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def _may_be_hook(
    file: SourceFile, ancestry: Sequence[ast.AST], function: FunctionNode
) -> bool:
    """Tell whether ``function`` may be registered where that cannot be seen.

    It may if a name around it says that it is a hook, if it makes an object one, or if
    it is handed on. If the file does not mention it, its first parameter decides.
    """
    around = ancestry[: ancestry.index(function) + 1]
    names = [getattr(node, "name", None) for node in around]
    if any("hook" in name.lower() for name in names if isinstance(name, str)):
        return True
    known: dict[FunctionNode, bool] = file.brief.answers(_may_be_hook)
    if function not in known:
        known[function] = _may_be_handed_on(file, function)
    return known[function]


def _may_be_handed_on(file: SourceFile, function: FunctionNode) -> bool:
    """Tell whether ``function`` is used as an object, or may be one in other files."""
    index = file.index()
    found = [*index.names(function.name), *index.attributes(function.name)]
    if not found:
        is_object = function.name == "__call__"
        return is_object or _MODULE.fullmatch(_parameters(function)[0]) is not None
    return any(getattr(index.parents[node], "func", None) is not node for node in found)
