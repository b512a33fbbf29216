"""Mutations of Python files: of lines, encoding and bytes, and those of tokens.

Everything is drawn from the given `Random`: the same seed gives the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import TypeAlias

from fuzz_tokens import DEPTHS, OF_TOKENS, WORDS, TextMutation

ByteMutation: TypeAlias = Callable[[bytes, Random], bytes]

DEFINITION = re.compile(r"(?m)^(?=class\b|def\b|@|async\b)")
SHORT = 1_500
STATEMENTS = (
    "match x:\n{0}    case nn.Linear(forward=y) | {'grad': y} if y.forward(1): pass",
    "try: pass\n{0}except* ValueError: pass",
    "type Net[T: nn.Module = nn.Linear] = list[T]",
    "def f[T: nn.Module](net: T, /, *, grad=lambda: net.forward(1)) -> T: ...",
    "class Net[*T, **P](nn.Module, metaclass=type): forward = __call__ = None",
    "with (nn.Linear(1, 1) as net, open('x') as y): net.forward(net.forward(1))",
    "x = f'{x.forward(1)=!r:>{x.grad}}' rf'{{forward}}\\{x . forward (1)}'",
    "(x := nn.Linear(1, 1)).forward((y := x).forward(1))",
    "async def forward(self): return [await x async for x in self.forward(1)]",
    "global forward, grad; del x.grad, forward; assert x.forward(1), x.grad",
    "x.grad = y.grad: int = x[lambda: x.grad] = *x.grad, = 1",
    "for x.grad, (y.forward, *z) in x: [x.grad for x.grad in x.forward]",
    "@x.forward\n{0}@(lambda f: x.forward(f))\n{0}def __call__(self): return self.forward()",
    "setattr(x, 'grad', 1); setattr(x, 'gr' 'ad', 1); x.__dict__['forward'](1)",
)
CODECS = (
    *("latin-1", "cp1252", "utf-8", "utf-8-sig", "ascii", "shift_jis", "iso-2022-jp"),
    *("utf-7", "utf-16", "utf-32", "euc_kr", "koi8-r", "cp037", "punycode", "rot13"),
    *("no-such-thing", "hex", "unicode_escape", "idna", "mbcs", "utf_8\0", "big5hkscs"),
)


def mutated(data: bytes, chance: Random) -> bytes:
    """Return an excerpt of the source `data` with some mutations, mostly of its text."""
    text = excerpt(data.decode("utf-8", "replace"), chance)
    for _ in range(chance.choice((1, 1, 1, 2, 3))):
        text = chance.choice(OF_TEXT)(text, chance)
    changed = text.encode("utf-8", "surrogatepass")
    return (
        chance.choice(OF_BYTES)(changed, chance) if chance.random() < 0.2 else changed
    )


def excerpt(text: str, chance: Random) -> str:
    """Return the head of a long text and one definition of it, with rules' words if any.

    Short inputs are linted faster, so there can be more of them.
    """
    head, *parts = DEFINITION.split(text)
    if len(text) <= SHORT or not parts:
        return text
    suspicious = [part for part in parts if any(word in part for word in WORDS)]
    part = chance.choice(suspicious or parts)
    return f"{head}{chance.choice(parts) if chance.random() < 0.2 else ''}{part}"


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True) or ["\n"]


def _any_line(lines: list[str], chance: Random) -> tuple[int, str, str]:
    """Return the number of one of ``lines``, its indent and what follows that."""
    number = chance.randrange(len(lines))
    line = lines[number].lstrip()
    return number, lines[number][: len(lines[number]) - len(line)], line


def _span(count: int, chance: Random) -> slice:
    start = chance.randrange(count)
    return slice(start, start + chance.choice((1, 1, 2, 5)))


def drop_lines(text: str, chance: Random) -> str:
    lines = _lines(text)
    del lines[_span(len(lines), chance)]
    return "".join(lines)


def double_lines(text: str, chance: Random) -> str:
    lines = _lines(text)
    part = _span(len(lines), chance)
    lines[part] = lines[part] * 2
    return "".join(lines)


def move_lines(text: str, chance: Random) -> str:
    lines = _lines(text)
    part = _span(len(lines), chance)
    taken = lines[part]
    del lines[part]
    place = chance.randrange(len(lines) + 1)
    return "".join([*lines[:place], *taken, *lines[place:]])


def swap_lines(text: str, chance: Random) -> str:
    lines = _lines(text)
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return "".join(lines)


def indent_line(text: str, chance: Random) -> str:
    lines = _lines(text)
    number = chance.randrange(len(lines))
    line = lines[number]
    lines[number] = chance.choice(
        (f"    {line}", f"\t{line}", line.lstrip(" "), line[4:])
    )
    return "".join(lines)


def truncate(text: str, chance: Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


def nest_line(text: str, chance: Random) -> str:
    """Put a line into many blocks."""
    lines = _lines(text)
    number, indent, line = _any_line(lines, chance)
    block = chance.choice(
        ("if x:", "for x in x:", "def forward(self):", "class x(x):", "try:")
    )
    depth = chance.choice(DEPTHS[:-2])
    heads = [f"{indent}{' ' * level}{block}\n" for level in range(depth)]
    lines[number] = "".join([*heads, f"{indent}{' ' * depth}{line}"])
    return "".join(lines)


def insert_statement(text: str, chance: Random) -> str:
    lines = _lines(text)
    number = chance.randrange(len(lines))
    line = lines[number]
    indent = line[: len(line) - len(line.lstrip(" \t"))]
    statement = chance.choice(STATEMENTS).replace("{0}", indent)
    lines.insert(number, f"{indent}{statement}\n")
    return "".join(lines)


def prefix_line(text: str, chance: Random) -> str:
    """Put something before a statement, on its line."""
    lines = _lines(text)
    number, indent, line = _any_line(lines, chance)
    head = chance.choice(
        ("'🔥é'; ", "x = ", "async ", "if x: ", "@x\n" + indent, "return ")
    )
    lines[number] = f"{indent}{head}{line}"
    return "".join(lines)


def _spot(data: bytes, chance: Random) -> int:
    return chance.randrange(len(data) + 1)


def replace_bytes(data: bytes, chance: Random) -> bytes:
    for _ in range(chance.choice((1, 3, 30))):
        place = _spot(data, chance)
        data = data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :]
    return data


def insert_byte(data: bytes, chance: Random) -> bytes:
    place = _spot(data, chance)
    new = chance.choice(
        (b"\0", b"\x1a", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\r", b"\x0c")
    )
    return data[:place] + new + data[place:]


def end_lines(data: bytes, chance: Random) -> bytes:
    ends = chance.choice(
        ((b"\r\n",), (b"\r",), (b"\n", b"\r\n"), (b"\n", b"\r", b"\r\n"))
    )
    return b"".join(line + chance.choice(ends) for line in data.splitlines())


def mark(data: bytes, chance: Random) -> bytes:
    return b"\xef\xbb\xbf" * chance.choice((1, 1, 2)) + data


def encode(data: bytes, chance: Random) -> bytes:
    """Declare an encoding, and mostly keep the promise."""
    name = chance.choice(CODECS)
    lead = chance.choice(("", "#!/usr/bin/python\n", "\x0c", "\n\n", "'é'\n"))
    text = f"{lead}# -*- coding: {name} -*-\n{data.decode('utf-8', 'replace')}"
    try:
        return text.encode(name if chance.random() < 0.8 else "latin-1", "replace")
    except (LookupError, ValueError):
        return text.encode()


def unend(data: bytes, chance: Random) -> bytes:
    return data.rstrip() + chance.choice(
        (b"", b"\\", b"\\\n", b" \n\t", b"\x0c", b"#", b"\r")
    )


OF_TEXT: tuple[TextMutation, ...] = (
    *(drop_lines, double_lines, move_lines, swap_lines, indent_line, truncate),
    *(nest_line, insert_statement, prefix_line, *OF_TOKENS),
)
OF_BYTES: tuple[ByteMutation, ...] = (
    *(replace_bytes, insert_byte, end_lines, mark, encode, encode, unend),
)
