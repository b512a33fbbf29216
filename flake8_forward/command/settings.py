"""What the user asks of the command: arguments and configuration, checked.

The options of the plugin, and those of flake8's that make sense here, are read by
flake8's own machinery: the same names and meaning, from the same files.
"""

from __future__ import annotations

import argparse
import configparser
import os
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, NoReturn

from flake8 import defaults
from flake8.exceptions import ExecutionError
from flake8.options import aggregator
from flake8.options.manager import OptionManager

from flake8_forward.command import NAME, UsageError, configuration
from flake8_forward.command.configuration import CODES, FLAKE8_CODES, PER_FILE
from flake8_forward.plugin import Plugin
from flake8_forward.requirements import check_flake8, check_libcst

FORMATS = ("text", "json", "github", "sarif")

_ASKED_BY_FLAKE8 = {
    "hang_closing": False,
    "indent_size": defaults.INDENT_SIZE,
    "max_doc_length": None,
    "max_line_length": defaults.MAX_LINE_LENGTH,
    "verbose": 0,
    "enable_extensions": None,
    "extended_default_select": ["FWD", *FLAKE8_CODES],
}


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Return the options in ``arguments`` and in the configuration.

    Raise UsageError for what is wrong in either.
    """
    try:
        check_flake8()
        check_libcst()
        manager = _manager()
        given = manager.parse_args(arguments)
        for name in (*CODES, PER_FILE):
            value = getattr(given, name.replace("-", "_")) or ""
            configuration.check_codes(f"--{name}", name, value)
        cfg, folder = configuration.read(given.config, given.isolated, manager)
        options: argparse.Namespace = aggregator.aggregate_options(
            manager, cfg, folder, arguments
        )
        for name, setting in _ASKED_BY_FLAKE8.items():
            setattr(options, name, setting)
        configuration.mapped(PER_FILE, options.per_file_ignores)
        Plugin.parse_options(options)
    except (ExecutionError, ValueError, configparser.Error) as error:
        raise UsageError(" ".join(str(error).split())) from None
    return options


def _refuse(message: str) -> NoReturn:
    raise UsageError(message)


def _manager() -> OptionManager:
    versions = ", ".join(f"{name}: {version(name)}" for name in ("flake8", "libcst"))
    manager = OptionManager(
        version=version(NAME), plugin_versions=versions, parents=[], formatter_names=[]
    )
    manager.parser.prog = NAME
    manager.parser.error = _refuse
    manager.parser.usage = "%(prog)s [options] [path ...]"
    manager.parser.description = (
        "Find the pitfalls of torch.nn.Module's forward in files and folders, by "
        "default in the working folder. Exit status: 0 clean, 1 findings, 2 mistakes "
        "in arguments or configuration."
    )
    manager.parser.epilog = f"Documentation of a rule: {NAME} --explain FWD101"
    _add_actions(manager.parser)
    _add_flake8s(manager)
    Plugin.add_options(manager)
    return manager


def _add_actions(parser: argparse.ArgumentParser) -> None:
    def add(*names: str, **details: Any) -> None:
        parser.add_argument(*names, **details)

    add("--fix", action="store_true", help="mend what can be mended safely")
    add(
        "--unsafe-fixes",
        action="store_true",
        help="mend also what may change behaviour that is relied on",
    )
    add("--diff", action="store_true", help="show what would be mended, write nothing")
    add("--add-noqa", action="store_true", help="silence all findings by comments")
    add("--format", choices=FORMATS, default="text", help="default: %(default)s")
    add("--statistics", action="store_true", help="count the findings of each code")
    add("--explain", metavar="CODE", help="show the page of a rule")
    add("--list-rules", action="store_true", help="list all codes")
    add("--stdin-display-name", default="stdin", metavar="PATH", help="what '-' is")
    add("--jobs", "-j", type=_jobs, default=os.cpu_count() or 1, metavar="N")
    add("--color", choices=("auto", "always", "never"), default="auto")
    add("--config", metavar="FILE", help="read this configuration and no other")
    add("--isolated", action="store_true", help="read no configuration")


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of processes")
    return int(text)


def _add_flake8s(manager: OptionManager) -> None:
    """Add the options that flake8 has too, and that count for both."""

    def add(name: str, text: str, **details: Any) -> None:
        manager.add_option(
            f"--{name}", parse_from_config=True, help=text, **{**_LIST, **details}
        )

    add("select", "codes to report, and no others", default=None)
    add("ignore", "codes not to report", default=None)
    add("extend-select", "further codes to report")
    add("extend-ignore", "further codes not to report")
    add(
        "exclude",
        "files and folders to leave out (default: %(default)s)",
        default=",".join(defaults.EXCLUDE),
        normalize_paths=True,
    )
    add("extend-exclude", "further ones to leave out", default="", normalize_paths=True)
    manager.add_option(
        f"--{PER_FILE}",
        default="",
        parse_from_config=True,
        metavar="MAPPING",
        help="pairs of a pattern and codes: 'tests/*:FWD101'",
    )
    manager.add_option(
        "--disable-noqa",
        default=False,
        action="store_true",
        parse_from_config=True,
        help="report also what comments silence",
    )


_LIST: dict[str, Any] = {"comma_separated_list": True, "metavar": "LIST"}
