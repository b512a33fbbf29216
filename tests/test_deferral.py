"""Imported files: dropped bodies come back unchanged; memory is settled."""

from __future__ import annotations

import ast
import gc
import json.decoder
import textwrap
import typing
import weakref

import pytest

from flake8_forward.flow.builder import module_scope
from flake8_forward.project import collection
from flake8_forward.project.collection import Memory
from flake8_forward.project.files import SourceFile
from flake8_forward.project.lazy_bodies import DEFERRED, defer
from flake8_forward.project.source import read_source, weight
from flake8_forward.syntax.tree import walk

BODY = "    a = 1\n    b = 2\n    c = 3\n    return a\n"
SHAPES = {
    "plain": f"def f():\n{BODY}",
    "async": f"async def f():\n    await g()\n{BODY}",
    "method": "class A:\n" + textwrap.indent(f"def f(self):\n{BODY}", "  "),
    "branches": "try:\n  import x\nexcept ImportError:\n"
    + textwrap.indent(f"def f():\n{BODY}", "  "),
    "docstring": 'def f():\n    """ä\n  odd indentation\n    """\n' + BODY,
    "tabs": "def f():\n\tif x:\n\t\ty = 1\n\tz = 2\n\treturn 1\n",
    "form feed": f"def f():\n\f    x = 1\n{BODY}",
    "comments": "def f():  # why\n\n  # here\n" + BODY.replace(" 2\n", " 2\n# odd\n"),
    "semicolons": f"def f():\n    a = 1; b = 2\n{BODY}",
    "no last newline": f"def f():\n{BODY}".rstrip(),
    "long head": "def f(\n  a,\n):\n" + BODY,
    "on the head's line": "def f(): a = (\n1,\n2,\n3,\n4)\n",
    "on the head's last line": "def f(\n): a = (\n1,\n2,\n3,\n4)\n",
    "decorated first": "def f():\n    @(\n      g\n    )\n    def h():\n        pass\n",
    "class first": f"def f():\n    class A:\n        x = 1\n{BODY}",
    "continued": "def f():\n    a = \\\n    1\n    b = 2\n    return '''\nx\n'''\n",
    "yields": f"def f():\n    global q\n    x = yield\n{BODY}",
    "unicode": f"def f():\n    'ä'; x = 'ö'\n{BODY}",
}
KEPT = {
    "class first",
    "on the head's line",
    "on the head's last line",
    "decorated first",
}


def loaded(text: str) -> SourceFile:
    file = SourceFile("x.py", "x", text, ast.parse(text), weight(text))
    defer(file)
    return file


def dropped(file: SourceFile) -> int:
    """Count the bodies that are not there, without looking into functions."""
    found, work = 0, [*file.tree.body]
    for node in work:
        if type(node) in DEFERRED.values():
            found += 1
        elif isinstance(node, (ast.ClassDef, ast.Try)):
            work += [
                *node.body,
                *(n for h in getattr(node, "handlers", ()) for n in h.body),
            ]
    return found


@pytest.mark.parametrize("name", SHAPES)
def test_body_comes_back(name: str) -> None:
    text = SHAPES[name]
    file = loaded(text)
    assert dropped(file) == (name not in KEPT)
    whole = [*walk(file.tree)]
    assert dropped(file) == 0
    assert not any(type(node) in DEFERRED.values() for node in whole)
    expected = ast.dump(ast.parse(text), include_attributes=True)
    assert ast.dump(file.tree, include_attributes=True) == expected


@pytest.mark.parametrize("module", [
    ast, json.decoder, textwrap, typing, pytest,
], ids=lambda module: module.__name__)  # fmt: skip
def test_real_files_come_back(module: object) -> None:
    text = read_source(str(getattr(module, "__file__", "")))
    assert text is not None
    file = loaded(text)
    [*walk(file.tree)]
    expected = ast.dump(ast.parse(text), include_attributes=True)
    assert ast.dump(file.tree, include_attributes=True) == expected


def test_file_is_free_without_a_collection() -> None:
    file = loaded(SHAPES["method"])
    scope, node = module_scope(file), file.tree.body[0]
    assert isinstance(node, ast.ClassDef)
    assert scope.child(node, scope.final).graph.locals == {"f"}
    del scope, node
    tree = weakref.ref(file.tree)
    gc.disable()
    try:
        file.forget(is_unused=False)
        del file
        assert tree() is None
    finally:
        gc.enable()


def test_body_comes_back_without_its_file() -> None:
    node = loaded(SHAPES["plain"]).tree.body[0]
    expected = ast.dump(ast.parse(SHAPES["plain"]).body[0])
    assert ast.dump(node) == expected


def test_weight_follows_what_is_there() -> None:
    file = loaded(f"x = 1\n\n\ndef f():\n{BODY * 50}")
    assert file.weight < file.whole_weight / 10
    [*walk(file.tree)]
    assert file.weight == file.whole_weight


class Circle:
    def __init__(self) -> None:
        self.me = self


def test_settled_memory_is_searched_at_the_next_time() -> None:
    circle = Circle()
    seen = weakref.ref(circle)
    before = gc.get_freeze_count()
    try:
        settled = Memory()
        for _ in range(collection.SETTLING_FILES):
            assert gc.get_freeze_count() == before
            settled.settle(0)
        assert gc.get_freeze_count() > before
        del circle
        gc.collect()
        assert seen() is not None
        settled.drop(collection.COLLECTING_BYTES + 1)
        for _ in range(collection.SETTLING_FILES):
            settled.settle(0)
        assert seen() is None
    finally:
        gc.unfreeze()
