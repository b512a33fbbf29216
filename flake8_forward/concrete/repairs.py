"""Changes of a file's text that several fixes are made of, at nodes of its tree."""

from __future__ import annotations

import ast

from flake8_forward.concrete.fixing import Edit, offset
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.positions import characters


class Repairs:
    """Makes edits of one file; every method returns None where none is certain."""

    def __init__(self, file: SourceFile) -> None:
        self.text = file.text
        self._lines = file.lines

    def start(self, node: ast.expr | ast.stmt) -> int:
        """Return where ``node`` begins in the text."""
        column = characters(self._lines, node.lineno, node.col_offset)
        return offset(self.text, node.lineno, column)

    def end(self, node: ast.expr | ast.stmt) -> int:
        """Return where ``node`` ends."""
        line = node.end_lineno or node.lineno
        column = characters(self._lines, line, node.end_col_offset or 0)
        return offset(self.text, line, column)

    def source(self, node: ast.expr | ast.stmt) -> str:
        """Return the text of ``node``, without parentheses around it."""
        return self.text[self.start(node) : self.end(node)]

    def operand(self, node: ast.expr) -> str:
        """Return the text of ``node`` as it can stand before a dot or an operator."""
        text = self.source(node)
        is_closed = isinstance(node, (ast.Name, ast.Attribute, ast.Call, ast.Subscript))
        return text if is_closed else f"({text})"

    def argument(self, node: ast.expr) -> str:
        """Return the text of ``node`` as it can stand as the argument of a call."""
        text = self.source(node)
        call = ast.parse(f"f({text})", mode="eval").body
        is_one = isinstance(call, ast.Call) and [type(node)] == [*map(type, call.args)]
        return text if is_one else f"({text})"

    def rewritten(self, node: ast.expr, text: str) -> Edit:
        """Return the edit that puts ``text`` in place of ``node``."""
        return Edit(self.start(node), self.end(node), text)

    def argument_added(self, call: ast.Call, text: str) -> Edit | None:
        """Return the edit that adds an argument at the end of ``call``."""
        values = [*call.args, *(item.value for item in call.keywords)]
        last = max(map(self.end, values), default=self.end(call.func))
        close = self.end(call) - 1
        gap = self.text[last:close]
        if "#" in gap:
            return None  # it would become part of the comment
        has_comma = gap.rstrip().endswith(",")
        place = last + len(gap.rstrip())
        lead = " " if has_comma else ", "
        return Edit(place, place, f"{lead if values else ''}{text}")

    def statement_added(self, body: list[ast.stmt], text: str) -> Edit:
        """Return the edit that puts a simple statement at the end of a function's ``body``."""
        first, last = body[0], body[-1]
        line = self._lines[first.lineno - 1]
        column = characters(self._lines, first.lineno, first.col_offset)
        indent = line[:column]
        if indent.strip():  # the body stands behind the colon
            end = self.end(last)
            return Edit(end, end, f"; {text}")
        row = last.end_lineno or last.lineno
        end = offset(self.text, row, len(self._lines[row - 1]))
        return Edit(end, end, f"\n{indent}{text}")

    def statement_rewritten(self, node: ast.stmt, text: str) -> Edit:
        """Return the edit that puts ``text`` in place of the statement ``node``."""
        return Edit(self.start(node), self.end(node), text)


def import_name(tree: ast.Module, module: str) -> str | None:
    """Return the shortest name that the top of a file gives to ``module``."""
    parent, _, last = module.rpartition(".")
    names: list[str] = []
    for node in _imports(tree):
        if isinstance(node, ast.ImportFrom):
            items = node.names if node.module == parent else []
            names += [item.asname or last for item in items if item.name == last]
        else:
            for item in node.names:
                if item.name == module and item.asname:
                    names.append(item.asname)
                elif item.name in (parent, module):
                    names.append(f"{item.asname or parent}.{last}")
    return min(names, key=len, default=None)


def _imports(tree: ast.Module) -> list[ast.Import | ast.ImportFrom]:
    return [it for it in tree.body if isinstance(it, (ast.Import, ast.ImportFrom))]
