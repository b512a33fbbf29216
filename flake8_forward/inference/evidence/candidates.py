"""The classes of a project that an unknown object can be an instance of.

Only the project's own classes come into question for what its functions are passed and
its objects hold, unless a library or a compiled extension made it.
"""

from __future__ import annotations

import ast

from flake8_forward.flow.states import Flow
from flake8_forward.inference.evidence import arguments, rivals, usage
from flake8_forward.inference.evidence.sources import sources
from flake8_forward.inference.resolver import Resolver


def all_are_modules(
    resolver: Resolver, node: ast.expr, flow: Flow, call: ast.Call | None
) -> bool:
    """Tell whether every class whose ``forward`` can be meant is a Module.

    ``node`` is the object, and ``call`` the call of its ``forward`` if it is called.
    """
    given = arguments.of_call(call) if call is not None else None
    return (
        usage.is_telling(flow.scope.file)
        and rivals.has_modules(resolver, given)
        and rivals.rival(resolver, call=given) is None
        and not rivals.made(resolver)
        and "elsewhere" not in sources(resolver, node, flow)
    )
