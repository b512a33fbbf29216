"""A word of a file that some rules want to look at."""

from __future__ import annotations

import ast
from typing import NamedTuple

from flake8_forward.syntax.tree import Chain


class Candidate(NamedTuple):
    """A word, where it stands in the text and in the tree, and whose candidate it is.

    ``line`` counts from 1, ``column`` from 0; ``codes`` are those of the rules.
    """

    line: int
    column: int
    word: str
    node: ast.AST
    chain: Chain
    codes: tuple[str, ...]
