"""FWD213: an attribute has the name of a Module's method."""

from __future__ import annotations

import ast

from flake8_forward.analysis.methods.attributes import hides_method, is_data
from flake8_forward.knowledge.vocabulary import REGISTERED, SHADOWABLE
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.shapes import is_name
from flake8_forward.syntax.unparsing import unparse


class ShadowedMethod(WordRule):
    """Attribute of a Module that has the name of one of its methods.

    ``self.train = True`` hides the method ``train``. Whoever calls it, as ``eval()``
    and every enclosing Module do, gets ``TypeError: 'bool' object is not callable``.
    ``self.cuda = False`` breaks ``net.cuda()``, ``self.children = []`` breaks ``to()``
    and ``train()``, ``self.parameters = []`` breaks the optimizer.

    A Module is stored in ``_modules`` instead, where the class's method hides it: after
    ``self.modules = nn.ModuleList(...)``, ``self.modules`` is still the method.
    Assigning a Parameter to such a name raises KeyError.

    Exempt: functions; methods of other Modules; None and values of unknown type; the
    name ``type``; classes that define a property or an attribute of that name, or their
    own ``__setattr__``.

    Fix: choose another name, such as ``is_training`` or ``layers``.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html
    """

    code = "FWD213"
    stores = SHADOWABLE

    def check(self, context: RuleContext) -> str | None:
        """Return the message if what is assigned is proven to hide or be hidden."""
        node = context.candidate.node
        value = context.assigned
        if not isinstance(node, ast.Attribute) or value is None:
            return None
        if not _is_in_module(context, node) and not _is_of_module(context, node):
            return None
        harm = _harm(context, node.attr, value)
        return f"'{unparse(node)}' {harm}; choose another name" if harm else None


def _is_in_module(context: RuleContext, node: ast.Attribute) -> bool:
    """Tell whether ``node`` is an attribute of ``self`` that hides a method."""
    if not isinstance(node.value, ast.Name) or node.value.id != context.self_name:
        return False
    if context.owner is None or not context.has_self or context.inner_functions:
        return False
    return context.is_module(context.owner) and hides_method(
        context, context.owner, node.attr
    )


def _is_of_module(context: RuleContext, node: ast.Attribute) -> bool:
    """Tell whether ``node`` is one of another Module, as in ``model.train = False``."""
    if is_name(node.value, context.self_name):
        return False
    verdict = context.receiver(node.value)
    if verdict.state != "module" or verdict.cls is None:
        return False
    return hides_method(context, verdict.cls, node.attr)


def _harm(context: RuleContext, name: str, value: ast.expr) -> str | None:
    """Return what is wrong with the assignment of ``value``; None if nothing is."""
    if is_data(context, value):
        return f"hides the method '{name}' of Module: calling it raises TypeError"
    if isinstance(value, ast.Call) and context.library_name(value.func) in REGISTERED:
        return "has the name of a method of Module: assigning it raises KeyError"
    if context.receiver(value).state == "module":
        return f"is still the method '{name}' of Module, which hides the assigned value"
    return None
