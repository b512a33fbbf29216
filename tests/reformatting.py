"""Programs formatted in other ways, with the same meaning."""

from __future__ import annotations

import ast
import io
import re
import subprocess
import sys
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

Rewriting: TypeAlias = Callable[[str], str]

UNRELATED = '''\
class Unrelated{}(dict):
    """Has nothing to do with what is around it."""

    size = 1

    def backward(self, x):
        return [x, self.size]

    def train(self):
        self.mode = "forward", "grad", self.backward(1)


'''
SPELLING = re.compile(r"(?<=line )\d+|[\s()]+|,(?=\s*[)\]])")
BLANK = ("\n", "\x0c\n", "    \n")
IGNORED = (tokenize.NL, tokenize.COMMENT, tokenize.INDENT, tokenize.DEDENT)


def plain(message: str) -> str:
    """Return a message without what formatters change: how code is quoted, lines."""
    return SPELLING.sub("", message.replace('"', "'"))


def statements(text: str) -> Iterator[tokenize.TokenInfo]:
    """Yield the first token of each logical line."""
    begins = True
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if begins and token.type not in (*IGNORED, tokenize.ENDMARKER):
            yield token
        if token.type not in IGNORED:
            begins = token.type == tokenize.NEWLINE


def with_lines(text: str, line: Callable[[tokenize.TokenInfo], str]) -> str:
    """Return ``text`` with what ``line`` gives before each logical line."""
    lines = io.StringIO(text).readlines()
    for token in reversed([*statements(text)]):
        lines.insert(token.start[0] - 1, line(token))
    return "".join(lines)


def with_comments(text: str) -> str:
    """Put code that is commented out before each logical line: its own."""

    def comment(token: tokenize.TokenInfo) -> str:
        code = token.line.partition("\n")[0].partition("#")[0].strip()
        return f"{' ' * token.start[1]}# {code}\n"

    return with_lines(text, comment)


def with_blank_lines(text: str) -> str:
    """Put blank lines, not all of them empty, before each logical line."""
    return with_lines(text, lambda token: BLANK[token.start[0] % len(BLANK)])


def without_comments(text: str) -> str:
    """Take comments away, on lines of their own and at the end of others."""
    lines = io.StringIO(text).readlines()
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.COMMENT:
            row, column = token.start
            lines[row - 1] = f"{lines[row - 1][:column].rstrip()}\n"
    return "".join(lines)


def with_unrelated_classes(text: str) -> str:
    """Put a class before each top-level definition; with a ``forward``, it would count."""
    lines = io.StringIO(text).readlines()
    starts = []
    for node in ast.parse(text).body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            decorators = [item.lineno for item in node.decorator_list]
            starts.append(min([node.lineno, *decorators]))
    for start in reversed(starts):
        lines.insert(start - 1, UNRELATED.format(start))
    return "".join(lines)


def unparsed(text: str) -> str:
    """Write the program as Python's own ``ast`` does."""
    return f"{ast.unparse(ast.parse(text))}\n"


def with_tabs(text: str) -> str:
    """Indent by tabs, outside of strings that span lines."""
    lines = io.StringIO(text).readlines()
    for token in statements(text):
        row, column = token.start
        lines[row - 1] = "\t" * (column // 4) + lines[row - 1][column:]
    return "".join(lines)


def with_carriage_returns(text: str) -> str:
    """End lines as old Macs did."""
    return text.replace("\n", "\r")


def as_on_windows(text: str) -> str:
    """End lines as on Windows."""
    return text.replace("\n", "\r\n")


REWRITINGS: tuple[Rewriting, ...] = (
    *(with_comments, with_blank_lines, without_comments, with_unrelated_classes),
    *(unparsed, with_tabs),
)
LINE_ENDS: tuple[Rewriting, ...] = (as_on_windows, with_carriage_returns)

FORMATTERS = {
    "black": ("black", "--line-length=40", "--skip-magic-trailing-comma"),
    "ruff": (
        *("ruff", "format", "--isolated", "--line-length=320"),
        *("--config", "format.indent-style='tab'"),
        *("--config", "format.quote-style='single'"),
    ),
}
"""Styles that differ in all that may differ."""


def reformat(formatter: str, folder: Path, python: str = sys.executable) -> bool:
    """Format all files below a folder; tell whether none was refused."""
    module, *arguments = FORMATTERS[formatter]
    command = [python, "-m", module, *arguments, "--quiet", str(folder)]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0
