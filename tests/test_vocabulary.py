"""The table of torch's names is consistent in itself: nothing here needs torch."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from flake8_forward.knowledge import vocabulary

DATA = Path(vocabulary.__file__).with_name("vocabulary.json")
TABLE: dict[str, Any] = json.loads(DATA.read_text(encoding="utf-8"))
LISTS: dict[str, dict[str, str]] = TABLE["lists"]


def test_name_stands_once_in_its_place() -> None:
    """All traits of a name are in one row: it cannot have two."""
    assert TABLE["traits"]
    for place, rows in TABLE["traits"].items():
        names = [name for group in rows.values() for name in group.split()]
        assert len(names) == len(set(names)), place


@pytest.mark.parametrize("name", LISTS)
def test_list_asks_for_traits_that_some_name_has(name: str) -> None:
    """A misspelled place or trait would make an open list empty."""
    row = LISTS[name]
    traits = {
        trait
        for place in row["of"].split()
        for group in TABLE["traits"][place]
        for trait in group.split()
    }
    assert traits >= set(row["with"].split())


@pytest.mark.parametrize("name", LISTS)
def test_list_is_read(name: str) -> None:
    """What no rule can ask for has no place in the table."""
    assert f'"{name}"' in Path(vocabulary.__file__).read_text(
        encoding="utf-8"
    ) or name.removesuffix("_METHODS") in (vocabulary.CONTAINER_INTERFACES)


def test_open_list_has_all_with_its_traits() -> None:
    """What stands for all names is what torch shows, and nothing is missing."""
    is_open = [name for name, row in LISTS.items() if row["names"] == "*"]
    assert "RETURN_SELF" in is_open
    assert {"cuda", "eval", "to", "train"} <= vocabulary.RETURN_SELF
    assert vocabulary.RETURN_SELF.isdisjoint({"compile", "forward", "state_dict"})


def test_switches_bring_what_layers_carry() -> None:
    """Each layer that has an argument for it has the trait, too."""
    layers = {
        name: set(traits.split())
        for traits, names in TABLE["traits"]["layers"].items()
        for name in names.split()
    }
    assert vocabulary.SWITCHES
    for layer, rows in vocabulary.SWITCHES.items():
        assert {what for *_, what in rows} <= layers[layer]
