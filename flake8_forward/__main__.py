"""``python -m flake8_forward``: explains rules, and why something is a Module."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterable

from flake8_forward.command import UsageError
from flake8_forward.command.pages import explained
from flake8_forward.project.options import Options
from flake8_forward.session import Session
from flake8_forward.verdicts.survey import Row, class_rows, receiver_rows

SURVEYS = {"classes": class_rows, "receivers": receiver_rows}


def main(arguments: list[str] | None = None) -> int:
    """Print the page or survey that ``arguments`` ask for; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m flake8_forward")
    commands = parser.add_subparsers(dest="command", required=True)
    for name, survey in SURVEYS.items():
        command = commands.add_parser(name, help=(survey.__doc__ or "").splitlines()[0])
        command.add_argument("--json", action="store_true", help="print a JSON list")
        command.add_argument("paths", nargs="+", metavar="PATH")
    command = commands.add_parser("explain", help="Show the page of a rule.")
    command.add_argument("code", metavar="CODE", help="such as FWD101")
    given = parser.parse_args(arguments)
    try:
        if given.command == "explain":
            print(explained(given.code), end="")
        else:
            _survey(parser, given)
        sys.stdout.flush()
    except UsageError as error:
        parser.error(str(error))
    except BrokenPipeError:  # the reader stopped early, as ``head`` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 0


def _survey(parser: argparse.ArgumentParser, given: argparse.Namespace) -> None:
    for path in given.paths:
        if not os.path.exists(path):
            parser.error(f"there is no file or folder '{path}'")
    _print(SURVEYS[given.command](Session(Options()).resolver, given.paths), given.json)


def _print(rows: Iterable[Row], as_json: bool) -> None:
    if as_json:
        json.dump(list(rows), sys.stdout, indent=1)
        print()
        return
    for row in rows:
        name = row.get("qualname") or f"{row.get('receiver')}.forward"
        call = " (own __call__)" if row["custom_call"] else ""
        where = f"{row['file']}:{row['line']}"
        print(f"{where}: {row['verdict']}{call}: {name}: {row['why']}")


if __name__ == "__main__":
    sys.exit(main())
