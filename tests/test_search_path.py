"""Folders that a file adds to Python's search path."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_programs import Finding
from harness import check
from projects import MODULE, PLAIN, read_files, write

NETS = "from nets import Net\nNet().forward(1)\n"
FOUND = [Finding(2, 7, "FWD101")]

ADDED = {
    "literal from the file": "sys.path.append('../lib')",
    "literal from the top": "sys.path.append('code/lib')",
    "insert": "sys.path.insert(0, './code/lib/')",
    "extend": "sys.path.extend(['code/lib', unknown])",
    "augmented": "sys.path += [os.path.abspath('code/lib')]",
    "dirname": "sys.path.append(os.path.dirname(os.path.dirname(__file__)) + '/lib')",
    "join": "sys.path.append("
    "os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'lib'))",
    "pardir": "sys.path.append(osp.join(osp.dirname(__file__), osp.pardir, 'lib'))",
    "parent": "sys.path.insert(0, str(Path(__file__).parent.parent / 'lib'))",
    "parents": "sys.path.insert(0, str(Path(__file__).resolve().parents[1] / 'lib'))",
    "joinpath": "sys.path.append(Path(__file__).parent.joinpath('..', 'lib').as_posix())",
    "working folder": "sys.path.append(os.path.join(os.getcwd(), 'code/lib'))",
    "above": "sys.path.append(str(Path.cwd().parent / 'lib'))",
    "name": "ROOT = Path(__file__).parents[1]; LIB = ROOT / 'lib'\n"
    "if str(LIB) not in sys.path:\n    sys.path.append(str(LIB))",
    "name that changes": "LIB = Path(__file__).parents[1] / 'lib'\n"
    "sys.path.append(str(LIB))\nLIB = LIB.parent",
    "annotated name": "LIB: str = 'code/lib'\nsys.path.append(LIB)",
    "tried": "try:\n    import nets\nexcept ImportError:\n    sys.path.append('../lib')",
    "main": "if __name__ == '__main__':\n    sys.path.append('../lib')",
    "function": "def add_path(path):\n    if path not in sys.path:\n"
    "        sys.path.insert(0, path)\nadd_path('../lib')",
    "several": "sys.path.append('absent'); sys.path.append('..'); sys.path.append('../lib')",
    "absolute": "sys.path.append('{top}/code/lib')",
}

NOT_ADDED = {
    "unknown": "sys.path.append(unknown)",
    "part unknown": "sys.path.append(os.path.join(unknown, 'lib'))",
    "other list": "path = []; path.append('../lib') # sys.path",
    "absent": "sys.path.append('../library')",
    "above the top": "sys.path.append('../../../lib')",
    "absolute": "sys.path.append('{top}/../lib')",
    "too far up": "sys.path.append(str(Path(__file__).parents[3] / 'lib'))",
    "down and up": "sys.path.append('../lib/../../../lib')",
    "far too far up": "sys.path.append(str(Path(__file__).parents[10**9] / 'lib'))",
    "below itself": "sys.path.append(str(Path(__file__).parents[-2] / 'lib'))",
    "changed name": "LIB = '../lib'; LIB = unknown; sys.path.append(LIB)",
    "nothing": "sys.path.append(); sys.path.insert(); os.path.dirname()",
    "zero byte": r"sys.path.append('../lib\0')",
    "string's join": "sys.path.append('/'.join('..', 'lib'))",
    "growing": "x = '../lib'\n" + "x = x + x\n" * 60 + "sys.path.append(x)",
    "deep": f"sys.path.append({'str(' * 90}'../lib'{')' * 90})",
}


def adding(folder: Path, statement: str) -> Path:
    """A project whose script adds a folder with ``nets``; there is one outside, too."""
    write(folder, {"lib/nets.py": MODULE, "work/.git": "gitdir: elsewhere\n"})
    statement = statement.replace("{top}", str(folder / "work"))
    text = f"import os, sys, os.path as osp\nfrom pathlib import Path\n{statement}\n"
    main = folder / "work/code/tools/main.py"
    write(folder / "work", {"code/tools/main.py": text + NETS})
    write(folder / "work", {"code/lib/nets.py": MODULE})
    return main


@pytest.mark.parametrize("name", ADDED)
def test_search_path(name: str, tmp_path: Path) -> None:
    main = adding(tmp_path, ADDED[name])
    last = main.read_text("utf-8").count("\n")
    assert check(main) == [Finding(last, 7, "FWD101")]
    write(tmp_path, {"work/code/lib/nets.py": PLAIN})
    assert check(main) == []


@pytest.mark.parametrize("name", NOT_ADDED)
def test_not_on_the_search_path(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = read_files(monkeypatch)
    assert check(adding(tmp_path, NOT_ADDED[name])) == []
    assert read == []
    assert check(adding(tmp_path, "sys.path.append('../lib')")) != []
    assert read == [str(tmp_path / "work/code/lib/nets.py")]


def test_order_of_the_search_path(tmp_path: Path) -> None:
    """What is inserted comes first, the last one foremost; what is appended last."""
    add = "import sys\nsys.path.{}(a)\nsys.path.{}(b)\n".replace("a)", "0, 'a')", 1)
    write(tmp_path, {".git": "", "a/nets.py": PLAIN, "b/nets.py": PLAIN})
    cases = {
        "nets.py": "import sys\nsys.path.append('a')\nsys.path.append('b')\n",
        "a/nets.py": "import sys\nsys.path.append('b')\nsys.path.insert(0, 'a')\n",
        "b/nets.py": add.format("insert", "insert").replace("(b)", "(0, 'b')"),
    }
    write(tmp_path, {"nets.py": PLAIN})
    for path, start in cases.items():
        write(tmp_path, {path: MODULE, "main.py": start + NETS})
        assert check(tmp_path / "main.py") == [Finding(5, 7, "FWD101")], path
        write(tmp_path, {path: PLAIN})
        assert check(tmp_path / "main.py") == [], path


def test_module_that_is_imported_for_the_search_path(tmp_path: Path) -> None:
    paths = "import sys\n\ndef add(path):\n    sys.path.insert(0, path)\n\nadd('lib')\n"
    files = {".git": "", "_init_paths.py": paths, "lib/nets.py": MODULE}
    write(tmp_path, {**files, "main.py": f"import _init_paths; {NETS}"})
    assert check(tmp_path / "main.py") == FOUND
    write(tmp_path, {"main.py": NETS})
    assert check(tmp_path / "main.py") == []


def test_many_additions(tmp_path: Path) -> None:
    """As many as anyone needs are looked at; each name costs a look into all."""
    lines = "".join(f"sys.path.append('lib{n}')\n" for n in range(2000))
    write(tmp_path, {".git": "", "main.py": f"import sys\n{lines}{NETS}"})
    write(tmp_path, {f"lib{n}/a.py": "" for n in range(2000)})
    write(tmp_path, {"lib3/nets.py": MODULE})
    assert check(tmp_path / "main.py") == [Finding(2003, 7, "FWD101")]
    (tmp_path / "lib3/nets.py").rename(tmp_path / "lib1999/nets.py")
    assert check(tmp_path / "main.py") == []
