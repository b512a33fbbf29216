"""Write flake8_forward/knowledge/data/<package>.json from real packages.

    python benchmarks/make_knowledge.py timm==1.0.31 kornia==0.9.0
    python benchmarks/make_knowledge.py lightning-fabric==2.6.6:lightning_fabric
    python benchmarks/make_knowledge.py transformers==5.23.0:transformers,timm,scipy

A package is DISTRIBUTION==VERSION[:IMPORT_NAME[,REQUIREMENT...]]: the requirements
are optional dependencies, without which parts of it cannot be imported.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import subprocess
import tempfile
import time
import venv
import zlib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

TORCH = "torch==2.13.0"
HERE = Path(__file__).resolve().parent
KNOWLEDGE = HERE.parent / "flake8_forward" / "modules" / "knowledge"
KINDS = (
    "module",
    "custom_call",
    "list",
    "dict",
    "sequential",
    "auto",
    "factory",
    "class",
    "callable",
)
NOT_MODULES = ("class", "callable")
NOT_IMPORTED = {"__main__", "conftest", "setup", "test", "tests"}
# From these, transformers generates the modeling files: nobody imports them.
GENERATOR_INPUT = re.compile(r"transformers\..*\.modular_\w+")
# A package that is imported must neither ask the network nor look for a GPU.
QUIET = {
    "CUDA_VISIBLE_DEVICES": "",
    "HF_DATASETS_OFFLINE": "1",
    "HF_HUB_OFFLINE": "1",
    "MPLBACKEND": "Agg",
    "PYTHONWARNINGS": "ignore",
    "TRANSFORMERS_OFFLINE": "1",
    "WANDB_MODE": "offline",
}
Modules = dict[str, dict[str, str]]


class Package(NamedTuple):
    pinned: str
    name: str
    extras: list[str]

    @property
    def version(self) -> str:
        return self.pinned.partition("==")[2]


class Fact(NamedTuple):
    """A name in a module's namespace, as knowledge_worker.py tells it."""

    name: str
    kind: str
    home: str
    qualname: str
    exported: bool


def parse_package(text: str) -> Package:
    pinned, _, rest = text.partition(":")
    distribution, _, version = pinned.partition("==")
    if not version:
        raise argparse.ArgumentTypeError(f"{text}: no version, as in timm==1.0.31")
    name, *extras = rest.split(",")
    return Package(pinned, name or distribution.replace("-", "_"), extras)


def make_environment(folder: Path) -> Path:
    """Return the Python of a virtual environment, made where it is missing."""
    python = folder / "bin" / "python"
    if not python.exists():
        venv.create(folder, with_pip=True)
    return python


def install(python: Path, package: Package) -> None:
    """Install the package beside our torch, even if it asks for another one."""
    pip = [str(python), "-m", "pip", "install", "--quiet"]
    # Always in one command with torch: alone, a package may replace it.
    wanted = [TORCH, "numpy", *package.extras]
    if subprocess.run([*pip, *wanted, package.pinned], check=False).returncode:
        print(f"{package.pinned}: installed without its dependencies")
        subprocess.run([*pip, *wanted], check=True)
        subprocess.run([*pip, "--no-deps", package.pinned], check=True)


def site_packages(python: Path) -> Path:
    script = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(subprocess.check_output([python, "-c", script], text=True).strip())


def module_names(site: Path, package: str) -> list[str]:
    """Return all modules by their files: pkgutil misses folders without __init__."""
    found = {package}
    for path in (site / package).rglob("*.py"):
        parts = path.relative_to(site).with_suffix("").parts
        if parts[-1] == "__init__":
            parts = parts[:-1]
        if NOT_IMPORTED.isdisjoint(parts) and all(map(str.isidentifier, parts)):
            found.add(".".join(parts))
    return sorted(name for name in found if not is_internal(name))


def is_internal(name: str) -> bool:
    """Tell torch._inductor.x and torch.testing._internal from kornia.models._x.y."""
    _, *parts = name.split(".")
    private = len(parts) > 1 and parts[0].startswith("_")
    return private or "_internal" in parts or bool(GENERATOR_INPUT.fullmatch(name))


def examine(python: Path, package: Package, seconds: int) -> Modules:
    """Return the package's names by module and kind, after importing all of it."""
    site = site_packages(python)
    with tempfile.TemporaryDirectory() as scratch:
        result = Path(scratch) / "result.json"
        subprocess.run(
            [python, HERE / "knowledge_worker.py", package.name, result],
            # What a module writes when it is imported goes with the folder.
            cwd=scratch,
            env={**os.environ, **QUIET, "HOME": scratch},
            input=json.dumps(module_names(site, package.name)),
            text=True,
            stdout=subprocess.DEVNULL,
            timeout=seconds,
            check=True,
        )
        facts = json.loads(result.read_text(encoding="utf-8"))
    modules = {
        module: by_kind(
            fact
            for fact in (Fact(*row) for row in facts[module])
            if is_offered(fact, module) and not is_fallback(fact, site)
        )
        for module in sorted(facts)
    }
    return {module: kinds for module, kinds in modules.items() if kinds}


def is_offered(fact: Fact, module: str) -> bool:
    """Tell whether others may well import the name from this module.

    Where a class is defined is an implementation detail that users ignore, so
    modules are kept wherever their own package binds them; non-modules are many,
    and kept only where they are defined or meant to be found.
    """
    own = fact.home.partition(".")[0] == module.partition(".")[0]
    if fact.kind in NOT_MODULES:
        return fact.home == module or (own and fact.exported)
    return own or fact.exported


def is_fallback(fact: Fact, site: Path) -> bool:
    """Tell whether a non-module is defined below an `if` or `except ImportError:`.

    It may stand for a class of a missing package that is a module.
    """
    if fact.kind not in NOT_MODULES or "." in fact.qualname:
        return False
    stem = site.joinpath(*fact.home.split("."))
    path = stem / "__init__.py" if stem.is_dir() else stem.with_suffix(".py")
    if not path.is_file():
        return False
    statement = rf"^([ \t]*)class {re.escape(fact.qualname)}\b"
    indents = re.findall(statement, path.read_text(encoding="utf-8"), re.MULTILINE)
    return bool(indents) and "" not in indents


def by_kind(facts: Iterable[Fact]) -> dict[str, str]:
    names: dict[str, list[str]] = {}
    for fact in facts:
        names.setdefault(fact.kind, []).append(fact.name)
    return {kind: " ".join(sorted(names[kind])) for kind in KINDS if kind in names}


def render(version: str, modules: Modules) -> str:
    """Return JSON with a line per module, which reads well as a diff of versions."""
    lines = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(kinds)}" for name, kinds in modules.items()
    )
    head = f'{{\n"version": {json.dumps(version)},\n"modules": {{\n'
    return f"{head}{lines}\n}}\n}}\n"


def summary(text: str, modules: Modules) -> str:
    counts = (
        f"{sum(len(kinds.get(kind, '').split()) for kinds in modules.values())} {kind}"
        for kind in KINDS
    )
    data = text.encode()
    zipped = len(zlib.compress(data, 9))
    sizes = f"{len(data) / 1000:.0f} kB, {zipped / 1000:.0f} zipped"
    return f"{len(modules)} modules, {', '.join(counts)}; {sizes}"


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("packages", nargs="+", type=parse_package, metavar="PACKAGE")
    parser.add_argument("--venv", type=Path, help="environment to make or reuse")
    parser.add_argument("--timeout", type=int, default=3600, help="seconds per package")
    options = parser.parse_args()
    KNOWLEDGE.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        python = make_environment((options.venv or Path(scratch)).resolve())
        for package in options.packages:
            start = time.monotonic()
            install(python, package)
            modules = examine(python, package, options.timeout)
            text = render(package.version, modules)
            path = KNOWLEDGE / f"{package.name}.json"
            path.write_text(text, encoding="utf-8")
            seconds = time.monotonic() - start
            print(f"{path.name}: {summary(text, modules)}; {seconds:.0f} s", flush=True)


if __name__ == "__main__":
    main()
