"""Configuration files: flake8's own, or a table in pyproject.toml."""

from __future__ import annotations

import configparser
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeAlias

from flake8 import utils
from flake8.exceptions import ExecutionError
from flake8.options import config
from flake8.options.manager import OptionManager

from flake8_forward.command import NAME, UsageError
from flake8_forward.lint.triggers import TRIGGERS
from flake8_forward.options import PREFIX

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

Configuration: TypeAlias = tuple[configparser.RawConfigParser, str]
"""Sections as flake8 reads them, and the folder that their paths are relative to."""

TABLE = f"[tool.{NAME}]"
CODES = ("select", "ignore", "extend-select", "extend-ignore")
PER_FILE = "per-file-ignores"
FLAKE8_CODES = ("E902", "E999")
"""What flake8 itself reports: files that cannot be read or parsed."""

_PATTERN = re.compile(r"[^\s:,]+")


def read(given: str | None, is_isolated: bool, manager: OptionManager) -> Configuration:
    """Return the configuration in the file ``given``, else in the nearest one.

    Return an empty one if ``is_isolated``. ``manager`` knows the options. Raise
    UsageError for options and values that do not exist.
    """
    if is_isolated:
        return configparser.RawConfigParser(), os.getcwd()
    if given is not None and given.endswith(".toml"):
        if not os.path.isfile(given):
            raise UsageError(f"there is no file '{given}'")
        table = _table(Path(given))
        if table is None:
            raise UsageError(f"{given}: there is no table {TABLE}")
        return _from_table(given, table, manager), os.path.dirname(given)
    try:
        cfg, folder = config.load_config(given, [])
    except UnicodeDecodeError as error:
        raise UsageError(f"{given}: {error}") from None
    if given is None:
        found = _nearest_table(folder if cfg.sections() else None)
        if found is not None:
            path, table = found
            return _from_table(str(path), table, manager), str(path.parent)
    _check_section(cfg, manager)
    return cfg, folder


def _nearest_table(top: str | None) -> tuple[Path, Mapping[str, Any]] | None:
    """Return our table in this folder or one above, up to ``top``, and its file."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        path = folder / "pyproject.toml"
        table = _table(path)
        if table is not None:
            return path, table
        if str(folder) == top:
            break
    return None


def _table(path: Path) -> Mapping[str, Any] | None:
    """Return our table in the TOML file at ``path``, None if there is none."""
    try:
        tool = tomllib.loads(path.read_text("utf-8")).get("tool", {})
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError) as error:
        raise UsageError(f"{path}: {error}") from None
    table = tool.get(NAME) if isinstance(tool, dict) else None
    if table is not None and not isinstance(table, dict):
        raise UsageError(f"{path}: {TABLE} is not a table")
    return table


def _check_section(cfg: configparser.RawConfigParser, manager: OptionManager) -> None:
    """Raise UsageError for invalid options in the section that plugins share."""
    for key, value in cfg["flake8"].items() if "flake8" in cfg else ():
        option = manager.config_options_dict.get(key)
        if option is None:
            if key.startswith(PREFIX):
                raise UsageError(f"[flake8] has no option '{key}'")
        elif option.action == "store_true" and value.lower() not in cfg.BOOLEAN_STATES:
            raise UsageError(f"[flake8] {key}: '{value}' is neither true nor false")


def _from_table(
    path: str, table: Mapping[str, Any], manager: OptionManager
) -> configparser.RawConfigParser:
    """Return ``table`` in the form that flake8 reads; raise UsageError if invalid."""
    values = {}
    for key, value in table.items():
        option = manager.config_options_dict.get(key)
        if option is None:
            raise UsageError(f"{path}: {TABLE} has no option '{key}'")
        name, where = key.replace("_", "-"), f"{path}: {key}"
        if option.action == "store_true":
            if not isinstance(value, bool):
                raise UsageError(f"{where}: {value!r} is neither true nor false")
            values[key] = str(value)
        elif name == PER_FILE:
            values[key] = _per_file(where, value)
        else:
            values[key] = ",".join(_strings(where, value))
        check_codes(where, name, values[key])
    cfg = configparser.RawConfigParser()
    cfg.read_dict({"flake8": values})
    return cfg


def _strings(where: str, value: Any) -> list[str]:
    strings = value if isinstance(value, list) else [value]
    if not all(isinstance(item, str) for item in strings):
        raise UsageError(f"{where}: {value!r} is not a list of strings")
    return strings


def _per_file(where: str, value: Any) -> str:
    """Return lines of the form ``pattern:codes``, from a list of them or a table."""
    if not isinstance(value, dict):
        return "\n".join(_strings(where, value))
    for pattern in value:
        if not _PATTERN.fullmatch(pattern):
            raise UsageError(
                f"{where}: '{pattern}' is not a pattern: it contains ' ', ',' or ':'"
            )
    return "\n".join(
        f"{pattern}:{','.join(_strings(where, codes))}"
        for pattern, codes in value.items()
    )


def mapped(where: str, value: str) -> list[tuple[str, list[str]]]:
    """Return the pairs of a pattern and codes in ``value``; raise UsageError if none."""
    try:
        return list(utils.parse_files_to_codes_mapping(value))
    except ExecutionError:
        text = " ".join(value.split())
        message = f"{where}: '{text}' does not have the form 'tests/*:FWD101'"
        raise UsageError(message) from None


def check_codes(where: str, option: str, given: str | list[str]) -> None:
    """Raise UsageError if ``option`` names codes that neither we nor flake8 have.

    Not for flake8's configuration files, which also name codes of other plugins.
    """
    if option == PER_FILE:
        codes = [code for _, some in mapped(where, str(given)) for code in some]
    elif option not in CODES:
        return
    elif isinstance(given, str):
        codes = utils.parse_comma_separated_list(given)
    else:
        codes = given
    known = [*TRIGGERS, *FLAKE8_CODES]
    for code in codes:
        if not any(name.startswith(code) for name in known):
            raise UsageError(f"{where}: no code starts with '{code}'")
