"""A fix changes its target, and no other byte of the file."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable
from itertools import cycle
from pathlib import Path
from typing import NamedTuple

import libcst as cst
import pytest
from bad_files import NET, READABLE
from fixing import fix_file, fixed
from harness import check
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from test_properties import (
    ARGUMENTS,
    F_STRINGS,
    HEADER,
    INSIDE,
    OUTSIDE,
    PLACES,
    RECEIVERS,
    modest,
)

from flake8_forward.concrete.report import Report
from flake8_forward.concrete.rewriting import Fix, Rewrite
from flake8_forward.lint.context import RuleContext
from flake8_forward.rules.fwd101_direct_forward import DirectForward

CALL = b"net.forward("


class Case(NamedTuple):
    before: str
    dot: str
    after: str

    @property
    def is_plain(self) -> bool:
        """No comment would be lost."""
        return "#" not in self.dot


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A program with one call, between comments and calls that are none."""
    before, after, breakable = draw(st.sampled_from(PLACES))
    blank = INSIDE if breakable else OUTSIDE
    lead = draw(
        st.sampled_from(["", "# net.forward(1) ä\n", "x = 'net.forward(1)'  \n\n"])
    )
    indent = draw(st.sampled_from(["", "  ", "\t"]))
    if indent:
        before, after = (text.replace("\n", f"\n{indent}") for text in (before, after))
        lead += f"if net:\n{indent}"
    end = draw(st.sampled_from(["", "\n", "  # .forward(1)\n", "\n\n\t\n# 漢 end"]))
    return Case(
        f"{HEADER}{lead}{before}{draw(st.sampled_from(RECEIVERS))}",
        f"{draw(blank)}.{draw(blank)}",
        f"{draw(blank)}({draw(INSIDE)}{draw(st.sampled_from(ARGUMENTS))}){after}{end}",
    )


NEWLINES = st.lists(st.sampled_from(["\n", "\r\n", "\r"]), min_size=1, max_size=3)
LEADS = st.sampled_from([b"", b"\xef\xbb\xbf", b"\n\n", b"# coding: utf-8\r\n"])


@settings(modest, max_examples=75)
@given(cases(), NEWLINES, LEADS)
def test_every_other_byte_stays(
    tmp_path: Path, case: Case, newlines: list[str], lead: bytes
) -> None:
    """Even if line endings are mixed."""
    ends = cycle(newlines)

    def data(text: str) -> bytes:
        parts = text.split("\n")
        return "".join([parts[0], *(next(ends) + part for part in parts[1:])]).encode()

    before, word, after = (
        data(case.before),
        data(f"{case.dot}forward"),
        data(case.after),
    )
    bad, good = lead + before + word + after, lead + before + after
    try:
        ast.parse(bad)
        ast.parse(good)
    except SyntaxError:
        assume(False)
    result = fixed(tmp_path, bad)
    if case.is_plain:
        assert result == good
        assert check(tmp_path / "main.py") == []
    else:
        assert result == bad


@pytest.mark.parametrize(("before", "after", "_"), PLACES, ids=[p[0] for p in PLACES])
def test_every_place(before: str, after: str, _: bool, tmp_path: Path) -> None:
    text = f"{HEADER}{before}net.forward(1){after}\n"
    expected = f"{HEADER}{before}net(1){after}\n"
    assert fixed(tmp_path, text.encode()) == expected.encode()


@pytest.mark.parametrize("name", READABLE)
def test_every_file_that_python_reads(name: str, tmp_path: Path) -> None:
    data = READABLE[name]
    assert data.count(b"Net().forward(1)") == 1
    expected = data.replace(b"Net().forward(1)", b"Net()(1)")
    assert fixed(tmp_path, data) == expected


CODECS = {
    "latin-1": "grüße",
    "cp1252": "€",
    "shift_jis": "表示",
    "utf-7": "grüße",
    "iso2022_jp": "表示",
}


@pytest.mark.parametrize("codec", CODECS)
def test_other_encodings(codec: str, tmp_path: Path) -> None:
    word = CODECS[codec]
    text = f"# coding: {codec}\n{HEADER}'{word}', net.forward('{word}')  # {word}"
    expected = text.replace("net.forward(", "net(")
    assert fixed(tmp_path, text.encode(codec)) == expected.encode(codec)


@pytest.mark.parametrize("text", F_STRINGS)
def test_f_strings(text: str, tmp_path: Path) -> None:
    """Before Python 3.12 their positions are often wrong: then they stay as they are."""
    program = f"{HEADER}x = {text}\n"
    try:
        ast.parse(program)
    except SyntaxError:
        pytest.skip("newer syntax")
    head, _, tail = program.rpartition(".forward(")
    results = {program} if "=}" in text else {f"{head}({tail}"}
    if sys.version_info < (3, 12):
        results.add(program)
    assert fixed(tmp_path, program.encode()).decode() in results


COMMENTED = [
    "(net  # why\n.forward(1))",
    "(net.  # why\nforward(1))",
    "(net\n# why\n  .forward(1))",
]


@pytest.mark.parametrize("text", COMMENTED)
def test_comment_is_not_lost(text: str, tmp_path: Path) -> None:
    program = f"{HEADER}x = {text}\nnet.forward(2)\n"
    expected = program.replace("net.forward(2)", "net(2)")
    assert fixed(tmp_path, program.encode()) == expected.encode()


def test_chain_in_a_method(tmp_path: Path) -> None:
    lines = ("return (", "    net", "    .to(1)", "    .forward(x)", "    .shape", ")")
    text = "\n        ".join(("class A:\n    def f(self, x):", *lines))
    expected = (HEADER + text).replace("\n            .forward(x)", "(x)")
    assert fixed(tmp_path, (HEADER + text).encode()) == expected.encode()


def test_several_in_a_line_and_nested(tmp_path: Path) -> None:
    program = (
        f"{HEADER}net.forward(net.forward(1), net\\\n .forward(2)); net.forward(3)"
    )
    expected = f"{HEADER}net(net(1), net(2)); net(3)"
    assert fixed(tmp_path, program.encode()) == expected.encode()


LEFT_ALONE = {
    "noqa": ("net.forward(1)  # noqa: FWD101\n", ()),
    "blanket noqa": ("net.forward(1)  # noqa\n", ()),
    "file": ("net.forward(1)\n# flake8: noqa\n", ()),
    "select": ("net.forward(1)\n", ("--select=FWD102",)),
    "ignore": ("net.forward(1)\n", ("--ignore=FWD1",)),
    "per file": ("net.forward(1)\n", ("--per-file-ignores=main.py:FWD101",)),
}


@pytest.mark.parametrize("name", LEFT_ALONE)
def test_what_is_not_reported_is_not_fixed(name: str, tmp_path: Path) -> None:
    text, options = LEFT_ALONE[name]
    data = (HEADER + text).encode()
    assert fixed(tmp_path, data, *options) == data
    plain = data.partition(b"  # noqa")[0].replace(b"# flake8: noqa", b"")
    assert fixed(tmp_path, plain) == plain.replace(CALL, b"net(")


UNSAFE = (
    f"{NET}        return x\n\n    def predict(self, x):\n        return self.forward(x)\n"
    "\n\nclass Cached(Net):\n    def __call__(self, x):\n        return self.predict(x)\n"
)


def test_unsafe_fix_wants_to_be_asked_for(tmp_path: Path) -> None:
    data = UNSAFE.encode()
    assert fixed(tmp_path, data) == data
    expected = data.replace(b"self.forward(x)", b"self(x)")
    assert fixed(tmp_path, data, "--unsafe-fixes") == expected
    safe = data.replace(b"Cached(Net)", b"Cached(nn.Module)")
    assert fixed(tmp_path, safe) == safe.replace(b"self.forward(x)", b"self(x)")


WRONG: dict[str, Callable[[cst.Attribute], cst.CSTNode]] = {
    "unparsable": lambda it: it.with_changes(value=cst.Yield(it.value)),
    "useless": lambda it: it,
    "worse": lambda it: it.with_changes(value=cst.Call(it, [cst.Arg(it.value)])),
}


@pytest.mark.parametrize("mistake", WRONG)
def test_fix_that_does_not_help_is_refused(
    mistake: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fix of the third of five calls is wrong: the others are fixed all the same."""
    right = DirectForward.check

    def changed(node: cst.CSTNode) -> cst.CSTNode:
        assert isinstance(node, cst.Attribute)
        return WRONG[mistake](node)

    def wrong(rule: DirectForward, context: RuleContext) -> Report | None:
        report = right(rule, context)
        call = context.ancestry[-2]
        if report is None or ast.unparse(call) != "net.forward(2)":
            return report
        return report._replace(fix=lambda: Fix((Rewrite(report.node, changed),)))

    monkeypatch.setattr(DirectForward, "check", wrong)
    text = HEADER + "".join(f"net.forward({number})\n" for number in range(5))
    path = tmp_path / "main.py"
    path.write_text(text, encoding="utf-8")
    outcome = fix_file(path)
    assert outcome.fixed == 4
    why = "the result would not parse, or would still be reported"
    row = HEADER.count("\n") + 3
    assert outcome.refused == (f"{path}:{row}:5: FWD101 not fixed: {why}",)
    expected = text.replace(".forward(", "(").replace("net(2)", "net.forward(2)")
    assert path.read_text("utf-8") == expected
