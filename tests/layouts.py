"""Projects in which one file uses a class of another, one for every form of import."""

from __future__ import annotations

from projects import Layout

PACKAGE = {"pkg/__init__.py": ""}
DEEP = {**PACKAGE, "pkg/sub/__init__.py": "", "pkg/other/__init__.py": ""}
INNER = "pkg/nets.py"

SIMPLE = {
    "import": Layout("import nets", "nets.Net"),
    "import as": Layout("import nets as n", "n.Net"),
    "import two": Layout("import os, nets as n", "n.Net"),
    "from": Layout("from nets import Net"),
    "from as": Layout("from nets import Net as Other", "Other"),
    "from parentheses": Layout("from nets import (\n    Missing,\n    Net,\n)"),
    "assigned": Layout("import nets\nBase = nets.Net", "Base"),
    "in a function": Layout(
        "def net():\n    from nets import Net\n    return Net()", "net"
    ),
    "star": Layout("from nets import *"),
    "star with all": Layout("from nets import *", after='__all__ = ["Net"]\n'),
    "star with added all": Layout(
        "from nets import *", after="__all__ = []\n__all__ += ['Net']\n"
    ),
    "namespace": Layout("from ns.nets import Net", nets="ns/nets.py"),
    "stub": Layout("from nets import Net", nets="nets.pyi"),
    "nested class": Layout(
        "import nets", "nets.Outer.Net", after="class Outer:\n    Net = Net\n"
    ),
}

FALLBACKS = {
    "second try": Layout(
        "try:\n    from missing import Net\nexcept ImportError:\n    from nets import Net"
    ),
    "first try": Layout(
        "try:\n    from nets import Net\nexcept ModuleNotFoundError:\n    Net = None"
    ),
    "try module": Layout(
        "try:\n    import missing as nets\nexcept ImportError:\n    import nets",
        "nets.Net",
    ),
    "conditional": Layout(
        "import sys\nif sys.version_info >= (3, 11):\n    from nets import Net\n"
        "else:\n    from nets import Net"
    ),
    "type checking": Layout(
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from nets import Net\n"
        "def get() -> 'Net': ...",
        "get",
    ),
    "type checking module": Layout(
        "import typing\nif typing.TYPE_CHECKING:\n    import nets\ndef get() -> 'nets.Net': ...",
        "get",
    ),
}

PACKAGES = {
    "dotted": Layout("import pkg.nets", "pkg.nets.Net", nets=INNER, more=PACKAGE),
    "dotted as": Layout("import pkg.nets as n", "n.Net", nets=INNER, more=PACKAGE),
    "from package": Layout(
        "from pkg import nets", "nets.Net", nets=INNER, more=PACKAGE
    ),
    "relative": Layout(
        "from .nets import Net", main="pkg/main.py", nets=INNER, more=PACKAGE
    ),
    "relative module": Layout(
        "from . import nets", "nets.Net", main="pkg/main.py", nets=INNER, more=PACKAGE
    ),
    "relative in init": Layout(
        "from .nets import Net", main="pkg/__init__.py", nets=INNER
    ),
    "two levels": Layout(
        "from ..nets import Net", main="pkg/sub/main.py", nets=INNER, more=DEEP
    ),
    "two levels module": Layout(
        "from .. import nets as n",
        "n.Net",
        main="pkg/sub/main.py",
        nets=INNER,
        more=DEEP,
    ),
    "sibling package": Layout(
        "from ..other.nets import Net",
        main="pkg/sub/main.py",
        nets="pkg/other/nets.py",
        more=DEEP,
    ),
    "two levels in init": Layout(
        "from ..nets import Net", main="pkg/sub/__init__.py", nets=INNER, more=PACKAGE
    ),
    "package root": Layout(
        "from pkg.nets import Net", main="pkg/sub/main.py", nets=INNER, more=DEEP
    ),
}

NESTED = {
    "pkg/__init__.py": "from .sub import Net\n",
    "pkg/sub/__init__.py": "from ..nets import *\n",
}
REEXPORTS = {
    "from": Layout(
        "from pkg import Net",
        nets=INNER,
        more={"pkg/__init__.py": "from .nets import Net\n"},
    ),
    "renamed": Layout(
        "import pkg",
        "pkg.Public",
        nets=INNER,
        more={"pkg/__init__.py": "from .nets import Net as Public\n"},
    ),
    "star": Layout(
        "from pkg import Net",
        nets=INNER,
        more={"pkg/__init__.py": "from .nets import *\n"},
    ),
    "star from star": Layout(
        "from pkg import *",
        nets=INNER,
        more={"pkg/__init__.py": "from .nets import *\n"},
    ),
    "absolute": Layout(
        "from pkg import Net",
        nets=INNER,
        more={"pkg/__init__.py": "from pkg.nets import Net\n"},
    ),
    "assigned": Layout(
        "from pkg import Net",
        nets=INNER,
        more={"pkg/__init__.py": "from . import nets\nNet = nets.Net\n"},
    ),
    "twice": Layout("from pkg import Net", nets=INNER, more=NESTED),
    "tried": Layout(
        "from pkg import Net",
        nets=INNER,
        more={
            "pkg/__init__.py": "try:\n    from .fast import Net\nexcept ImportError:\n    from .nets import Net\n"
        },
    ),
}

BASES = {
    "base": Layout("from nets import Net\nclass Child(Net): pass", "Child"),
    "base of base": Layout(
        "from middle import Middle\nclass Child(Middle): pass",
        "Child",
        more={"middle.py": "import nets\nclass Middle(nets.Net): pass\n"},
    ),
    "second base": Layout(
        "from nets import Net\nclass Child(object, Net): pass", "Child"
    ),
    "generic base": Layout(
        "import typing as t\nfrom nets import Net\nclass Child(Net, t.Generic[t.TypeVar('T')]): pass",
        "Child",
    ),
    "attribute": Layout(
        "from holder import Holder",
        "Holder",
        more={"holder.py": "from nets import Net\nclass Holder(Net): pass\n"},
    ),
    "function": Layout(
        "from maker import make",
        "make",
        more={"maker.py": "from nets import Net\ndef make() -> Net: ...\n"},
    ),
    "method": Layout(
        "from maker import Maker",
        "Maker().make",
        more={
            "maker.py": "from nets import Net\nclass Maker:\n    def make(self):\n        return Net()\n"
        },
    ),
}

PROJECT = {"pyproject.toml": "", "pkg/__init__.py": ""}
SRC = {"pyproject.toml": "", "src/pkg/__init__.py": ""}
TOPS = {
    "src": Layout(
        "from pkg.nets import Net",
        main="tests/test_main.py",
        nets="src/pkg/nets.py",
        more=SRC,
    ),
    "src from package": Layout(
        "from pkg.nets import Net",
        main="src/pkg/main.py",
        nets="src/pkg/nets.py",
        more=SRC,
    ),
    "src from deep tests": Layout(
        "import pkg.nets as n",
        "n.Net",
        main="tests/unit/a/test_main.py",
        nets="src/pkg/nets.py",
        more=SRC,
    ),
    "tests": Layout(
        "from pkg.nets import Net", main="tests/test_main.py", nets=INNER, more=PROJECT
    ),
    "tests package": Layout(
        "from pkg.nets import Net",
        main="tests/test_main.py",
        nets=INNER,
        more={**PROJECT, "tests/__init__.py": ""},
    ),
    "tests helper": Layout(
        "from helper import Net",
        main="tests/test_main.py",
        nets="tests/helper.py",
        more=PROJECT,
    ),
    "examples": Layout(
        "import pkg.nets",
        "pkg.nets.Net",
        main="examples/a/main.py",
        nets=INNER,
        more=PROJECT,
    ),
    "setup.cfg": Layout(
        "from pkg.nets import Net",
        main="scripts/run.py",
        nets=INNER,
        more={"setup.cfg": "", "pkg/__init__.py": ""},
    ),
}

LAYOUTS = {
    f"{group}: {name}": layout
    for group, layouts in {
        "simple": SIMPLE,
        "fallback": FALLBACKS,
        "package": PACKAGES,
        "re-export": REEXPORTS,
        "base": BASES,
        "top": TOPS,
    }.items()
    for name, layout in layouts.items()
}
