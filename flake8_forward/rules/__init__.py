"""The rules, one file each: found by the names of their files, imported when needed.

Most files contain no trigger word and need none of them.
"""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from flake8_forward.lint.rule import Rule


@cache
def modules() -> dict[str, str]:
    """Return the names of the rules' modules by code, in order.

    Raise TypeError if two have the same code.
    """
    found: dict[str, str] = {}
    for module in sorted(info.name for info in pkgutil.iter_modules(__path__)):
        code = module.partition("_")[0].upper()
        if code in found:
            raise TypeError(f"two rules claim {code}")
        found[code] = module
    return found


@cache
def rule(code: str) -> Rule:
    """Return the rule with ``code``.

    Raise TypeError if its module does not define one class, with that code.
    """
    module = importlib.import_module(f"{__name__}.{modules()[code]}")
    found = [
        value
        for value in vars(module).values()
        if isinstance(value, type)
        and issubclass(value, Rule)
        and value.__module__ == module.__name__
    ]
    if [cls.code for cls in found] != [code]:
        raise TypeError(f"{module.__name__} needs one rule, with the code {code}")
    return found[0]()


def all_rules() -> tuple[Rule, ...]:
    """Return every rule, by code."""
    return tuple(rule(code) for code in modules())
