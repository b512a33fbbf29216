"""The formatting of a program does not change its findings."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import fuzz_checks
import pytest
from case_projects import PLACES, copy_to
from fuzz_checks import word_at
from hypothesis import given, settings
from hypothesis import strategies as st
from reformatting import FORMATTERS, LINE_ENDS, REWRITINGS, Rewriting, plain, reformat

ORIGINALS = {str(place): path for path, place in PLACES.items()}
NAMES = sorted(ORIGINALS)

Found: TypeAlias = "list[tuple[str, str, str]]"
"""Code, word and message of each finding of a file, in its order."""


def found(path: Path) -> Found:
    findings, lines, is_parsed = fuzz_checks.by_plugin(path)
    assert is_parsed
    return [(item.code, word_at(item, lines), plain(item.text)) for item in findings]


def found_in(root: Path) -> dict[str, Found]:
    fuzz_checks.forget()
    return {name: found(root / name) for name in NAMES}


def rewrite(path: Path, rewritings: Sequence[Rewriting]) -> None:
    text = path.read_text("utf-8")
    for rewriting in rewritings:
        text = rewriting(text)
    path.write_text(text, "utf-8", newline="")


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    expected = found_in(copy_to(tmp_path_factory.mktemp("plain")))
    assert sum(map(len, expected.values())) > 800
    assert len({code for each in expected.values() for code, _, _ in each}) > 20
    return expected


def assert_same(root: Path, expected: dict[str, Found]) -> None:
    differing = {
        name: (now, expected[name])
        for name, now in found_in(root).items()
        if now != expected[name]
    }
    assert differing == {}


@pytest.mark.parametrize("rewriting", REWRITINGS, ids=lambda item: item.__name__)
def test_rewritten(
    rewriting: Rewriting, expected: dict[str, Found], tmp_path: Path
) -> None:
    root = copy_to(tmp_path)
    for name in NAMES:
        rewrite(root / name, [rewriting])
    assert_same(root, expected)


@pytest.mark.parametrize(
    ("formatter", "line_ends"),
    [*zip(FORMATTERS, LINE_ENDS, strict=True)],
    ids=FORMATTERS,
)
def test_reformatted(
    formatter: str, line_ends: Rewriting, expected: dict[str, Found], tmp_path: Path
) -> None:
    root = copy_to(tmp_path)
    assert reformat(formatter, root)
    for name in NAMES:
        rewrite(root / name, [line_ends])
    assert_same(root, expected)


@pytest.fixture(scope="module")
def copies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_to(tmp_path_factory.mktemp("copies"))


@settings(max_examples=50, deadline=None)
@given(
    st.sampled_from(NAMES),
    st.permutations(REWRITINGS),
    st.integers(2, len(REWRITINGS)),
    st.sampled_from(LINE_ENDS),
)
def test_rewritten_repeatedly(
    expected: dict[str, Found],
    copies: Path,
    name: str,
    order: list[Rewriting],
    count: int,
    last: Rewriting,
) -> None:
    path = copies / name
    shutil.copy(ORIGINALS[name], path)
    rewrite(path, [*order[:count], last])
    fuzz_checks.forget()
    assert found(path) == expected[name]
