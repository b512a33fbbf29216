"""Store what the classes of a package really are, after importing all of it.

    python benchmarks/make_truth.py skorch==1.4.0
    python benchmarks/make_truth.py timm==1.0.31 --with torchvision --compare

A separate environment gets torch and the package; every submodule is imported
there, and those that fail or end the process are skipped. Classes that no import gives
(local to a function, replaced, optional dependency missing) are absent.
"""

from __future__ import annotations

import ast
import gzip
import importlib
import importlib.metadata
import importlib.util
import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any, NamedTuple

import packages

TORCH = "torch==2.13.0"
TRUTH = packages.DATA / "truth"
Definition = tuple[str, ast.ClassDef]
# An imported package must neither ask the network nor open a window.
QUIET = {"HF_HUB_OFFLINE": "1", "MPLBACKEND": "Agg", "PYTHONWARNINGS": "ignore"}


class Fact(NamedTuple):
    """What is true of one class; the flags are 0 or 1."""

    file: str
    qualname: str
    lineno: int
    is_module: int
    own_call: int
    custom_call: int


def read(name: str) -> list[Fact]:
    """Return the stored facts of a package, [] if there are none."""
    path = TRUTH / f"{name}.json.gz"
    if not path.is_file():
        return []
    content = json.loads(gzip.decompress(path.read_bytes()))
    return [Fact(*row) for row in content["classes"]]


def write(name: str, version: str, facts: list[Fact]) -> None:
    """Store the facts of a package, the same bytes for the same facts."""
    content = {
        "package": name,
        "version": version,
        "columns": Fact._fields,
        "classes": facts,
    }
    text = json.dumps(content, separators=(",", ":"))
    (TRUTH / f"{name}.json.gz").write_bytes(gzip.compress(text.encode(), mtime=0))


def definitions(tree: ast.AST, prefix: str = "") -> Iterator[Definition]:
    """Yield each class statement with its qualname, but for those in functions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.ClassDef):
            yield prefix + node.name, node
            yield from definitions(node, f"{prefix}{node.name}.")
        elif not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            yield from definitions(node, prefix)


def resolve(module: ModuleType, qualname: str) -> type | None:
    """Return the class that the module really has there under that very name."""
    found: Any = module
    for part in qualname.split("."):
        found = vars(found).get(part) if hasattr(found, "__dict__") else None
    if not isinstance(found, type) or found.__module__ != module.__name__:
        return None
    return found if found.__qualname__ == qualname else None


def made_by(statement: ast.ClassDef, made: type) -> bool:
    """Tell whether a method of the class stands within the class statement."""
    last = statement.end_lineno or statement.lineno
    codes: list[CodeType] = [
        value.__code__ for value in vars(made).values() if type(value) is FunctionType
    ]
    lines = (code.co_firstlineno for code in codes)
    return any(statement.lineno < line <= last for line in lines)


def facts_of(module: ModuleType, file: str, source: bytes) -> Iterator[Fact]:
    """Yield a fact for each class of an imported module."""
    # Not an import statement: then type checking this file would need torch.
    base = importlib.import_module("torch").nn.Module
    statements: dict[str, list[ast.ClassDef]] = {}
    for qualname, node in definitions(ast.parse(source)):
        statements.setdefault(qualname, []).append(node)
    for qualname, nodes in statements.items():
        made = resolve(module, qualname)
        if made is None:
            continue
        # Of several statements, the one with its methods, else the last to run.
        node = next((node for node in nodes if made_by(node, made)), nodes[-1])
        is_module = issubclass(made, base)
        own_call = "__call__" in vars(made)
        custom = is_module and made.__call__ is not base.__call__
        flags = (int(is_module), int(own_call), int(custom))
        yield Fact(file, qualname, node.lineno, *flags)


def import_torchvision() -> Any:
    """Import torchvision, where installed, also a CUDA build beside a CPU torch.

    That one cannot load its operators and fails to import for want of them, one at
    a time: a name is enough. Returns what must be kept alive meanwhile.
    """
    library = None
    while importlib.util.find_spec("torchvision"):
        try:
            importlib.import_module("torchvision")
            break
        except RuntimeError as error:
            wanted = re.search(r"torchvision::(\w+) does not exist", str(error))
            if wanted is None:
                break
            for name in [name for name in sys.modules if "torchvision" in name]:
                del sys.modules[name]
            torch_library = importlib.import_module("torch.library")
            library = library or torch_library.Library("torchvision", "DEF")
            library.define(f"{wanted[1]}() -> ()")
    return library


class Tolerated:
    """A block whose failure is named on stderr and has no further consequence.

    Even sys.exit(): a module that calls it when imported is not worth the others.
    """

    def __init__(self, name: str) -> None:
        self.name = name

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: object
    ) -> bool:
        if kind is not None:
            print(f"{self.name}: {kind.__name__}: {error}", file=sys.stderr)
        return True


def probe(distribution: str, journal: Path) -> None:
    """Import the files that the journal does not name; append to it what they hold.

    A file's name is written before its import: the one that ends the process stays
    there without facts, and the next call goes on behind it.
    """
    operators = import_torchvision()
    done = {line.split("\t")[0] for line in journal.read_text().splitlines()}
    for path in importlib.metadata.files(distribution) or ():
        parts = path.with_suffix("").parts
        named = path.suffix == ".py" and all(part.isidentifier() for part in parts)
        if not named or parts[-1] == "__main__" or str(path) in done:
            continue
        dotted = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        with journal.open("a") as log:
            print(path, file=log, flush=True)
            with Tolerated(dotted):
                module = importlib.import_module(dotted)
                found = list(facts_of(module, str(path), path.read_binary()))
                print(path, json.dumps(found), sep="\t", file=log)
    del operators


def collect(python: Path, distribution: str) -> list[Fact]:
    """Run the probe until it comes to its end; return all facts, sorted."""
    with tempfile.TemporaryDirectory() as folder:
        journal = Path(folder, "journal")
        journal.touch()
        command = [str(python), __file__, "--probe", str(journal), distribution]
        size = -1
        while size != journal.stat().st_size:
            size = journal.stat().st_size
            # There it cannot see the repository, nor leave files in it.
            env = {**os.environ, **QUIET}
            subprocess.run(command, cwd=folder, env=env, check=False)
        rows = [line.partition("\t")[2] for line in journal.read_text().splitlines()]
    return sorted({Fact(*fact) for row in rows if row for fact in json.loads(row)})


def compare(old: list[Fact], new: list[Fact]) -> None:
    """Print each fact that only one of two lists has, and how many both have."""
    print(f"{len(set(old) & set(new))} classes alike")
    for sign, only in (("-", set(old) - set(new)), ("+", set(new) - set(old))):
        for fact in sorted(only):
            print(sign, *fact)


def main() -> None:
    parser = packages.arguments(__doc__)
    parser.add_argument("requirement", help="PACKAGE==VERSION")
    parser.add_argument("--with", nargs="*", default=[], dest="extra", metavar="REQ")
    parser.add_argument(
        "--compare",
        action="store_true",
        help="write nothing, print what differs from the stored truth",
    )
    parser.add_argument("--probe", type=Path, help="used by the script itself")
    options = parser.parse_args()
    name, _, version = options.requirement.partition("==")
    if options.probe:
        probe(name, options.probe)
        return
    wanted = [TORCH, options.requirement, *options.extra]
    python = packages.environment(f"truth-{name}", wanted, options.cache)
    facts = collect(python, name)
    if options.compare:
        compare(read(name), facts)
        return
    write(name, version, facts)
    print(f"{name}: {len(facts)} classes, {sum(f.is_module for f in facts)} Modules")


if __name__ == "__main__":
    main()
