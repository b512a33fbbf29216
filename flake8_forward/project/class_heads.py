"""The heads of the classes in a project, found in its text: no file is parsed.

That is a rough picture, good enough to tell which few files are worth parsing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

MAX_DECORATOR = 1_000
"""Most bytes before a class in which its decorator is looked for."""

# It begins with a plain character, and looks ahead: that takes a quarter of the time.
_HEAD = re.compile(
    rb"\n([ \t]*)(?=[cda_sf])(?:class[ \t]+(\w+)[ \t]*(?:\[[^\]]*\])?(?:\(([^()]*(?:\([^()]*\)[^()]*)*)\))?[ \t]*:"
    rb"|(?:async[ \t]+)?def[ \t]+(forward|__call__)\b"
    rb"(?:[ \t]*\(([^()]*(?:\([^()]*\)[^()]*)*)\))?"
    rb"|(?:self\.)?(forward|__call__)[ \t]*(?:=[^=]|[:,]))"
)
_COMMENT = re.compile(rb"#[^\n]*")
_NN = re.compile(
    rb"^[ \t]*(?:import[ \t]+torch\b|from[ \t]+torch[ \t]+import\b[^\n]*\bnn\b)",
    re.MULTILINE,
)
_MODULE = re.compile(
    rb"^[ \t]*from[ \t]+torch\.nn[\w.]*[ \t]+import\b[^\n]*\bModule\b", re.MULTILINE
)


class ClassHead(NamedTuple):
    """A class statement as text.

    ``bases`` are written as in the code; ``is_torch`` tells that one of them is torch's
    ``nn.…``; ``has_forward`` and ``has_call`` that the class sets these methods; and
    ``parameters`` are those of ``forward``, as they are written. ``decorator`` is the
    name of the one right above the class, if any.
    """

    path: str
    name: str
    bases: tuple[str, ...]
    is_torch: bool
    has_forward: bool = False
    has_call: bool = False
    parameters: str | None = None
    decorator: str = ""


def class_heads(path: str, text: bytes) -> list[ClassHead]:
    """Return the heads of the classes in ``text``, the file at ``path``."""
    if b"class" not in text:
        return []
    found: list[ClassHead] = []
    around: list[tuple[int, int]] = []  # of classes: indentation, index in found
    text = b"\n" + text
    for match in _HEAD.finditer(text):
        indent = len(match[1].expandtabs())
        while around and around[-1][0] >= indent:
            around.pop()
        if match[2] is not None:
            around.append((indent, len(found)))
            head = _head(path, text, match[2], match[3] or b"")
            found.append(head._replace(decorator=_decorator(text, match.start())))
        elif around:
            index = around[-1][1]
            is_forward = b"forward" in (match[4], match[6])
            found[index] = (
                found[index]._replace(has_forward=True, parameters=_text(match[5]))
                if is_forward
                else found[index]._replace(has_call=True)
            )
    return found


def _decorator(text: bytes, start: int) -> str:
    """Return the name of the decorator above ``start``, where a class begins.

    Comments and blank lines may stand between, and it may take several lines.
    """
    before = text[max(start - MAX_DECORATOR, 0) : start]
    if b"@" not in before:
        return ""
    for line in reversed(before.splitlines()):
        code = line.strip()
        if code.startswith(b"@"):
            name = re.split(rb"[\s(#]", code[1:].lstrip(), maxsplit=1)[0]
            return name.decode("utf-8", "replace")
        is_rest = line[:1].isspace() or code.startswith(b")")
        if code and not code.startswith(b"#") and not is_rest:
            break
    return ""


def _text(inside: bytes | None) -> str | None:
    """Return what is between brackets, without comments; None if that is unknown."""
    if inside is None:
        return None
    return _COMMENT.sub(b"", inside).decode("utf-8", "replace")


def _head(path: str, text: bytes, name: bytes, inside: bytes) -> ClassHead:
    written = (_text(inside) or "").split(",")
    bases = tuple(base for item in written if (base := item.strip()))
    is_torch = any(
        (base.startswith(("nn.", "torch.nn.")) and _imports(_NN, text))
        or (base == "Module" and _imports(_MODULE, text))
        for base in bases
    )
    return ClassHead(path, name.decode("utf-8", "replace"), bases, is_torch)


@lru_cache(maxsize=4)
def _imports(pattern: re.Pattern[bytes], text: bytes) -> bool:
    return pattern.search(text) is not None
