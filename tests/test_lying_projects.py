"""Misleading projects: wrong, changing, hostile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from example_programs import Finding
from harness import ISOLATED, Run, check, command, flake8
from projects import MODULE, write

from flake8_forward.project.source import read_source

NN = "from torch import nn\n"
USE = "from nets import Net\nNet().forward(1)\n"
USED = [Finding(2, 7, "FWD101")]
EVIL = "from pathlib import Path\nPath(__file__).with_name('ran').touch()\n"


def linted(folder: Path, files: dict[str, str]) -> list[Finding]:
    write(folder, {"setup.cfg": "", **files})
    return check(folder / "main.py")


CYCLES = {
    "two files": {
        "nets.py": f"import main\n{MODULE}class More(main.Other): pass\n",
        "main.py": USE + "class Other: pass\n",
    },
    "base in a circle": {
        "nets.py": "from other import Net\n",
        "other.py": "from nets import Net\n",
        "main.py": USE,
    },
    "class that is its own base": {
        "nets.py": "from main import Net\nclass Net(Net): pass\n",
        "main.py": USE + "class Net(Net): pass\n",
    },
}


@pytest.mark.parametrize("name", CYCLES)
def test_import_cycle_ends(name: str, tmp_path: Path) -> None:
    found = linted(tmp_path, CYCLES[name])
    assert found == (USED if name == "two files" else [])


def test_deep_chain_of_files(tmp_path: Path) -> None:
    files = {
        f"c{n}.py": f"from c{n + 1} import C as B\nclass C(B): pass\n"
        for n in range(200)
    }
    files["c200.py"] = f"{NN}class C(nn.Module): pass\n"
    main = "from c0 import C\nC().forward(1)\n"
    assert linted(tmp_path, {**files, "main.py": main}) == [Finding(2, 5, "FWD101")]


def test_thousands_of_files_of_one_name(tmp_path: Path) -> None:
    files = {f"p{n}/__init__.py": "" for n in range(1000)}
    files |= {f"p{n}/net.py": MODULE if n % 2 else "Net = 1\n" for n in range(1000)}
    uses = "".join(f"from p{n}.net import Net\nNet().forward(1)\n" for n in range(1000))
    found = linted(tmp_path, {**files, "main.py": uses})
    assert [finding.row for finding in found] == [4 * n + 4 for n in range(500)]


def test_standard_library_is_not_shadowed(tmp_path: Path) -> None:
    """Nobody can tell which of the two Python would take: it depends on the start."""
    main = "from json import Net\nNet().forward(1)\n"
    assert linted(tmp_path, {"json.py": MODULE, "main.py": main}) == []


@pytest.mark.parametrize("run", ["flake8", "python -m flake8"])
def test_torch_of_the_project(run: str, tmp_path: Path) -> None:
    """However flake8 is started: ``python -m`` puts the working folder on the path."""
    fake = "class nn:\n    class Module: pass\n    class Linear(Module): pass\n"
    main = f"{NN}class Net(nn.Module): pass\nNet().forward(1)\n"
    write(tmp_path, {"setup.cfg": "", "torch.py": fake, "main.py": main})
    if run == "flake8":
        assert check(tmp_path / "main.py") == []
    else:
        assert flake8(*ISOLATED, "main.py", cwd=tmp_path).reported("main.py") == []


def test_half_written_base(tmp_path: Path) -> None:
    for end in range(0, len(MODULE), 7):
        folder = tmp_path / str(end)
        assert linted(folder, {"nets.py": MODULE[:end], "main.py": USE}) in ([], USED)


def test_base_that_is_being_rewritten(tmp_path: Path) -> None:
    write(tmp_path, {"setup.cfg": "", "nets.py": MODULE})
    write(tmp_path, {f"main{n}.py": USE for n in range(200)})
    stop = threading.Event()

    def rewrite() -> None:
        while not stop.is_set():
            for end in (0, 20, 30, len(MODULE)):
                (tmp_path / "nets.py").write_text(MODULE[:end], "utf-8")

    writer = threading.Thread(target=rewrite)
    writer.start()
    try:
        run = command("--isolated", "--jobs=2", cwd=tmp_path)
    finally:
        stop.set()
        writer.join()
    assert "Traceback" not in run.stderr
    assert all(run.reported(f"main{n}.py") in ([], USED) for n in range(200))


def test_file_that_vanishes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is there when it is looked for, and gone when it is opened."""

    def vanish(path: str) -> str | None:
        os.unlink(path)
        return read_source(path)

    monkeypatch.setattr("flake8_forward.project.project.read_source", vanish)
    assert linted(tmp_path, {"nets.py": MODULE, "main.py": USE}) == []
    assert not (tmp_path / "nets.py").exists()


def test_path_of_the_interpreter(tmp_path: Path) -> None:
    write(tmp_path, {"setup.cfg": "", "main.py": USE, "lib/nets.py": MODULE})
    (tmp_path / "not.zip").write_bytes(b"PK\3\4")
    entries = ["absent", "not.zip", "main.py", "\udcff", "lib"]
    path = os.pathsep.join(os.fsencode(item).decode("latin-1") for item in entries)
    run = flake8(*ISOLATED, "main.py", cwd=tmp_path, environment={"PYTHONPATH": path})
    assert (run.reported("main.py"), run.stderr) == (USED, "")


@pytest.mark.parametrize("error", [PermissionError, TimeoutError, IsADirectoryError])
def test_unreadable_base(
    error: type[OSError], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: str, *_: object) -> None:
        raise error(path)

    monkeypatch.setattr("flake8_forward.project.source.open", refuse, raising=False)
    assert linted(tmp_path, {"nets.py": MODULE, "main.py": USE}) == []
    monkeypatch.undo()
    control = tmp_path / "control"
    assert linted(control, {"nets.py": MODULE, "main.py": USE}) == USED


OUTSIDE = {
    "relative import": "from ...secret import Net\nNet().forward(1)\n",
    "many dots": f"from {'.' * 40}secret import Net\nNet().forward(1)\n",
    "absolute path": "import importlib\n"
    "importlib.import_module('{}/secret').Net().forward(1)\n",
    "dots in a string": "import importlib\n"
    "importlib.import_module('../../secret').Net().forward(1)\n",
    "link to a file": "from linked import Net\nNet().forward(1)\n",
    "link to a folder": "from folder.secret import Net\nNet().forward(1)\n",
    "link to a package": "from top.work.package.real import Net\nNet().forward(1)\n",
}


@pytest.mark.parametrize("name", OUTSIDE)
def test_nothing_outside_is_read(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "work"
    text = OUTSIDE[name].replace("{}", str(tmp_path))
    write(tmp_path, {"secret.py": MODULE, "work/setup.cfg": ""})
    write(work, {"package/__init__.py": "", "package/main.py": text})
    write(work, {"package/real.py": MODULE})
    (work / "linked.py").symlink_to(tmp_path / "secret.py")
    (work / "folder").symlink_to(tmp_path, target_is_directory=True)
    (work / "top").symlink_to("/", target_is_directory=True)
    opened: list[str] = []
    monkeypatch.setattr("flake8_forward.project.project.read_source", opened.append)
    assert check(work / "package/main.py") == []
    assert [path for path in opened if "secret" in path] == []


def test_link_within_the_project_is_followed(tmp_path: Path) -> None:
    write(tmp_path, {"setup.cfg": "", "main.py": USE, "real/nets.py": MODULE})
    (tmp_path / "nets.py").symlink_to("real/nets.py")
    assert check(tmp_path / "main.py") == USED


def test_links_in_circles(tmp_path: Path) -> None:
    more = f"from loop{'.loop' * 60}.nets import Net\nNet().forward(1)\n"
    write(tmp_path, {"main.py": USE, "more.py": more, "loop/nets.py": MODULE})
    (tmp_path / "nets.py").symlink_to("nets.py")
    (tmp_path / "loop/loop").symlink_to("../loop", target_is_directory=True)
    run = command("--isolated", cwd=tmp_path)
    assert run.reported("main.py") == []
    assert "Traceback" not in run.stderr


WATCHED = """
import json, sys
opened = []
STRANGERS = ("conftest", "setup", "usercustomize", "nets", "package", "torch", "native")
def watch(event, arguments):
    if event == "open" and isinstance(arguments[0], str):
        opened.append(arguments[0])
    if event == "exec" and "hostile" in arguments[0].co_filename:
        opened.append("ran " + arguments[0].co_filename)
    if event in ("import", "subprocess.Popen", "os.system", "socket.connect"):
        if str(arguments[0]).partition(".")[0] in STRANGERS or event != "import":
            opened.append("ran " + str(arguments[0]))
sys.addaudithook(watch)
from flake8_forward.command.main import main
main(["--isolated", "hostile"])
print(json.dumps(opened))
"""


def hostile(folder: Path) -> None:
    """A checkout in which everything that Python would run leaves a mark."""
    names = ("conftest", "setup", "sitecustomize", "usercustomize", "nets")
    write(folder, {f"{name}.py": EVIL + MODULE for name in names})
    write(folder, {"package/__init__.py": EVIL + "from .nets import *\n"})
    write(folder, {"package/nets.py": EVIL + MODULE + "__all__ = ['Net']\n"})
    write(folder, {"main.py": "from package import Net\nNet().forward(1)\n"})
    write(folder, {"evil.pth": "import nets\n", "torch.so": "x", "nets.pyc": "x"})
    write(folder, {"package/data.json": "{}", "native.so": "x", "secret.txt": "x"})
    write(folder, {"native.pyd": "x", "package/secret.pickle": "x"})


def watched(folder: Path) -> tuple[Run, list[str]]:
    run = subprocess.run(
        [sys.executable, "-c", WATCHED],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    output, _, opened = run.stdout.rstrip().rpartition("\n")
    return Run(run.returncode, output, run.stderr), json.loads(opened)


def test_nothing_is_run_and_only_source_is_opened(tmp_path: Path) -> None:
    hostile(tmp_path / "hostile")
    run, opened = watched(tmp_path)
    assert run.reported("hostile/main.py") == USED
    assert list(tmp_path.rglob("ran")) == []
    here = {Path(path).name for path in opened if "hostile" in path}
    assert here >= {"main.py", "nets.py"}
    assert [name for name in here if not name.endswith(".py")] == []
    assert [path for path in opened if path.startswith("ran ")] == []
