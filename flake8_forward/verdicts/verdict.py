"""What is proven of an object."""

from __future__ import annotations

import ast
from typing import Literal, NamedTuple, TypeAlias

from flake8_forward.inference.values import MODULE, USED, AnyClass

State: TypeAlias = Literal["module", "not_module", "unknown"]
"""Proven an instance of a Module; proven something else; neither."""


class Verdict(NamedTuple):
    """What is proven of an object; ``classes`` are those that it may have, if known.

    ``own_call`` tells that calling the object runs code of its class's own, and
    ``is_proxy`` that its ``forward`` calls another object.
    """

    state: State
    classes: tuple[AnyClass, ...] = ()
    own_call: bool = False
    why: str = ""
    is_proxy: bool = False

    @property
    def cls(self) -> AnyClass | None:
        """The class, or the first of several."""
        return self.classes[0] if self.classes else None

    @property
    def skips_hooks(self) -> bool:
        """Tell whether calling ``forward`` instead of the object is a pitfall."""
        return self.state == "module" and not self.own_call and not self.is_proxy

    @property
    def noun(self) -> str:
        """What a message calls the object: by its class, if that is the only one."""
        if len(self.classes) != 1 or self.classes[0] in (MODULE, USED):
            return "a Module"
        name = self.classes[0].name
        return f"an {name}" if name[:1] in "AEIOUaeiou" else f"a {name}"


class Forward(NamedTuple):
    """A reference to ``forward`` of an object, and the call of it if it is called.

    If ``is_explained``, the verdict says what callers pass, and which class vetoes.
    """

    call: ast.Call | None
    is_explained: bool = False


UNPROVEN = Verdict("unknown", why="nothing in reach says what it is")
