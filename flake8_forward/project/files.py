"""A parsed file, and the owner of what was found out about it."""

from __future__ import annotations

import ast
import os
import re
from collections import defaultdict
from collections.abc import Callable
from functools import cached_property

from flake8_forward.syntax.index import TreeIndex
from flake8_forward.syntax.memo import Memo
from flake8_forward.syntax.tree import FunctionNode, functions

_WORD = re.compile(r"\w+")


class SourceFile:
    """A parsed file.

    ``memo`` keeps answers as long as the file itself; ``brief`` keeps those that are
    quick to recompute only until the linted file is done.
    """

    def __init__(
        self, path: str, name: str, text: str, tree: ast.Module, weight: int = 0
    ) -> None:
        """Take the path, the dotted name of the module, the text and its tree.

        ``weight`` is the file's share of the memory limit, in bytes.
        """
        self.path = path
        self.name = name
        self.whole_weight = self.weight = weight
        self.folder = os.path.dirname(path)
        self.text = text
        self.tree = tree
        self.is_imported = False
        self.has_walrus = ":=" in text
        self.memo = Memo()
        self.brief = Memo()
        self.at_end: list[Callable[[bool], None]] = []
        self._indexes: dict[ast.AST, TreeIndex] = {}

    def forget(self, is_unused: bool) -> None:
        """Drop the answers, which contain reference cycles; Python is slow to find them.

        Answers about other files may refer to this one unless it ``is_unused``.
        """
        self.release()
        self.memo.clear()
        for forget in self.at_end:
            forget(is_unused)
        self.at_end.clear()

    def release(self) -> None:
        """Drop what is quick to recompute."""
        vars(self).pop("lines", None)
        self.brief.clear()
        self._indexes.clear()

    @cached_property
    def lines(self) -> list[str]:
        """The lines, without their ends."""
        return self.text.split("\n")

    def around(self, node: ast.AST) -> str:
        """Return the lines of ``node``; for a definition, all of its lines."""
        start, end = getattr(node, "lineno", 1), getattr(node, "end_lineno", None)
        return "\n".join(self.lines[start - 1 : end])

    def index(self, node: ast.AST | None = None) -> TreeIndex:
        """Return the index of ``node``, or of the whole module."""
        root = node or self.tree
        if root not in self._indexes:
            self._indexes[root] = TreeIndex(root)
        return self._indexes[root]

    def methods(self, cls: ast.ClassDef, word: str) -> list[FunctionNode]:
        """Return the functions in ``cls`` whose text has the identifier ``word``."""
        by_class = self.brief.answers(SourceFile.methods)
        if cls not in by_class:
            found: dict[str, list[FunctionNode]] = defaultdict(list)
            for node in functions(cls.body):
                for each in set(_WORD.findall(self.around(node))):
                    found[each].append(node)
            by_class[cls] = found
        methods: list[FunctionNode] = by_class[cls].get(word, [])
        return methods
