"""Unusual files: some that Python can read, and some that nothing can read."""

from __future__ import annotations

NET = "from torch import nn\n\n\nclass Net(nn.Module):\n    def forward(self, x):\n"
BODY = "        return x\n"
USE = "from nets import Net\nNet().forward(1)\n"
OWN_USE = "\n\nNet().forward(1)\n"
LINE = f"VALUE = 'forward', 'grad', '.forward() {'0123456789' * 40}'\n"
PADDING = LINE * 5_000


def module(body: str = BODY, encoding: str = "utf-8") -> bytes:
    return f"{NET}{body}{OWN_USE}".encode(encoding)


READABLE = {
    "plain": module(),
    "byte_order_mark": b"\xef\xbb\xbf" + module(),
    "windows_lines": module().replace(b"\n", b"\r\n"),
    "old_mac_lines": module().replace(b"\n", b"\r"),
    "old_mac_lines_and_comment": b"# Nets\r"
    + module("        encoding: str = x\n        return x\n").replace(b"\n", b"\r"),
    "form_feeds": module().replace(b"\n\n", b"\n\x0c\n"),
    "latin_1": b"# -*- coding: latin-1 -*-\n"
    + module("        return 'gr\xfc\xdfe'\n", "latin-1"),
    "no_newline_at_end": module().rstrip(b"\n"),
    "vertical_tab_in_string": module("        return '\x0b \x1c \x85 \u2028'\n"),
}
"""They define a Module called Net, and their last line calls its forward."""

BIG = f"{NET}{BODY}{PADDING}{OWN_USE}".encode()

UNREADABLE = {
    "unparsable": module("        return (x\n"),
    "unindented": module("return x\n"),
    "python_2": module("        print 'x'\n"),
    "python_2_raise": module("        raise ValueError, 'x'\n"),
    "broken_encoding": module("        return '\xff\xfe'\n", "latin-1"),
    "unknown_encoding": b"# -*- coding: no-such-thing -*-\n" + module(),
    "utf_16": module().decode().encode("utf-16"),
    "null_bytes": module() + b"x = '\0'\n",
    "binary": bytes(range(256)) * 16,
    "newer_syntax": module("        return x\n") + b"class f[[x]]: pass\n",
}
"""Nothing can be said of them but what flake8 says anyway."""

EMPTY = {
    "empty": b"",
    "blank": b"\n\n\n",
    "comment": b"# forward",
    "only_byte_order_mark": b"\xef\xbb\xbf",
}

DEEP = 1000
CHAINED = 500
"""Too deep for libcst, too, whose time for these grows with the square."""


def nested(opening: str, closing: str, depth: int) -> str:
    return f"        x.grad = {opening * depth}x{closing * depth}\n{BODY}"


def nested_functions(depth: int) -> str:
    lines = (f"{' ' * (8 + n)}def f{n}(x):\n" for n in range(depth))
    return f"{''.join(lines)}{' ' * (8 + depth)}x.grad = x\n{BODY}"


def nested_blocks(depth: int) -> str:
    lines = (f"{' ' * (8 + n)}if x:\n" for n in range(depth))
    return f"{''.join(lines)}{' ' * (8 + depth)}x.grad = x\n{BODY}"


def branches(depth: int) -> str:
    lines = (f"        elif x == {n}:\n            x.grad = x\n" for n in range(depth))
    return f"        if x is None:\n            pass\n{''.join(lines)}{BODY}"


def chain(first: str, line: str, depth: int) -> str:
    """Statements that each build on the one before."""
    lines = (line.format(n, n + 1) for n in range(depth))
    return f"{BODY}\n\n{first}\n{''.join(lines)}"


NESTED = {
    "few_parentheses": nested("(", ")", 150),
    "parentheses": nested("(", ")", DEEP),
    "lists": nested("[", "]", 150),
    "calls": nested("f(", ")", 150),
    "chained_calls": nested("", ".f()", CHAINED),
    "chained_attributes": nested("", ".f", DEEP),
    "subscripts": nested("", "[0]", CHAINED),
    "sum": nested("x + ", "", DEEP),
    "powers": nested("x ** ", "", DEEP),
    "negations": nested("-", "", DEEP),
    "comparison": nested("x < ", "", DEEP),
    "lambdas": nested("lambda: ", "", DEEP),
    "conditionals": nested("x if x else ", "", DEEP),
    "chained_forward": nested("", ".forward(x)", CHAINED),
    "own_forward": f"        return Net(){'.forward(x)' * CHAINED}\n",
    "elif": branches(DEEP),
    "few_elif": branches(150),
    "functions": nested_functions(90),
    "blocks": nested_blocks(90),
    "more_functions": nested_functions(DEEP),
    "methods": f"{BODY}\n\nNet(){'.to(1)' * DEEP}.forward(1)\n",
    "names": chain("v0 = Net()", "v{1} = v{0}\n", DEEP) + f"v{DEEP}.forward(1)\n",
    "rebound": chain("v = Net()", "v = v.to({0})\n", DEEP) + "v.forward(1)\n",
    "bases": chain("class C0(Net): pass", "class C{1}(C{0}): pass\n", DEEP)
    + f"C{DEEP}().forward(1)\n",
    "factories": chain("def f0(): return Net()", "def f{1}(): return f{0}()\n", DEEP)
    + f"f{DEEP}().forward(1)\n",
    "annotation": f"{BODY}\n\ndef f(v: {'Net | ' * DEEP}None): v.forward(1)\n",
    "more_blocks": nested_blocks(DEEP),
}
"""Bodies of forward, too deep for many a tool."""
