"""Where a project begins, and where its files import from."""

from __future__ import annotations

from pathlib import Path

import pytest
from example_programs import Finding
from harness import ISOLATED, check, flake8_here
from projects import MODULE, PLAIN, read_files, write

USE = "Net().forward(1)\n"
NETS = f"from nets import Net\n{USE}"
FOUND = [Finding(2, 7, "FWD101")]

TOPS = {
    "checkout": {".git/HEAD": ""},
    "worktree": {".git": "gitdir: elsewhere\n"},
    "project file": {"setup.cfg": ""},
    "package": {},
}
"""What shows where the project ends; its top folder has a stray ``__init__``, too."""

READINGS = [
    "from pkg.nets import Net",
    "from Agent.pkg.nets import Net",
    "from Agent.pkg import nets; Net = nets.Net",
    "import Agent.pkg.nets; Net = Agent.pkg.nets.Net",
    "import Agent; from Agent.pkg.nets import Net",
]


@pytest.mark.parametrize("statement", [*READINGS, "from .nets import Net"])
@pytest.mark.parametrize("top", TOPS)
def test_stray_package(top: str, statement: str, tmp_path: Path) -> None:
    files = {**TOPS[top], "__init__.py": "", "pkg/__init__.py": ""}
    write(tmp_path / "Agent", {**files, "pkg/nets.py": MODULE})
    write(tmp_path / "Agent/pkg", {"main.py": f"{statement}\n{USE}"})
    assert check(tmp_path / "Agent/pkg/main.py") == FOUND


@pytest.mark.parametrize("statement", READINGS)
@pytest.mark.parametrize("main", ["main.py", "tools/main.py", "other/deep/main.py"])
def test_stray_package_from_elsewhere(
    main: str, statement: str, tmp_path: Path
) -> None:
    files = {".git/HEAD": "", "__init__.py": "", "other/__init__.py": ""}
    write(tmp_path / "Agent", {**files, "pkg/nets.py": MODULE})
    write(tmp_path / "Agent", {main: f"{statement}\n{USE}"})
    assert check(tmp_path / "Agent" / main) == FOUND


@pytest.mark.parametrize("folder", ["agent", "agent-main"])
@pytest.mark.parametrize("top", TOPS)
def test_nothing_above_the_top_is_read(
    top: str, folder: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    foreign = {"__init__.py": "", "nets.py": MODULE, "pkg/nets.py": MODULE}
    foreign |= {"conftest.py": MODULE, "src/nets.py": MODULE, "agent.py": MODULE}
    project = tmp_path / "up" / folder
    if top == "package":  # the outermost one: there is nothing else to go by
        del foreign["__init__.py"]
    write(tmp_path / "up", foreign)
    write(project, {**TOPS[top], "__init__.py": "", "real.py": PLAIN})
    read = read_files(monkeypatch)
    for statement in (
        "from nets import Net",
        "from pkg.nets import Net",
        "from ..nets import Net",
        "from up.nets import Net",
        f"from {folder.replace('-', '_')}.nets import Net",
        "from . import nets; Net = nets.Net",
        "from agent import Net",
        "from real import Net",
        "import sys; sys.path.insert(0, '..'); from nets import Net",
    ):
        write(project, {"main.py": f"{statement}\n{USE}"})
        assert check(project / "main.py") == [], statement
    assert {Path(path).parent for path in read} == {project}


def test_links_out_of_the_project_are_not_followed(tmp_path: Path) -> None:
    work = tmp_path / "work"
    write(tmp_path, {"nets.py": MODULE, "work/.git": "", "work/real/nets.py": MODULE})
    write(work, {"main.py": f"import sys; sys.path.append('lib'); {NETS}"})
    for name in ("src", "lib"):
        (work / name).symlink_to(tmp_path, target_is_directory=True)
    assert check(work / "main.py") == []
    (work / "lib").unlink()
    (work / "lib").symlink_to("real", target_is_directory=True)
    assert check(work / "main.py") == FOUND


def test_working_folder_does_not_matter(tmp_path: Path) -> None:
    """Below the top of a checkout, that is, or outside of it."""
    work = tmp_path / "work"
    write(tmp_path, {"foreign.py": MODULE, "work/pkg/foreign.py": "", "setup.cfg": ""})
    write(work, {".git/HEAD": "", "nets.py": MODULE, "pkg/__init__.py": ""})
    write(work, {"pkg/sub/main.py": NETS, "pkg/sub/setup.cfg": ""})
    write(work, {"pkg/sub/other.py": NETS.replace("nets", "foreign")})
    for folder in (tmp_path, work, work / "pkg", work / "pkg/sub"):
        run = flake8_here(*ISOLATED, str(work), cwd=folder)
        main = work / "pkg/sub/main.py"
        assert run.reported(str(main)) == FOUND, folder
        assert run.stdout.count(" FWD101 ") == 1, folder


def test_deep_folder(tmp_path: Path) -> None:
    """The top is found from any depth, and counts; not all folders between them do."""
    deep = "/".join(f"d{n}" for n in range(30))
    write(tmp_path, {".git": "", "nets.py": MODULE, f"{deep}/main.py": NETS})
    write(tmp_path, {f"{deep}/near.py": NETS.replace("nets", "near_nets")})
    write(tmp_path, {"/".join(deep.split("/")[:28]) + "/near_nets.py": MODULE})
    assert check(tmp_path / deep / "main.py") == FOUND
    assert check(tmp_path / deep / "near.py") == FOUND


@pytest.mark.parametrize("marker", ["setup.cfg", "nothing"])
def test_working_folder_is_the_top_if_it_is_above(marker: str, tmp_path: Path) -> None:
    """Without a checkout, it may be above a project file, or that above it."""
    write(tmp_path, {marker: "", "nets.py": MODULE, "a/b/main.py": NETS})
    upper = flake8_here(*ISOLATED, "a/b/main.py", cwd=tmp_path)
    assert upper.reported("a/b/main.py") == FOUND
    lower = flake8_here(*ISOLATED, "main.py", cwd=tmp_path / "a/b")
    assert lower.reported("main.py") == (FOUND if marker == "setup.cfg" else [])


def test_installed_package_is_a_project_of_its_own(tmp_path: Path) -> None:
    """In a checkout's environment: it imports from beside it, not from the checkout."""
    site = tmp_path / "venv/lib/python3/site-packages"
    write(tmp_path, {".git/HEAD": "", "nets.py": MODULE, "own.py": NETS})
    write(site, {"vendor/__init__.py": "", "vendor/main.py": NETS})
    write(site, {"vendor/other.py": NETS.replace("nets", "friend")})
    write(site, {"vendor/log.py": NETS.replace("nets", "inner")})
    write(site, {"vendor/inner.py": MODULE, "friend/__init__.py": MODULE})
    assert check(tmp_path / "own.py") == FOUND
    assert check(site / "vendor/main.py") == []
    assert check(site / "vendor/other.py") == FOUND
    assert check(site / "vendor/log.py") == []


SIBLINGS = {
    "star": "from nets import *",
    "from": "from nets import Net",
    "import": "import nets; Net = nets.Net",
    "package": "from lib.nets import Net",
    "from above": "from sub.nets import Net",
}


@pytest.mark.parametrize("name", SIBLINGS)
def test_script_in_a_package(name: str, tmp_path: Path) -> None:
    text = f"{SIBLINGS[name]}\n{USE}"
    write(tmp_path, {".git/HEAD": "", "pkg/__init__.py": "", "pkg/sub/__init__.py": ""})
    write(tmp_path / "pkg/sub", {"main.py": text, "nets.py": MODULE})
    write(tmp_path / "pkg/sub", {"lib/nets.py": MODULE})
    assert check(tmp_path / "pkg/sub/main.py") == FOUND
    write(tmp_path / "pkg/sub", {"lib/nets.py": PLAIN, "nets.py": PLAIN})
    assert check(tmp_path / "pkg/sub/main.py") == []


def test_sibling_is_the_last_resort(tmp_path: Path) -> None:
    """Only a script sees it: whatever a package would see comes before."""
    work, site = tmp_path / "work", tmp_path / "site"
    write(work, {".git/HEAD": "", "pkg/__init__.py": "", "pkg/main.py": NETS})
    write(work, {"pkg/nets.py": MODULE})
    options = (*ISOLATED, f"--forward-site-packages={site}", "pkg/main.py")
    for files, found in (
        ({"site/other.py": ""}, FOUND),
        ({"site/nets.py": PLAIN}, []),
        ({"work/nets.py": MODULE}, FOUND),
        ({"work/nets.py": PLAIN}, []),
    ):
        write(tmp_path, files)
        run = flake8_here(*options, cwd=work)
        assert run.reported("pkg/main.py") == found, files


def test_sibling_is_no_well_known_package(tmp_path: Path) -> None:
    """It is installed where the project runs, and comes first there."""
    layer = "from timm.layers import Mlp as Net\n" + USE
    write(tmp_path, {".git/HEAD": "", "pkg/__init__.py": "", "pkg/main.py": layer})
    write(tmp_path, {"pkg/timm/layers.py": "class Mlp: pass\n"})
    assert check(tmp_path / "pkg/main.py") == FOUND
    write(tmp_path, {"main.py": layer, "timm/layers.py": "class Mlp: pass\n"})
    assert check(tmp_path / "main.py") == []


def test_file_does_not_import_itself(tmp_path: Path) -> None:
    """``import wandb`` in ``ours/wandb.py`` means the package of that name."""
    text = f"from torch import nn\nfrom wandb import Net as B\nB().forward(1)\n{MODULE}"
    own = {"ours/__init__.py": "", "ours/wandb.py": text}
    write(tmp_path, {".git/HEAD": "", **own})
    write(tmp_path, {"wandb/__init__.py": "", "more/__init__.py": ""})
    write(tmp_path, {"more/wandb/__init__.py": MODULE, "more/wandb/main.py": text})
    (tmp_path / "wandb/__init__.py").unlink()
    for path in ("ours/wandb.py", "more/wandb/main.py"):
        assert check(tmp_path / path) == [], path
    control = text.replace("from wandb", "from .")
    write(tmp_path, {"more/wandb/main.py": control})
    assert check(tmp_path / "more/wandb/main.py") == [Finding(3, 5, "FWD101")]


@pytest.mark.parametrize("folder", ["agent", "agent-main"])
def test_name_of_a_class(folder: str, tmp_path: Path) -> None:
    """The options name it as a module of its package, if that can be imported."""
    work = tmp_path / folder
    write(work, {".git": "", "__init__.py": "", "nets.py": MODULE, "main.py": NETS})
    own = "nets.Net" if "-" in folder else f"{folder}.nets.Net"
    for name, found in ((own, []), (f"up.{own}", FOUND)):
        run = flake8_here(*ISOLATED, f"--forward-own-call={name}", "main.py", cwd=work)
        assert run.reported("main.py") == found, name
