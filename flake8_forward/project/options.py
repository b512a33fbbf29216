"""The user's options about the project: one field each, stated once."""

from __future__ import annotations

from dataclasses import dataclass, field


def _names(text: str) -> tuple[str, ...]:
    return field(default=(), metadata={"help": text, "paths": False})


def _folders(text: str) -> tuple[str, ...]:
    return field(default=(), metadata={"help": text, "paths": True})


@dataclass(frozen=True)
class Options:
    """What the user told us; a field's name and help are the option's."""

    module_bases: tuple[str, ...] = _names(
        "Qualified names of further classes that are torch.nn.Modules."
    )
    not_modules: tuple[str, ...] = _names(
        "Qualified names of classes that are not torch.nn.Modules."
    )
    own_call: tuple[str, ...] = _names(
        "Qualified names of Modules that are meant to be used by '.forward'."
    )
    source_roots: tuple[str, ...] = _folders(
        "Folders that absolute imports of the project start from."
    )
    site_packages: tuple[str, ...] = _folders(
        "site-packages folders of the project's environment, to read source from."
    )
