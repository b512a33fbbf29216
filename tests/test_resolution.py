"""Classes of other files: found wherever Python would find them, never imported."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from example_programs import Finding
from harness import ISOLATED, check, flake8
from layouts import LAYOUTS
from projects import MODULE, PLAIN, Layout, write

from flake8_forward.project.disk import Disk

USE = "from nets import Net\nNet().forward(1)\n"
FOUND = [Finding(2, 7, "FWD101")]
NET_IN_USE = "import torch\ntorch.nn.Linear(1, 1).forward(1)\n"
CONTROL = [Finding(2, 23, "FWD101")]


def last_word(path: Path) -> Finding:
    lines = path.read_text("utf-8").splitlines()
    return Finding(len(lines), lines[-1].index(".forward") + 2, "FWD101")


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_module_is_found(layout: Layout, tmp_path: Path) -> None:
    main = layout.write(tmp_path, MODULE)
    assert check(main) == [last_word(main)]


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_other_class_is_silent(layout: Layout, tmp_path: Path) -> None:
    """Findings come and go with the other file: the answer comes from there."""
    assert check(layout.write(tmp_path / "plain", PLAIN)) == []
    main = layout.write(tmp_path / "module", MODULE)
    assert check(main) == [last_word(main)]


SILENT = {
    "missing module": {"main.py": USE},
    "missing name": {"main.py": USE, "nets.py": "import torch\n"},
    "missing in package": {
        "main.py": USE.replace("nets", "pkg"),
        "pkg/__init__.py": "from .gone import Net\n",
    },
    "too many dots": {"main.py": USE.replace("nets", "....nets"), "nets.py": MODULE},
    "not in all": {
        "main.py": USE.replace("Net\n", "*\n", 1),
        "nets.py": MODULE + "__all__ = ['Other']\n",
    },
    "private name by star": {
        "main.py": "from nets import *\n_Net().forward(1)\n",
        "nets.py": MODULE.replace("Net", "_Net"),
    },
    "redefined": {
        "main.py": "from nets import Net\nclass Net: pass\nNet().forward(1)\n",
        "nets.py": MODULE,
    },
    "redefined there": {"main.py": USE, "nets.py": MODULE + "class Net: pass\n"},
    "deleted there": {"main.py": USE, "nets.py": MODULE + "del Net\n"},
    "unknown base": {"main.py": USE, "nets.py": "import x\nclass Net(x.Base): pass\n"},
    "folder of the name": {"main.py": USE, "nets.py/readme.txt": ""},
    "module is no class": {
        "main.py": "import nets\nnets.forward(1)\n",
        "nets.py": MODULE,
    },
    "own nn": {
        "pkg/__init__.py": "",
        "main.py": "from pkg import nn\nnn.Linear(1, 1).forward(1)\n",
        "pkg/nn.py": "class Linear: pass\n",
    },
    "itself as base": {"main.py": "class Net(Net): pass\nNet().forward(1)\n"},
    "import of itself": {"main.py": "from main import Net\nNet().forward(1)\n"},
    "cycle of names": {"main.py": USE, "nets.py": "from main import Net\n"},
    "cycle of stars": {
        "main.py": USE,
        "nets.py": "from other import *\n",
        "other.py": "from nets import *\n",
    },
    "cycle of bases": {
        "main.py": "import nets\nclass A(nets.B): pass\nA().forward(1)\n",
        "nets.py": "import main\nclass B(main.A): pass\n",
    },
}


@pytest.mark.parametrize("files", SILENT.values(), ids=SILENT)
def test_unproven_is_silent(files: dict[str, str], tmp_path: Path) -> None:
    control = {"control.py": "from known import Net\nNet().forward(1)\n"}
    write(tmp_path, {**files, **control, "known.py": MODULE})
    assert check(tmp_path / "main.py") == []
    assert check(tmp_path / "control.py") == FOUND


def test_nearer_module_shadows_farther(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "", "nets.py": MODULE, "tests/nets.py": PLAIN})
    write(tmp_path, {"main.py": USE, "tests/main.py": USE})
    assert check(tmp_path / "tests/main.py") == []
    assert check(tmp_path / "main.py") == FOUND


def test_package_wins_over_module(tmp_path: Path) -> None:
    write(tmp_path, {"main.py": USE, "nets.py": PLAIN, "nets/__init__.py": MODULE})
    assert check(tmp_path / "main.py") == FOUND


def test_script_finds_its_own_torch(tmp_path: Path) -> None:
    """A script's folder comes first on its path: this is not the real torch."""
    write(tmp_path, {"main.py": "from torch import nn\nnn.Linear(1, 1).forward(1)\n"})
    assert check(tmp_path / "main.py") == [Finding(2, 17, "FWD101")]
    write(tmp_path / "own", {"main.py": (tmp_path / "main.py").read_text("utf-8")})
    write(tmp_path / "own", {"torch.py": "import mxnet.gluon.nn as nn\n"})
    assert check(tmp_path / "own/main.py") == []


def test_sibling_does_not_shadow_torch(tmp_path: Path) -> None:
    """``import torch`` in a package is absolute, whatever lies beside the file."""
    write(tmp_path, {"pkg/__init__.py": "", "pkg/torch.py": "x = 1\n"})
    write(tmp_path, {"pkg/main.py": NET_IN_USE})
    assert check(tmp_path / "pkg/main.py") == CONTROL


def test_modules_that_import_each_other(tmp_path: Path) -> None:
    first = (
        "from torch import nn\nimport b\nclass A(nn.Module): pass\nb.B().forward(1)\n"
    )
    second = "import a\nclass B(a.A): pass\nclass C(B): pass\nC().forward(1)\n"
    write(tmp_path, {"a.py": first, "b.py": second})
    assert check(tmp_path / "a.py") == [Finding(4, 7, "FWD101")]
    assert check(tmp_path / "b.py") == [Finding(4, 5, "FWD101")]


def test_fixtures_of_conftest(tmp_path: Path) -> None:
    """The nearest ``conftest.py`` with the fixture counts, up to the project's top."""
    made = "import pytest, nets\n\n@pytest.fixture\ndef {}(): return {}\n"
    write(tmp_path, {"conftest.py": made.format("foreign", "nets.Net()")})
    tops = {"pyproject.toml": "", "nets.py": MODULE}
    tops["conftest.py"] = made.format("net", "nets.Net()")
    tops["unit/own/conftest.py"] = made.format("net", "3")
    use = "import torch\ndef test(net, foreign):\n    foreign.forward(net.forward(1))\n"
    for folder in ("", "unit/", "unit/own/"):
        write(tmp_path / "project", {**tops, f"{folder}test_it.py": use})
        found = [] if "own" in folder else [Finding(3, 25, "FWD101")]
        assert check(tmp_path / f"project/{folder}test_it.py") == found, folder


def test_rival_libraries(tmp_path: Path) -> None:
    """Their layers are used as torch's are, so there such a use is no proof."""
    use = "def use(net):  # as in torch\n    net.eval()\n    net.forward(1)\n"
    for line, found in {
        "import torch": [Finding(4, 9, "FWD101")],
        "import paddle": [],
        "from mindspore import nn": [],
        "from gpytorch.models import ExactGP": [],
    }.items():
        write(tmp_path, {"main.py": f"{line}\n{use}"})
        assert check(tmp_path / "main.py") == found, line


def test_long_chain_of_bases(tmp_path: Path) -> None:
    files = {f"m{n}.py": f"from m{n + 1} import Net\n" for n in range(60)}
    write(tmp_path, {**files, "m60.py": MODULE, "main.py": USE.replace("nets", "m0")})
    assert check(tmp_path / "main.py") == FOUND


def test_symlink_loops(tmp_path: Path) -> None:
    write(tmp_path, {"pkg/__init__.py": "", "pkg/nets.py": MODULE})
    (tmp_path / "pkg/loop").symlink_to(tmp_path / "pkg", target_is_directory=True)
    (tmp_path / "pkg/self.py").symlink_to(tmp_path / "pkg/self.py")
    (tmp_path / "pkg/gone.py").symlink_to(tmp_path / "nowhere.py")
    for module, expected in {
        "pkg.loop.loop.nets": FOUND,
        "pkg.self": [],
        "pkg.gone": [],
        "pkg.nets": FOUND,
    }.items():
        write(tmp_path, {"main.py": USE.replace("nets", module)})
        assert check(tmp_path / "main.py") == expected, module


def test_unreadable_file(tmp_path: Path) -> None:
    write(tmp_path, {"main.py": USE, "nets.py": MODULE, "other.py": NET_IN_USE})
    (tmp_path / "nets.py").chmod(0)
    if os.access(tmp_path / "nets.py", os.R_OK):
        pytest.skip("this user can read everything")
    assert check(tmp_path / "main.py") == []
    assert check(tmp_path / "other.py") == CONTROL


def test_vanished_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {"main.py": USE, "nets.py": MODULE, "other.py": NET_IN_USE})
    is_file = Disk.is_file

    def looked_up_before(disk: Disk, path: str) -> bool:
        return path == str(tmp_path / "nets.py") or is_file(disk, path)

    (tmp_path / "nets.py").unlink()
    monkeypatch.setattr(Disk, "is_file", looked_up_before)
    assert check(tmp_path / "main.py") == []
    assert check(tmp_path / "other.py") == CONTROL


def test_installed_package(tmp_path: Path) -> None:
    """Source code on sys.path is read, not imported: an import would leave a file."""
    trap = "open('imported', 'w').close()\n"
    write(tmp_path / "site", {"vendor/__init__.py": f"from .nets import Net\n{trap}"})
    write(tmp_path / "site", {"vendor/nets.py": MODULE + trap})
    main = "import vendor\nvendor.Net().forward(1)\n"
    write(tmp_path / "project", {"main.py": main})
    environment = {"PYTHONPATH": str(tmp_path / "site")}
    run = flake8(*ISOLATED, ".", cwd=tmp_path / "project", environment=environment)
    assert run.reported("./main.py") == [Finding(2, 14, "FWD101")]
    assert run.stderr == ""
    assert not (tmp_path / "project/imported").exists()
    run = flake8(*ISOLATED, ".", cwd=tmp_path / "project")
    assert run.reported("./main.py") == []


@pytest.mark.parametrize(
    ("module", "net", "found"),
    [
        ("gone.nets", "Net", FOUND),
        ("gone.nets", "Other", []),
        ("gone.others", "Net", []),
        ("timm.nets", "Net", []),
    ],
)
def test_a_package_that_was_renamed(
    module: str, net: str, found: list[Finding], tmp_path: Path
) -> None:
    """What lies beside the file and defines the name is meant, if nothing else is."""
    main = f"from {module} import {net}\n{net}().forward(1)\n"
    write(tmp_path, {"nets.py": MODULE, "main.py": main})

    assert check(tmp_path / "main.py") == found
