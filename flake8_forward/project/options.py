"""The user's options about the project, one field each."""

from __future__ import annotations

from dataclasses import dataclass, field


def _names(text: str) -> tuple[str, ...]:
    return field(default=(), metadata={"help": text, "paths": False})


def _folders(text: str) -> tuple[str, ...]:
    return field(default=(), metadata={"help": text, "paths": True})


@dataclass(frozen=True)
class Options:
    """The plugin's options; name and help of each field are those of the option."""

    module_bases: tuple[str, ...] = _names(
        "Qualified names of more classes to treat as torch.nn.Modules."
    )
    not_modules: tuple[str, ...] = _names(
        "Qualified names of classes not to treat as torch.nn.Modules."
    )
    own_call: tuple[str, ...] = _names(
        "Qualified names of Modules whose '.forward' is meant to be called."
    )
    source_roots: tuple[str, ...] = _folders(
        "Folders in which the project's absolute imports are resolved."
    )
    site_packages: tuple[str, ...] = _folders(
        "site-packages folders of the project's environment, whose source code is read."
    )
