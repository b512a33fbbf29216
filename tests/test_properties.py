"""However a call is formatted, the finding is at the word ``forward``."""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import pytest
from example_programs import Finding
from harness import check
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

WORD = "forward"
HEADER = (
    "import asyncio\nfrom torch import nn\n\n\nclass Net(nn.Module):\n"
    "    def method(self, x): return x\n\n\nnet = Net()\n"
)
SPACES = st.sampled_from(["", " ", "  ", "\t", " \t ", "\x0c"])
BREAKS = st.sampled_from(
    ["\n", "\n    ", "  # forward\n", " # x.forward()\n\n", "\n\t"]
)
BACKSLASHES = st.sampled_from(["\\\n", " \\\n  ", "\\\n\t"])
OUTSIDE = st.one_of(SPACES, BACKSLASHES)
INSIDE = st.one_of(SPACES, BACKSLASHES, BREAKS)
RECEIVERS = [
    "net",
    "Net()",
    "(net)",
    "((net))",
    "net.to(1)",
    "nn.Linear(1, 1)",
    "[net][0]",
]
ARGUMENTS = [
    "",
    "1",
    "'forward'",
    "x=1",
    "*[1]",
    "'ä', \"漢\"",
    "(\n1,\n)",
    "lambda: 1",
]

# Where an expression may stand: before it, after it, and whether lines may break.
PLACES = [
    ("", "", False),
    ("x = 1;", "; x = 2", False),
    ("x = 'ä🔥', ", "", False),
    ("if net: ", "", False),
    ("assert ", ", 'forward'", False),
    ("x = y = ", "", False),
    ("x: int = ", "", False),
    ("(", ")", True),
    ("print(\n", ",)", True),
    ("[", "for x in 'ab']", True),
    ("[x for x in ", "]", True),
    ("[x for x in 'ab' if ", "]", True),
    ("{1:", "for x in 'ab'}", True),
    ("print(*(", "))", True),
    ("f = lambda x=1: ", "", False),
    ("f = lambda: (", ")", True),
    ("(x := ", ")", True),
    ("if (x := ", "): pass", True),
    ("not (", ")", True),
    ("(1 if net else ", ")", True),
    ("net.method(x=", ").forward_features", True),
    ("async def f(): await ", "", False),
    ("async def f(): return [await (", ")]", True),
    ("async def f(x=(", ")): pass", True),
    ("def f():\n    yield ", "", False),
    ("def f() -> (", "): pass", True),
    ("class A:\n    x = ", "", False),
    ("class A(metaclass=(", ")): pass", True),
    ("@(", ")\ndef f(): pass", True),
    ("@print\n@(", ")\nasync def f(): pass", True),
    ("@(", ")\nclass A: pass", True),
    ("with (", ") as x: pass", True),
    ("for x in (", "): pass", True),
    ("for x in []: pass\nelse: ", "", False),
    ("try: pass\nexcept (", "): pass", True),
    ("try: pass\nfinally:\n  ", "", False),
    ("while (", "): break", True),
    ("match (", "):\n  case 1: pass", True),
    ("match 1:\n  case x if (", "): pass", True),
    ("del (", ")[0]", True),
    ("x = '''\nforward\n''' + ", "", False),
    ("raise (", ") from None", True),
    ("x = ", "[0:1].forward", False),
]
modest = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def located(text: str, index: int) -> Finding:
    """The finding at a place in ``text``, where columns count characters."""
    row = text.count("\n", 0, index) + 1
    return Finding(row, index - text.rfind("\n", 0, index), "FWD101")


@st.composite
def programs(draw: st.DrawFn) -> tuple[str, Finding]:
    """A program with one call, and the finding it must lead to."""
    before, after, breakable = draw(st.sampled_from(PLACES))
    blank = INSIDE if breakable else OUTSIDE
    start = (
        f"{HEADER}{before}{draw(st.sampled_from(RECEIVERS))}{draw(blank)}.{draw(blank)}"
    )
    arguments = draw(st.sampled_from(ARGUMENTS))
    text = f"{start}{WORD}{draw(blank)}({draw(INSIDE)}{arguments}){after}\n"
    return text, located(text, len(start))


def lint(folder: Path, text: str) -> list[Finding]:
    path = folder / "main.py"
    path.write_bytes(text.encode())
    return check(path)


@modest
@given(programs())
def test_finding_is_at_the_word(tmp_path: Path, program: tuple[str, Finding]) -> None:
    text, expected = program
    try:
        ast.parse(text)
    except SyntaxError:
        assume(False)
    assert lint(tmp_path, text) == [expected]


@pytest.mark.parametrize(("before", "after", "_"), PLACES, ids=[p[0] for p in PLACES])
def test_every_place(before: str, after: str, _: bool, tmp_path: Path) -> None:
    start = f"{HEADER}{before}net."
    text = f"{start}{WORD}(1){after}\n"
    assert lint(tmp_path, text) == [located(text, len(start))]


@modest
@given(st.lists(st.tuples(SPACES, st.sampled_from(["net", "other"])), max_size=5))
def test_every_call_of_a_line(tmp_path: Path, calls: list[tuple[str, str]]) -> None:
    text = HEADER
    expected = []
    for blank, name in calls:
        text += f"{name}.{blank}"
        if name == "net":
            expected.append(located(text, len(text)))
        text += f"{WORD}('ä');"
    assert lint(tmp_path, f"{text}x = 1\n") == expected


F_STRINGS = [
    "f'{net.forward(1)}'",
    "f'ä{net.forward(1)!r:>10}'",
    "f'{1} forward {net.forward(1)}'",
    "f'{x:{net.forward(1)}}'",
    "f'''\n{net.forward(1)}\n'''",
    "f'{(\n  net.forward(1)\n)}'",
    "f'{net.forward('nested')}'",
    "'a' f'{net.forward(1)=}'",
    "f'{{net.forward(2)}} {net.forward(1)}'",
]


@pytest.mark.skipif(sys.version_info < (3, 12), reason="positions were wrong before")
@pytest.mark.parametrize("text", F_STRINGS)
def test_f_strings(text: str, tmp_path: Path) -> None:
    program = f"{HEADER}x = {text}\n"
    index = max(program.rfind("net.forward(1"), program.rfind("net.forward('"))
    assert lint(tmp_path, program) == [located(program, index + len("net."))]


@pytest.mark.parametrize("text", ["f'{net.forward(1)}'", "f'a {net.forward(1)} b'"])
def test_f_string_on_one_line(text: str, tmp_path: Path) -> None:
    """Wherever in the line: it must be the right one, so that noqa meets it."""
    found = lint(tmp_path, f"{HEADER}x = {text}\n")
    assert [(finding.row, finding.code) for finding in found] == [(10, "FWD101")]
