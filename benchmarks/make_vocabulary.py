"""Write flake8_forward/knowledge/vocabulary.json, or check it against the torch installed here.

    python benchmarks/make_vocabulary.py --write
    python benchmarks/make_vocabulary.py --check

What torch shows of each name is measured: vocabulary_tensors.py, _layers.py, _modules.py.
The lists that rules ask for are written by hand, in the same file: which traits a name
needs to be in one, and which of the names that have one of them are in it today. With
"*" for its names, a list takes all of them; --more says which. "unseen" are names that
this machine cannot show, for want of a device or of numpy, or that take more than
tensors; "against" are those of which torch says otherwise, mistakes to look into, and
"defaults" are such of arguments.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import torch
import vocabulary_layers
import vocabulary_modules
import vocabulary_tensors
from vocabulary_calls import Rows

TORCH = "2.13.0"
EVERY = "*"
DATA = (
    Path(__file__).resolve().parent.parent / "flake8_forward/knowledge/vocabulary.json"
)


class Listed(NamedTuple):
    """A list: where its names come from, which traits they have, and exceptions."""

    name: str
    places: tuple[str, ...]
    traits: tuple[str, ...]
    names: frozenset[str]
    exceptions: frozenset[str]

    @property
    def is_open(self) -> bool:
        """Tell whether the list takes all names that have its traits."""
        return self.names == {EVERY}


def read() -> tuple[list[Listed], dict[str, Any]]:
    """Return the lists, and all that the file has."""
    table: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
    lists = [
        Listed(
            name,
            tuple(row["of"].split()),
            tuple(row["with"].split()),
            frozenset(row["names"].split()),
            frozenset(f"{row.get('unseen', '')} {row.get('against', '')}".split()),
        )
        for name, row in table["lists"].items()
    ]
    return lists, table


def measured(lists: list[Listed]) -> dict[str, Rows]:
    """Return what torch shows: traits by name and by place."""
    table = vocabulary_tensors.measured()
    dotted = {name for item in lists if "dotted" in item.places for name in item.names}
    names = {name for item in lists if "names" in item.places for name in item.names}
    table |= vocabulary_modules.measured(sorted(dotted), sorted(names))
    for name, traits in vocabulary_layers.dropouts().items():
        table["functional"].setdefault(name, set()).update(traits)
    return table


def having(rows: dict[str, Rows], item: Listed) -> set[str]:
    """Return the names with one of the traits that ``item`` asks for."""
    return {
        name
        for place in item.places
        for name, traits in rows.get(place, {}).items()
        if not traits.isdisjoint(item.traits)
    }


def contradictions(lists: list[Listed], rows: dict[str, Rows]) -> Iterator[str]:
    """Yield what the lists say and torch does not."""
    for item in lists:
        found = having(rows, item)
        declared = item.exceptions
        if item.is_open and not found:
            yield f"{item.name}: torch shows no name that belongs there"
        for name in sorted(item.names - {EVERY} - declared - found):
            yield f"{item.name}: torch does not show that '{name}' belongs there"
        for name in sorted(declared & found):
            yield f"{item.name}: '{name}' is no exception: torch shows it"
        for name in sorted(declared - item.names):
            yield f"{item.name}: '{name}' is an exception, but not in the list"


def grouped(rows: Rows) -> dict[str, str]:
    """Return names by all their traits, as the table has them."""
    names: dict[str, list[str]] = defaultdict(list)
    for name, traits in rows.items():
        if traits:
            names[" ".join(sorted(traits))].append(name)
    return {traits: " ".join(sorted(names[traits])) for traits in sorted(names)}


def switches(defaults: dict[str, bool]) -> dict[str, list[vocabulary_layers.Switch]]:
    """Return the arguments that decide what layers carry, with the rules' defaults."""
    return {
        layer: [
            (name, position, defaults.get(layer, default), what)
            for name, position, default, what in found
        ]
        for layer, found in vocabulary_layers.switches().items()
    }


def render(table: dict[str, Any], rows: dict[str, Rows]) -> str:
    """Return JSON with a line for each list, and for all names with the same traits."""
    traits = ",\n".join(
        f"{json.dumps(place)}: {_lines(grouped(rows[place]))}" for place in sorted(rows)
    )
    parts = [
        f'"torch": "{TORCH}"',
        f'"traits": {{\n{traits}\n}}',
        f'"switches": {_lines(switches(table["defaults"]))}',
        f'"defaults": {_lines(table["defaults"])}',
        f'"lists": {_lines(table["lists"])}',
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def _lines(rows: Mapping[str, object]) -> str:
    lines = [f"{json.dumps(key)}: {json.dumps(value)}" for key, value in rows.items()]
    return "{\n" + ",\n".join(lines) + "\n}"


def widening(lists: list[Listed], rows: dict[str, Rows]) -> Iterator[str]:
    """Yield which names have a list's traits, and are not in it."""
    for item in lists:
        if item.is_open:
            continue
        others = sorted(having(rows, item) - item.names)
        if others:
            yield f"{item.name}: {' '.join(others)}"


def main() -> int:
    """Measure torch, then write the table, compare it, or say how lists could grow."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--write", action="store_true", help="write the table")
    action.add_argument("--check", action="store_true", help="fail if it is another")
    action.add_argument("--more", action="store_true", help="names lists do not have")
    options = parser.parse_args()
    if torch.__version__.partition("+")[0] != TORCH:
        parser.error(f"the table is that of torch {TORCH}, not {torch.__version__}")
    lists, table = read()
    rows = measured(lists)
    wrong = [*contradictions(lists, rows)]
    text = render(table, rows)
    if options.more:
        print("\n".join(widening(lists, rows)))
    elif options.write:
        DATA.write_text(text, encoding="utf-8")
    elif text != DATA.read_text(encoding="utf-8"):
        wrong += ["the table is not what torch shows: write it and look at the changes"]
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
