"""Unpacked wheels and virtual environments, created once and kept in a cache folder.

    python benchmarks/packages.py [PACKAGE ...]

prints the folder of each package of packages.txt (or of those named), after
downloading and unpacking what is missing.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent
DATA = HERE / "data"
# One flake8 for every environment: cost is compared between them.
FLAKE8 = "flake8==7.5.0"
# What a build of the plugin does not read, some of it large.
NOT_SOURCE = ("benchmarks", "tests", "examples", "build", "dist", "__pycache__")


def arguments(description: str | None) -> argparse.ArgumentParser:
    """Take a script's docstring, return a parser with the options all scripts share."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--cache",
        type=lambda name: Path(name).resolve(),
        default=REPOSITORY / ".benchmark-cache",
        help="folder for wheels, sources and environments (default: %(default)s)",
    )
    parser.add_argument(
        "--plugin",
        default=str(REPOSITORY),
        help="the plugin to measure: a source folder or a requirement",
    )
    return parser


def pinned() -> dict[str, str]:
    """Return the versions of packages.txt by package name, in the file's order."""
    lines = (HERE / "packages.txt").read_text(encoding="utf-8").splitlines()
    pins = [line.split("==") for line in lines if line and not line.startswith("#")]
    return {pin[0]: pin[1] for pin in pins}


def run_quietly(command: Sequence[str]) -> None:
    """Run a command whose output matters only when it fails; exit if it does."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\n{done.stdout}{done.stderr}")


def flake8_forward(
    python: Path, folder: Path, *options: str
) -> subprocess.CompletedProcess[str]:
    """Run the command of the environment `python` in a folder; exit if it fails."""
    module = ("-m", "flake8_forward.command.main", "--isolated")
    done = subprocess.run(
        [str(python), *module, *options],
        cwd=folder,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        sys.exit(f"flake8-forward failed in {folder}:\n{done.stderr}")
    return done


def prepared(cache: Path) -> Path:
    """Make the cache folder, hidden from git and from tools that heed .gitignore."""
    cache.mkdir(parents=True, exist_ok=True)
    (cache / ".gitignore").write_text("*\n", encoding="utf-8")
    return cache


@contextmanager
def locked(cache: Path) -> Iterator[None]:
    """Let only one process at a time write to the cache: scripts may run in parallel."""
    with (prepared(cache) / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def unpacked(name: str, cache: Path) -> Path:
    """Return the folder with the pinned package's source code, unpacked if necessary.

    Its entries are those that the wheel would add to site-packages.
    """
    version = pinned()[name]
    folder = cache / "packages" / name
    with locked(cache):
        if not any(folder.glob(f"*-{version}.dist-info")):
            unpack(name, version, folder, cache / "wheels")
    return folder


def unpack(name: str, version: str, folder: Path, wheels: Path) -> None:
    """Download a wheel and put what it holds into a folder, made anew."""
    fresh = folder.with_name(f"{name}.part")
    for leftover in (folder, fresh):
        shutil.rmtree(leftover, ignore_errors=True)
    download = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet"]
    only = ["--only-binary=:all:", "--dest", str(wheels)]
    run_quietly([*download, *only, f"{name}=={version}"])
    (wheel,) = wheels.glob(f"{name}-{version}-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(fresh)
    # Renamed last, so that an interrupted run leaves nothing that looks complete.
    fresh.rename(folder)


def environment(name: str, requirements: Iterable[str], cache: Path) -> Path:
    """Return the python of a virtual environment that holds just the requirements.

    It is made anew when the requirements are not those that it was made with.
    """
    wanted = list(requirements)
    folder = cache / "environments" / name
    python = folder / "bin" / "python"
    made_with = folder / "requirements.txt"
    text = "\n".join(wanted)
    with locked(cache):
        if not made_with.is_file() or made_with.read_text(encoding="utf-8") != text:
            venv.create(folder, clear=True, with_pip=True)
            run_quietly([str(python), "-m", "pip", "install", "--quiet", *wanted])
            made_with.write_text(text, encoding="utf-8")
    return python


def plugin_environment(plugin: str, cache: Path) -> Path:
    """Return the python of an environment with flake8 and the plugin, without torch.

    A source folder is installed from a copy: an editable install would add import
    hooks to every start-up that is measured, and a build would leave files there.
    Each state of the source gets an environment of its own: an edit disturbs no run.
    """
    source = Path(plugin)
    if not source.is_dir():
        return environment("plugin", [FLAKE8, plugin], cache)
    files = sorted(path for path in source.rglob("*") if is_source(path, source))
    digest = hashlib.sha256()
    for path in files:
        digest.update(str(path.relative_to(source)).encode() + path.read_bytes())
    state = digest.hexdigest()[:12]
    copy = cache / "plugin" / state
    with locked(cache):
        for path in files:
            target = copy / path.relative_to(source)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target)
    return environment(f"plugin-{state}", [FLAKE8, str(copy)], cache)


def is_source(path: Path, root: Path) -> bool:
    """Tell whether a build of the plugin in `root` could read the file `path`."""
    parts = path.relative_to(root).parts
    hidden = any(part.startswith(".") or part.endswith(".egg-info") for part in parts)
    return path.is_file() and not hidden and not set(parts) & set(NOT_SOURCE)


def chosen(names: Sequence[str]) -> list[str]:
    """Return the package names given, all pinned ones if none; exit on unknown ones."""
    unknown = set(names) - pinned().keys()
    if unknown:
        sys.exit(f"not in packages.txt: {', '.join(sorted(unknown))}")
    return list(names) or list(pinned())


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("packages", nargs="*", metavar="PACKAGE")
    options = parser.parse_args()
    for name in chosen(options.packages):
        print(unpacked(name, options.cache), flush=True)


if __name__ == "__main__":
    main()
