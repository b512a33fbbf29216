"""FWD101: forward of a Module is called directly."""

from __future__ import annotations

import ast

from flake8_forward.analysis.methods import exemptions, stored_forward
from flake8_forward.concrete.report import Report
from flake8_forward.concrete.rewriting import Fix, without_attribute
from flake8_forward.lint.context import RuleContext
from flake8_forward.lint.rule import WordRule
from flake8_forward.syntax.shapes import is_name
from flake8_forward.verdicts.safety import is_safe


class DirectForward(WordRule):
    """Direct ``.forward(...)`` call on an object proven to be a Module.

    ``module(x)`` runs ``__call__``, which runs the hooks and ``forward``. A direct call
    silently skips the hooks, and with them everything that works through hooks
    (pruning, spectral norm, lazy modules, FSDP) or through the call itself
    (``module.compile()``). So do ``step = module.forward`` if ``step`` is only called,
    and ``getattr(module, "forward")(x)``.

    Exempt: ``super().forward(...)`` and unbound ``Base.forward(self, x)``; a
    ``forward`` that calls itself; calls in ``__call__``, ``_call_impl`` and forward
    hooks; classes that define their own ``__call__``; TorchScript interfaces; what
    ``torch.compile(...)`` returns, whose ``forward`` calls the module it was given;
    proxies of ``torch.distributed``; receivers that are not proven to be Modules.

    Fix: call the object itself, ``module(x)``. Automatic, and safe where the class of
    the object is known or declared: neither that class nor one in reach that is derived
    from it defines ``__call__``, or an ``__init__`` that does not run Module's. That of a
    stored ``forward`` is not safe: it may be replaced meanwhile. A string or a
    ``forward`` that is kept as an attribute is fixed by hand.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.forward
    """

    code = "FWD101"
    attributes = frozenset({"forward"})
    strings = frozenset({"forward"})

    def check(self, context: RuleContext) -> Report | None:
        """Return the report if the receiver of the call is proven a Module."""
        node = context.candidate.node
        if not isinstance(node, ast.Attribute) or not context.is_called:
            return _indirect(context)
        if is_name(node.value, context.self_name):
            return None  # reported by FWD102
        verdict = context.receiver(node.value)
        if not verdict.skips_hooks or exemptions.is_exempt(context):
            return None
        return Report(
            node,
            lambda receiver: (
                f"'{receiver}.forward(...)' skips the hooks of {verdict.noun}; "
                f"call '{receiver}(...)'"
            ),
            quoted=node.value,
            fix=lambda: Fix(
                (without_attribute(node),),
                is_safe(context.resolver, verdict, context.file),
            ),
        )


def _indirect(context: RuleContext) -> Report | None:
    """Return the report if a proven Module's forward is stored, or got by its name."""
    node = context.candidate.node
    kept = stored_forward.stored(context)
    receiver = kept.forward.value if kept else stored_forward.by_name(context)
    if receiver is None or is_name(receiver, context.self_name):
        return None
    verdict = context.receiver(receiver)
    if not verdict.skips_hooks or exemptions.is_exempt(context):
        return None
    skipped = f"skips the hooks of {verdict.noun}"
    if kept is None:
        return Report(
            node, f"'forward' got by its name and called {skipped}; call the Module"
        )
    return Report(
        node,
        lambda code: (
            f"'{code}.forward' called as '{kept.name}(...)' {skipped}; use '{code}'"
        ),
        quoted=receiver,
        fix=lambda: (
            Fix((without_attribute(kept.forward),), is_safe=False)
            if kept.is_local
            else None
        ),
    )
