"""Programs with any number of findings, generated from one with a few.

The time for them shows how the rules' questions scale.
"""

from __future__ import annotations

import ast
import re

_MARK = re.compile(r"#.*\bFWD\d{3}:")
_IMPORT = re.compile(r"^(?:import|from) .*\n", re.MULTILINE)
_RETURN = re.compile(r"^(\s*)return ")
_ATTRIBUTE = re.compile(r"^(\s*self\.\w+)( *[:=])")


def many(program: str, count: int) -> str:
    """Return ``program`` repeated, with different names each time."""
    imports = "".join(_IMPORT.findall(program))
    body = _IMPORT.sub("", program)
    own = "|".join(sorted(_defined(ast.parse(program))))
    word = re.compile(rf"\b({own})\b" if own else "(?!)")
    copies = (word.sub(rf"\1_{number}", body) for number in range(count))
    return imports + "\n\n".join(copies)


def _defined(tree: ast.Module) -> set[str]:
    names = {getattr(node, "name", "") for node in tree.body}
    for node in tree.body:
        if isinstance(node, ast.Assign):
            names |= {getattr(target, "id", "") for target in node.targets}
    return names - {""}


def dense(program: str, count: int) -> str:
    """Return ``program`` with its marked statements ``count`` times in their place.

    Attributes of self get different names each time; returned values are discarded.
    """
    lines = program.split("\n")
    statements = [n for n in ast.walk(ast.parse(program)) if isinstance(n, ast.stmt)]
    repeated: dict[int, list[str]] = {}  # by the line that they stand before
    for row, line in enumerate(lines, 1):
        if _MARK.search(line):
            node = _innermost(statements, row)
            code = lines[node.lineno - 1 : node.end_lineno]
            code[0] = _RETURN.sub(r"\1_ = ", code[0])
            repeated[node.lineno] = code
    found: list[str] = []
    for row, line in enumerate(lines, 1):
        for number in range(count if row in repeated else 0):
            found += (_ATTRIBUTE.sub(rf"\1_{number}\2", code) for code in repeated[row])
        found.append(line)
    return "\n".join(found)


def _innermost(statements: list[ast.stmt], row: int) -> ast.stmt:
    around = [n for n in statements if n.lineno <= row <= (n.end_lineno or n.lineno)]
    return min(around, key=lambda node: (node.end_lineno or 0) - node.lineno)
