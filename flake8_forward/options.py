"""The plugin's options in flake8: their registration and validation."""

from __future__ import annotations

import os
from dataclasses import fields
from typing import TYPE_CHECKING

from flake8_forward.lint.gate import OFF_BY_DEFAULT
from flake8_forward.lint.triggers import TRIGGERS
from flake8_forward.project.options import Options

if TYPE_CHECKING:
    import argparse

    from flake8.options.manager import OptionManager

PREFIX = "forward"


def add_options(manager: OptionManager) -> None:
    """Register every field of Options with flake8."""
    for option in fields(Options):
        manager.add_option(
            f"--{PREFIX}-{option.name.replace('_', '-')}",
            default="",
            comma_separated_list=True,
            normalize_paths=bool(option.metadata["paths"]),
            parse_from_config=True,
            help=option.metadata["help"],
        )


def parse(namespace: argparse.Namespace) -> Options:
    """Return the options in ``namespace``; raise ExecutionError for invalid values."""
    values = {}
    for option in fields(Options):
        given = getattr(namespace, f"{PREFIX}_{option.name}", None) or []
        check = _check_folder if option.metadata["paths"] else _check_name
        for value in given:
            check(f"{PREFIX}-{option.name.replace('_', '-')}", value)
        values[option.name] = tuple(given)
    return Options(**values)


def _check_name(option: str, value: str) -> None:
    if not all(part.isidentifier() for part in value.split(".")):
        _refuse(f"{option}: '{value}' is not a qualified name such as 'package.Class'")


def _check_folder(option: str, value: str) -> None:
    if not os.path.isdir(value):
        _refuse(f"{option}: '{value}' is not a folder")


def _refuse(message: str) -> None:
    from flake8.exceptions import ExecutionError

    raise ExecutionError(message)


def enabled_codes(namespace: argparse.Namespace) -> list[str]:
    """Return the enabled codes, in order."""
    return [code for code in TRIGGERS if enabled(code, namespace)]


def enabled(code: str, namespace: argparse.Namespace) -> bool:
    """Tell whether ``code`` is enabled: codes that are off by default must be named.

    Selecting all of FWD does not enable them; ``FWD9`` or the code itself does.
    """
    if not code.startswith(OFF_BY_DEFAULT):
        return True
    named = [
        prefix
        for option in ("select", "extend_select", "enable_extensions")
        for prefix in getattr(namespace, option, None) or []
    ]
    return any(
        code.startswith(prefix) and prefix.startswith(OFF_BY_DEFAULT)
        for prefix in named
    )
