"""Mutations of tokens: other ones, odd ones, deeply nested, oddly spaced."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random
from typing import TypeAlias

TextMutation: TypeAlias = Callable[[str, Random], str]

TOKEN = re.compile(r"\w+|[^\w\s]|\s+")
NAME = re.compile(r"\b[^\W\d]\w*")
CALL = re.compile(r"[\w.]+\.\w+\([^()\n]*\)")
DEPTHS = (2, 20, 90, 150, 400, 3000)
POOL = (
    *("self", "super()", "x", "None", "0", "nn", "torch", "lambda: 0", "yield", "*"),
    *("**", "await x", "...", "in", "not", "if", "else", "for", "class", "def"),
    *("async", "del", "return", "global x", ":=", "=", "==", ".", ",", ":", ";", "("),
    *(")", "[", "]", "{", "}", "@", "->", "|", "'", '"', "'''", "\\", "#", "f'{", "}'"),
    *("type", "match", "_"),
)
WORDS = (
    *("forward", "__call__", "__init__", "grad", "data", "train", "eval", "backward"),
    *("Parameter", "step", "zero_grad", "dropout", "training", "Module", "forwrad"),
    *("_call_impl", "super", "self", "Linear", "register_forward_hook", "float"),
)
ODD = (
    *("\u2028", "\x0b", "\x0c", "\x1c", "\x85", "\ufeff", "\u200d", "é", "漢", "🔥"),
    "e\u0301",
)


def _at(pattern: re.Pattern[str], text: str, chance: Random) -> tuple[str, str, str]:
    """Return a random match of `pattern` with what is before and after it."""
    matches = list(pattern.finditer(text))
    if not matches:
        return text, "", ""
    start, end = chance.choice(matches).span()
    return text[:start], text[start:end], text[end:]


def swap_tokens(text: str, chance: Random) -> str:
    tokens = TOKEN.findall(text) or [""]
    one, other = chance.randrange(len(tokens)), chance.randrange(len(tokens))
    tokens[one], tokens[other] = tokens[other], tokens[one]
    return "".join(tokens)


def replace_token(text: str, chance: Random) -> str:
    before, _, after = _at(TOKEN, text, chance)
    return before + chance.choice(POOL) + after


def replace_name(text: str, chance: Random) -> str:
    before, _, after = _at(NAME, text, chance)
    names: list[str] = NAME.findall(text)
    name = chance.choice((*WORDS, *names))
    return before + name + after


def replace_character(text: str, chance: Random) -> str:
    place = chance.randrange(len(text) + 1)
    skipped = chance.choice((0, 1, 1))
    new: str = chance.choice(("", *"\t\n ()[]{}:,.'\"\\#@=_0a", *ODD))
    return text[:place] + new + text[place + skipped :]


def break_contract(text: str, chance: Random) -> str:
    """Make mistakes that the rules look for, wherever the text allows it."""
    old, new = chance.choice(
        (
            *(
                (r"(?<=[\w\])])\((?=[\w*])", ".forward("),
                (r"super\(\)\.__init__\(", "print("),
            ),
            *(
                (r"\breturn\b", "x ="),
                (r"\bdef forward\b", "def __call__"),
                (r"\w+ =", "x.grad ="),
            ),
            *(
                (r"\breturn\b", "yield"),
                (r"\bdef \w+", "def forward"),
                (r"\bself\.\w+ =", "self.train ="),
            ),
            *(
                (r"(?<== )\w.*", "[nn.Linear(1, 1)]"),
                (r"(?<== )\w.*", "nn.Parameter(torch.ones(1))"),
            ),
            *(
                (r"(?<== )\w.*", "F.dropout(x)"),
                (r"\(\w+\)", "(x.backward())"),
                (r"\w+\.", "x.data."),
            ),
        )
    )
    rate = chance.choice((0.1, 0.5, 1))
    return re.sub(old, lambda match: new if chance.random() < rate else match[0], text)


def nest(text: str, chance: Random) -> str:
    """Nest a name or a call in many brackets, operators or calls."""
    before, name, after = _at(chance.choice((NAME, CALL)), text, chance)
    opening, closing = chance.choice(
        (
            *(
                ("(", ")"),
                ("[", "]"),
                ("f(", ")"),
                ("-", ""),
                ("not ", ""),
                ("x + ", ""),
            ),
            *(
                ("", ".to(1)"),
                ("", ".forward(1)"),
                ("", "[0]"),
                ("lambda: ", ""),
                ("{", "}"),
            ),
            *(
                ("x if x else ", ""),
                ("*", ""),
                ("await ", ""),
                ("", " or x"),
                ("x ** ", ""),
            ),
        )
    )
    depth = chance.choice(DEPTHS)
    return f"{before}{opening * depth}{name}{closing * depth}{after}"


def enlarge(text: str, chance: Random) -> str:
    """Put a huge literal in place of a name."""
    before, _, after = _at(NAME, text, chance)
    literal = chance.choice(("9" * 4_000, "9" * 5_000, f"0x{'f' * 90_000}", "1e999j"))
    text_literal = repr("forward .grad " * chance.choice((1_000, 1_000, 10_000)))
    listed = f"[{'nn.Linear(1, 1), ' * 2_000}]"
    doubled = f"{{{'x: x, ' * 3_000}}}"
    return before + chance.choice((literal, text_literal, listed, doubled)) + after


def disguise(text: str, chance: Random) -> str:
    """Write some letters of a name in ways that mean the same to Python."""
    before, name, after = _at(NAME, text, chance)
    shift = chance.choice((0xFF41, 0x1D41A, 0x1D44E, 0x1D5EE)) - ord("a")
    letters = (
        chr(ord(letter) + shift)
        if "a" <= letter <= "z" and chance.random() < 0.5
        else letter
        for letter in name
    )
    return before + "".join(letters) + after


def rename(text: str, chance: Random) -> str:
    """Give a name a letter that is not ASCII, wherever it stands."""
    names = NAME.findall(text)
    if not names:
        return text
    name = chance.choice(names)
    return re.sub(
        rf"\b{name}\b", chance.choice(("é", "漢", "ﬁ", "\u017f")) + name, text
    )


def respace(text: str, chance: Random) -> str:
    """Write blanks between tokens in other ways, some of them wrong."""
    blank = chance.choice(
        ("", "  ", "\t", "\x0c", " \\\n", "\\\n  ", "\n", "  # x.forward()\n")
    )
    pieces = TOKEN.findall(text)
    rate = chance.choice((0.01, 0.1))
    return "".join(
        piece + blank if piece in ".(," and chance.random() < rate else piece
        for piece in pieces
    )


def relayout(text: str, chance: Random) -> str:
    """Change what stands before and between lines."""
    old, new = chance.choice(
        (
            *(("    ", "\t"), ("\n\n", "\n\x0c\n"), ("\n\n", "\n"), ("\n", "\n\n")),
            *(
                ("\n", "  # forward\n"),
                ("\n", " ;\n"),
                ("    ", "  "),
                ("\n    ", "\n\x0c    "),
            ),
        )
    )
    return text.replace(old, new)


def into_f_string(text: str, chance: Random) -> str:
    before, call, after = _at(CALL, text, chance)
    form = chance.choice(
        (
            *(
                "f'{%s}'",
                "f'é{%s!r:>10}'",
                "f'''\n{%s}'''",
                "f'{1}{%s=}'",
                "f'{x:{%s}}'",
            ),
            *("rf'\\{%s}'", "'a' f'{%s}'", "f'{(\n%s\n)}'", "f'{%s} forward' 'b'"),
        )
    )
    return before + form.replace("%s", call) + after


OF_TOKENS: tuple[TextMutation, ...] = (
    *(swap_tokens, replace_token, replace_name, replace_name, replace_character),
    *(break_contract, break_contract, break_contract, nest, enlarge, disguise, rename),
    *(respace, relayout, into_f_string),
)
