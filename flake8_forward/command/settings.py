"""The options of the command, from arguments and configuration, validated.

flake8's own code reads the plugin's options, and those of flake8's options that apply
here: they have the same names and meaning, and come from the same files.
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

    Raise UsageError if either is invalid.
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
        "Report pitfalls around torch.nn.Module.forward in files and folders, by "
        "default in the working folder. Exit status: 0 no findings, 1 findings, 2 "
        "invalid arguments or configuration."
    )
    manager.parser.epilog = f"Documentation of a rule: {NAME} --explain FWD101"
    _add_actions(manager.parser)
    _add_flake8s(manager)
    Plugin.add_options(manager)
    return manager


def _add_actions(parser: argparse.ArgumentParser) -> None:
    def add(*names: str, **details: Any) -> None:
        parser.add_argument(*names, **details)

    add("--fix", action="store_true", help="apply safe fixes")
    add(
        "--unsafe-fixes",
        action="store_true",
        help="also apply fixes that may change behaviour your code relies on",
    )
    add("--diff", action="store_true", help="show fixes without applying them")
    add("--add-noqa", action="store_true", help="add noqa comments to all findings")
    text = "format of the output (default: %(default)s)"
    add("--format", choices=FORMATS, default="text", help=text)
    add("--statistics", action="store_true", help="count the findings of each code")
    add("--explain", metavar="CODE", help="show the documentation of a rule")
    add("--list-rules", action="store_true", help="list all rules")
    text = "path of the file on standard input, which is given as '-'"
    add("--stdin-display-name", default="stdin", metavar="PATH", help=text)
    jobs, text = os.cpu_count() or 1, "number of processes (default: %(default)s)"
    add("--jobs", "-j", type=_jobs, default=jobs, metavar="N", help=text)
    text = "when to use colors (default: %(default)s)"
    add("--color", choices=("auto", "always", "never"), default="auto", help=text)
    add("--config", metavar="FILE", help="read only this configuration file")
    add("--isolated", action="store_true", help="ignore all configuration files")


def _jobs(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"'{text}' is not a number of processes")
    return int(text)


def _add_flake8s(manager: OptionManager) -> None:
    """Add the options that the command shares with flake8."""

    def add(name: str, text: str, **details: Any) -> None:
        manager.add_option(
            f"--{name}", parse_from_config=True, help=text, **{**_LIST, **details}
        )

    add("select", "report only these codes", default=None)
    add("ignore", "do not report these codes", default=None)
    add("extend-select", "also report these codes")
    add("extend-ignore", "do not report these codes either")
    add(
        "exclude",
        "files and folders to skip (default: %(default)s)",
        default=",".join(defaults.EXCLUDE),
        normalize_paths=True,
    )
    add("extend-exclude", "more of them to skip", default="", normalize_paths=True)
    manager.add_option(
        f"--{PER_FILE}",
        default="",
        parse_from_config=True,
        metavar="MAPPING",
        help="codes to ignore in files that match a pattern: 'tests/*:FWD101'",
    )
    manager.add_option(
        "--disable-noqa",
        default=False,
        action="store_true",
        parse_from_config=True,
        help="ignore noqa comments: report all findings",
    )


_LIST: dict[str, Any] = {"comma_separated_list": True, "metavar": "LIST"}
