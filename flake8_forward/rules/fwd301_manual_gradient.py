"""FWD301: forward assigns gradients."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_forward.concrete.report import Report
from flake8_forward.flow.states import Scope
from flake8_forward.inference.values import SourceClass
from flake8_forward.knowledge.vocabulary import MAYBE_ITSELF, VALUE_KEEPING
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.body import Body
from flake8_forward.syntax.shapes import first_parameter, is_name
from flake8_forward.syntax.tree import FunctionNode, walk
from flake8_forward.syntax.unparsing import unparse
from flake8_forward.verdicts import inheritance


class ManualGradient(WordRule):
    """Manual gradient assignment in ``forward``: ``t.grad = …`` in any of its forms.

    autograd computes gradients in the backward pass; ``forward`` only defines the
    computation. On a tensor that is not a leaf, the assigned value is ignored. On a
    leaf, the real gradient is added to it. Assigning None discards accumulated
    gradients.

    Exempt: attributes called ``grad`` of the Module or of the project's own classes;
    ``autograd.Function``; ``retain_grad()``; hooks; moving a gradient to the device of
    its tensor; everything outside ``forward``.

    Fix: use ``tensor.register_hook(...)`` or a ``torch.autograd.Function``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.Tensor.grad.html
    """

    code = "FWD301"
    attributes = frozenset({"grad"})
    strings = frozenset({"grad"})

    def check(self, context: RuleContext) -> Report | str | None:
        """Return the report if a gradient is written in a Module's forward."""
        tensor = _written(context)
        if tensor is None or not _in_forward(context):
            return None
        if _is_self(context, tensor) or context.is_object(tensor) or _is_moved(context):
            return None
        node, text = context.candidate.node, f"{context.code(tensor)}.grad"
        if isinstance(node, ast.Attribute):
            return Report(node, _message, quoted=node, unparsed=text)
        return _message(text)


def _message(text: str) -> str:
    return (
        f"'{text}' is set in forward, where autograd ignores it or adds to it; "
        "use 'register_hook' or a custom autograd.Function"
    )


def _written(context: RuleContext) -> ast.expr | None:
    """Return the tensor whose gradient is written here."""
    node = context.candidate.node
    if isinstance(node, ast.Constant):
        return _set_by_name(context)
    if not isinstance(node, ast.Attribute):
        return None
    statement = context.ancestry[-2]
    if isinstance(statement, ast.AnnAssign) and statement.value is None:
        return None  # an annotation without a value assigns nothing
    written = isinstance(node.ctx, (ast.Store, ast.Del)) or _through(context)
    return node.value if written else None


def _set_by_name(context: RuleContext) -> ast.expr | None:
    """Return the tensor of ``setattr(t, "grad", …)`` or ``delattr(t, "grad")``."""
    call = context.ancestry[-2]
    if (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id in ("setattr", "delattr")
        and len(call.args) > 1
        and call.args[1] is context.candidate.node
    ):
        return call.args[0]
    return None


def _is_self(context: RuleContext, tensor: ast.expr) -> bool:
    """Tell whether ``.grad`` is an attribute of the Module itself."""
    return is_name(tensor, context.self_name)


def _through(context: RuleContext) -> bool:
    """Tell whether the gradient is changed in place: by ``[...]``, ``.data``, a method."""
    above = list(reversed(context.ancestry[:-1]))
    for index, node in enumerate(above):
        if isinstance(node, ast.Subscript) and node.value in context.ancestry:
            if isinstance(node.ctx, (ast.Store, ast.Del)):
                return True
        elif isinstance(node, ast.Attribute):
            if isinstance(node.ctx, (ast.Store, ast.Del)):
                return node.attr == "data"
            call = above[index + 1]
            if isinstance(call, ast.Call) and call.func is node:
                return _is_in_place(node.attr)
            if node.attr != "data":
                return False
        else:
            return False
    return False


def _is_in_place(method: str) -> bool:
    """Tell whether ``method`` of a tensor changes its values, by torch's convention."""
    return (
        method.endswith("_")
        and not method.endswith("__")
        and method not in VALUE_KEEPING
    )


def _in_forward(context: RuleContext) -> bool:
    """Tell whether the word stands in a Module's forward, or in what it calls on self.

    A helper that runs a backward pass of its own is training code.
    """
    if (
        context.method is None
        or context.owner is None
        or not context.is_module(context.owner)
    ):
        return False
    if not all(
        _is_run(context.method, scope.name) for scope in context.inner_functions
    ):
        return False  # a hook, which runs in the backward pass
    if any(isinstance(node, ast.Lambda) for node in context.ancestry):
        return False
    if context.in_forward:
        return True
    return _is_run_by_forward(context, context.owner) and not _trains(context.method)


def _is_run(method: Scope, name: str) -> bool:
    """Tell whether ``method`` itself calls the nested function ``name``."""
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == name
        for node in walk(method.node)
    )


def _trains(method: Scope) -> bool:
    return any(
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("backward", "step")
        for node in walk(method.node)
    )


def _is_run_by_forward(context: RuleContext, cls: SourceClass) -> bool:
    """Tell whether the forward of ``cls`` plainly runs the method around the word.

    It does by ``self.<name>(...)``, or by a method that does so in its turn.
    """
    assert context.method is not None
    found: set[str] = set()
    work = ["forward"]
    while work:
        name = work.pop()
        method = inheritance.method(context.resolver, cls, name)
        if method is None or name in found:
            continue
        if method is context.method.node:
            return True
        found.add(name)
        work += _called_on_self(method)
    return False


def _called_on_self(method: FunctionNode) -> Iterator[str]:
    """Yield the names in the calls ``self.<name>(...)`` that ``method`` itself makes."""
    me = first_parameter(method)
    for node in Body(method, None).nodes(ast.Call):
        if isinstance(node.func, ast.Attribute) and is_name(node.func.value, me):
            yield node.func.attr


def _is_moved(context: RuleContext) -> bool:
    """Tell whether a gradient only follows its tensor: ``t.grad = t.grad.to(device)``."""
    assignment = context.ancestry[-2]
    if not isinstance(assignment, ast.Assign) or len(assignment.targets) != 1:
        return False
    call = assignment.value
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in MAYBE_ITSELF
        and unparse(call.func.value) == unparse(assignment.targets[0])
    )
