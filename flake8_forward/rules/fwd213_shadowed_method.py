"""FWD213: an attribute has the name of a Module's method."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_forward.rule import WordRule
from flake8_forward.unparsing import unparse

if TYPE_CHECKING:
    from flake8_forward.context import Site

METHODS = frozenset({
    "add_module", "apply", "bfloat16", "buffers", "children", "compile", "cpu", "cuda",
    "double", "eval", "extra_repr", "float", "get_buffer", "get_parameter",
    "get_submodule", "half", "ipu", "load_state_dict", "modules", "named_buffers",
    "named_children", "named_modules", "named_parameters", "parameters",
    "register_buffer", "register_forward_hook", "register_forward_pre_hook",
    "register_full_backward_hook", "register_module", "register_parameter",
    "requires_grad_", "share_memory", "state_dict", "to", "to_empty", "train",
    "xpu", "zero_grad",
})  # fmt: skip
"""Methods that users or Module itself call by name, apart from ``type``."""

REGISTERED = frozenset({"torch.nn.Buffer", "torch.nn.Parameter"})
"""What Module registers, and refuses to under the name of a method."""


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
    stores = METHODS

    def check(self, site: Site) -> str | None:
        """Return the message if what is assigned is proven to hide or be hidden."""
        node = site.suspect.node
        value = site.assigned
        if not isinstance(node, ast.Attribute) or value is None:
            return None
        if not _is_in_module(site, node) and not _is_of_module(site, node):
            return None
        harm = _harm(site, node.attr, value)
        return f"'{unparse(node)}' {harm}; choose another name" if harm else None


def _is_in_module(site: Site, node: ast.Attribute) -> bool:
    """Tell whether ``node`` is an attribute of ``self`` that hides a method."""
    from flake8_forward.analysis.attributes import hides_method

    if not isinstance(node.value, ast.Name) or node.value.id != site.self_name:
        return False
    if site.owner is None or not site.has_self or site.inner_functions:
        return False
    return site.is_module(site.owner) and hides_method(site, site.owner, node.attr)


def _is_of_module(site: Site, node: ast.Attribute) -> bool:
    """Tell whether ``node`` is one of another Module, as in ``model.train = False``."""
    from flake8_forward.analysis.attributes import hides_method

    if isinstance(node.value, ast.Name) and node.value.id == site.self_name:
        return False
    verdict = site.receiver(node.value)
    if verdict.state != "module" or verdict.cls is None:
        return False
    return hides_method(site, verdict.cls, node.attr)


def _harm(site: Site, name: str, value: ast.expr) -> str | None:
    """Return what is wrong with the assignment of ``value``, None if nothing is."""
    from flake8_forward.analysis.attributes import is_data

    if is_data(site, value):
        return f"hides the method '{name}' of Module: calling it raises TypeError"
    if isinstance(value, ast.Call) and site.library_name(value.func) in REGISTERED:
        return "has the name of a method of Module: assigning it raises KeyError"
    if site.receiver(value).state == "module":
        return f"is still the method '{name}' of Module, which hides the assigned value"
    return None
