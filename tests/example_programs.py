"""The programs in examples/, and what their comments state."""

from __future__ import annotations

import re
import tokenize
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
FOLDERS = sorted(folder for folder in (ROOT / "examples").iterdir() if folder.is_dir())
RULE_FOLDER = re.compile(r"(fwd\d{3})_\w+")
MARKS = re.compile(r"#((?: FWD\d{3}:\d+)+)")
PROMISE = "# -> "


@dataclass(frozen=True, order=True)
class Finding:
    row: int
    column: int
    code: str


@dataclass(frozen=True)
class Program:
    path: Path

    @property
    def name(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @property
    def code(self) -> str:
        """The code of the rule that the program is about, empty if it is about none."""
        rule = RULE_FOLDER.fullmatch(self.path.parent.name)
        return rule[1].upper() if rule else ""

    def marks(self) -> list[Finding]:
        return sorted(
            Finding(row, int(column), code)
            for row, comment in self._comments()
            if (marks := MARKS.fullmatch(comment))
            for code, _, column in (mark.partition(":") for mark in marks[1].split())
        )

    def promised_lines(self) -> list[str]:
        comments = (comment for _, comment in self._comments())
        return [c.removeprefix(PROMISE) for c in comments if c.startswith(PROMISE)]

    def promised_values(self) -> list[tuple[str, str]]:
        """Label and value of every line printed."""
        lines = (line.rpartition(": ") for line in self.promised_lines())
        return [(label, value) for label, _, value in lines]

    def _comments(self) -> list[tuple[int, str]]:
        with tokenize.open(self.path) as source:
            return [
                (token.start[0], token.string)
                for token in tokenize.generate_tokens(source.readline)
                if token.type == tokenize.COMMENT
            ]


PROGRAMS = [Program(path) for folder in FOLDERS for path in sorted(folder.glob("*.py"))]
BAD = [program for program in PROGRAMS if program.path.name == "bad.py"]
GOOD = [program for program in PROGRAMS if program.path.name == "good.py"]
