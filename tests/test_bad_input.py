"""No file stops the run: neither one that is linted nor one that is imported."""

from __future__ import annotations

import ast
import os
import sys
from pathlib import Path

import pytest
from bad_files import BIG, EMPTY, NESTED, NET, READABLE, UNREADABLE, USE, module
from example_programs import Finding
from harness import ISOLATED, Run, check, flake8

CONTROL = "import torch\ntorch.nn.Linear(1, 1).forward(1)\n"
CONTROL_FOUND = [Finding(2, 23, "FWD101")]
USED = [Finding(2, 7, "FWD101")]
# Before 3.11.4, flake8 itself fails on them.
WITH_NULLS = (
    {"utf_16", "null_bytes", "binary"} if sys.version_info < (3, 11, 4) else set()
)

FILES = {**READABLE, **UNREADABLE, **EMPTY}
SHALLOW = ("few_parentheses", "lists", "calls", "few_elif", "functions", "blocks")
BODIES = {name: module(body) for name, body in NESTED.items()}


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / f"{name}.py"
    path.write_bytes(data)
    return path


def last_word(data: bytes) -> Finding:
    lines = data.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n")
    return Finding(len(lines.rstrip().split("\n")), 7, "FWD101")


def assert_clean(run: Run) -> None:
    assert run.status == 1
    assert run.stderr == ""
    assert "Traceback" not in run.stdout


@pytest.fixture(scope="module")
def linted(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("linted")
    for name, data in FILES.items():
        if name not in WITH_NULLS:
            write(folder, name, data)
    write(folder, "control", CONTROL.encode())
    return flake8(*ISOLATED, ".", cwd=folder)


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("imported")
    mains = []
    for name, data in {**FILES, **BODIES}.items():
        write(folder, name, data)
        use = USE.replace("nets", name).encode()
        mains.append(write(folder, f"main_{name}", use).name)
    write(folder, "big", BIG)
    mains.append(write(folder, "main_big", USE.replace("nets", "big").encode()).name)
    return flake8(*ISOLATED, *mains, cwd=folder)


def test_linting_all_is_clean(linted: Run) -> None:
    assert_clean(linted)
    assert linted.reported("./control.py") == CONTROL_FOUND


@pytest.mark.parametrize("name", READABLE)
def test_readable_file_is_linted(name: str, linted: Run) -> None:
    assert linted.reported(f"./{name}.py", "E9") == []
    assert linted.reported(f"./{name}.py") == [last_word(READABLE[name])]


@pytest.mark.parametrize("name", sorted({*UNREADABLE} - WITH_NULLS))
def test_unreadable_file_is_left_to_flake8(name: str, linted: Run) -> None:
    """flake8 reads what is encoded wrongly as latin-1: then it is linted as well."""
    syntax_errors = linted.reported(f"./{name}.py", "E9")
    found = linted.reported(f"./{name}.py")
    assert found == ([] if syntax_errors else [last_word(UNREADABLE[name])])


@pytest.mark.parametrize("name", EMPTY)
def test_empty_file_is_silent(name: str, linted: Run) -> None:
    assert linted.reported(f"./{name}.py") == []
    assert linted.reported("./control.py") == CONTROL_FOUND


@pytest.mark.parametrize("name", BODIES)
def test_nesting_is_survived(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """The other plugins are left out: some give up on these files."""
    data = BODIES[name]
    path = write(tmp_path, name, data)
    try:
        ast.parse(data)
    except (RecursionError, MemoryError):
        pytest.skip("flake8 itself cannot parse it")
    except SyntaxError:
        assert [finding.code for finding in check(path)] == ["E999"]
    else:
        assert last_word(data) in check(path)
    assert len(caplog.messages) == len({*caplog.messages})


def test_importing_all_is_clean(imported: Run) -> None:
    assert_clean(imported)


def test_big_file(imported: Run, tmp_path: Path) -> None:
    """The other plugins are left out: they take half a minute."""
    assert len(BIG) > 2_000_000
    assert check(write(tmp_path, "big", BIG)) == [last_word(BIG)]
    assert imported.reported("main_big.py") == USED


@pytest.mark.parametrize("name", READABLE)
def test_readable_file_is_imported(name: str, imported: Run) -> None:
    assert imported.reported(f"main_{name}.py") == USED


@pytest.mark.parametrize("name", [*UNREADABLE, *EMPTY])
def test_unreadable_import_is_silent(name: str, imported: Run) -> None:
    assert imported.reported(f"main_{name}.py") == []
    assert imported.reported("main_plain.py") == USED


@pytest.mark.parametrize("name", SHALLOW)
def test_nested_file_is_imported(name: str, imported: Run) -> None:
    assert imported.reported(f"main_{name}.py") == USED


@pytest.mark.parametrize("name", sorted({*BODIES} - {*SHALLOW}))
def test_deeply_nested_import_is_survived(name: str, imported: Run) -> None:
    """Whether Python can parse it depends on how deep the stack is already."""
    assert imported.reported(f"main_{name}.py") in (USED, [])
    assert imported.reported("main_plain.py") == USED


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no FIFOs here")
def test_fifo_and_device_are_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "nets.py")
    (tmp_path / "endless.py").symlink_to("/dev/zero")
    (tmp_path / "silent.py").symlink_to("/dev/stdin")
    for name in ("nets", "endless", "silent"):
        write(tmp_path, f"main_{name}", USE.replace("nets", name).encode())
    write(tmp_path, "control", CONTROL.encode())
    mains = [path.name for path in sorted(tmp_path.glob("[cm]*n*.py"))]
    run = flake8(*ISOLATED, *mains, cwd=tmp_path, timeout=30)
    assert_clean(run)
    assert run.reported("control.py") == CONTROL_FOUND
    assert [run.reported(name) for name in mains[1:]] == [[], [], []]


def test_linted_fifo_does_not_disturb(tmp_path: Path) -> None:
    write(tmp_path, "gone", USE.encode()).rename(tmp_path / "here.txt")
    write(tmp_path, "control", CONTROL.encode())
    run = flake8(*ISOLATED, "gone.py", "control.py", cwd=tmp_path)
    assert_clean(run)
    assert run.reported("gone.py", "E902") == [Finding(0, 1, "E902")]
    assert run.reported("control.py") == CONTROL_FOUND


GROWING = {
    "lists": "v = {}Net(){}\nv{}.forward(1)\n".format("[" * 60, "]" * 60, "[0]" * 60),
    "doubled": "v0 = Net()\n"
    + "".join(f"v{n + 1} = v{n} if v{n} else v{n}\n" for n in range(60))
    + "v60.forward(1)\n",
    "pairs": "v0 = Net()\n"
    + "".join(f"v{n + 1} = (v{n}, v{n})\n" for n in range(60))
    + "v1[0].forward(1)\n",
    "functions": "def f0(x): return Net()\n"
    + "".join(f"def f{n + 1}(x): return f{n}(x) or f{n}(x)\n" for n in range(60))
    + "f60(1).forward(1)\n",
    "bases": "class C0(Net): pass\n"
    + "".join(f"class C{n + 1}(C{n}): x = C{n}(), C{n}()\n" for n in range(60))
    + "C60().forward(1)\n",
    "branches": "v = Net()\n"
    + "".join(f"if Net.x == {n}:\n    v = v.to({n})\n" for n in range(60))
    + "v.forward(1)\n",
    "loops": "v = Net()\n"
    + "".join(f"{' ' * n}for v in [v, v.to(1)]:\n" for n in range(60))
    + f"{' ' * 60}v = v\nNet().forward(1)\n",
}


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Run:
    folder = tmp_path_factory.mktemp("grown")
    for name, code in GROWING.items():
        text = f"{NET}        return x\n\n\nNet().forward(1)\n{code}"
        write(folder, name, text.encode())
    return flake8(*ISOLATED, ".", cwd=folder, timeout=30)


@pytest.mark.parametrize("name", GROWING)
def test_work_does_not_explode(name: str, grown: Run) -> None:
    """Sixty steps, each of which doubles the work for a resolver that forgets."""
    assert_clean(grown)
    assert Finding(9, 7, "FWD101") in grown.reported(f"./{name}.py")
