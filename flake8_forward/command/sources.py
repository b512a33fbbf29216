"""Reading files exactly, and replacing them atomically."""

from __future__ import annotations

import os
import re
import stat
import tempfile
from bisect import bisect_left
from collections.abc import Iterable
from contextlib import suppress
from functools import lru_cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from flake8_forward.project.source import encoding_of

UNREADABLE = (OSError, SyntaxError, ValueError, LookupError)
"""What ``read`` raises: the file cannot be opened, parsed or decoded."""

_BOM = b"\xef\xbb\xbf"
_LINE_ENDS = re.compile(r"\r\n|\r|\n")
_ANY_WRITE = 0o222


class Edit(NamedTuple):
    """Put ``text`` in place of the characters from ``start`` to ``end`` of a file."""

    start: int
    end: int
    text: str


def offset(text: str, line: int, column: int) -> int:
    """Return where in ``text`` the place is; ``line`` from 1, ``column`` from 0."""
    return _line_starts(text)[line - 1] + column


@lru_cache(maxsize=1)
def _line_starts(text: str) -> list[int]:
    return [0, *accumulate(len(line) + 1 for line in text.split("\n"))]


class Source(NamedTuple):
    """The exact text of a file, including its line ends, and its encoding."""

    text: str
    encoding: str
    has_bom: bool

    @property
    def plain(self) -> str:
        """The text as Python sees it: every line ends in a line feed."""
        return _LINE_ENDS.sub("\n", self.text)

    def replaced(self, edits: Iterable[Edit]) -> Source:
        """Return the source after ``edits``, whose offsets refer to ``plain``."""
        pairs = [match.start() for match in re.finditer(r"\r\n", self.text)]
        # How many characters of the plain text are before each of them.
        before = [place - number for number, place in enumerate(pairs)]
        newline = next((m.group() for m in _LINE_ENDS.finditer(self.text)), "\n")
        parts: list[str] = []
        done = 0
        for start, end, new in sorted(edits):
            start, end = (at + bisect_left(before, at) for at in (start, end))
            parts += (self.text[done:start], new.replace("\n", newline))
            done = end
        return self._replace(text="".join([*parts, self.text[done:]]))

    def encoded(self) -> bytes:
        """Return the bytes of the file."""
        return (_BOM if self.has_bom else b"") + self.text.encode(self.encoding)


def read(path: str) -> Source:
    """Return the source of a file; raise one of UNREADABLE."""
    if not stat.S_ISREG(os.stat(path).st_mode):
        raise OSError("it is not a regular file")
    data = Path(path).read_bytes()
    encoding = encoding_of(data)
    has_bom = data.startswith(_BOM)
    encoding = "utf-8" if has_bom else encoding
    text = data[len(_BOM) if has_bom else 0 :].decode(encoding)
    source = Source(text, encoding, has_bom)
    if source.encoded() != data:
        raise ValueError(f"encoding it as {encoding} does not give the same bytes")
    return source


def replace(path: str, before: Source, after: Source) -> None:
    """Replace the file at ``path`` atomically: a reader sees old or new content.

    Symbolic links are followed; permissions and owner stay. Raise OSError or another
    of UNREADABLE if the file is not ``before`` any more or cannot be replaced. A file
    with several hard links is refused: the others would keep the old content.
    """
    target = os.path.realpath(path)
    folder = os.path.dirname(target)
    status = os.stat(target)
    if status.st_nlink > 1:
        raise OSError("it has other hard links, which would keep the old content")
    if not _is_writable(target):
        raise OSError("it is read-only")
    if not _is_writable(folder):
        raise OSError("its folder is read-only")
    if read(target) != before:
        raise OSError("it was changed in the meantime")
    handle, fresh = tempfile.mkstemp(prefix=".", suffix=".tmp", dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(after.encoded())
            file.flush()
            os.fsync(file.fileno())
        os.chown(fresh, status.st_uid, status.st_gid)
        os.chmod(fresh, stat.S_IMODE(status.st_mode))
        os.replace(fresh, target)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(fresh)
        raise


def _is_writable(path: str) -> bool:
    """Tell whether the mode and this user allow writing: root ignores the mode."""
    return bool(os.stat(path).st_mode & _ANY_WRITE) and os.access(path, os.W_OK)


def reason(error: BaseException) -> str:
    """Return the message of ``error`` on one line, without its number."""
    text = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return " ".join(text.split())
