"""Repositories at a commit, unpacked from Git directories and kept in the cache."""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import packages

# What the plugin reads and what marks a project's folder; a mirror that was made
# without large files may lack others.
KEPT = (".py", ".pyi", ".cfg", ".flake8", ".ini", ".toml")


def add_option(parser: argparse.ArgumentParser, required: bool = False) -> None:
    """Give a script the option --repos, a folder of Git directories."""
    parser.add_argument(
        "--repos",
        type=lambda name: Path(name).resolve(),
        required=required,
        metavar="DIR",
        help="a folder with a Git directory DIR/<owner>+<name>/repo for each repository",
    )


def research(names: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Return the research repositories of these names, all if none; exit on others.

    Each has `repo` (owner/name), `commit` and the labelled `calls` of `forward`.
    """
    text = (packages.DATA / "research_calls.json").read_text(encoding="utf-8")
    known = {repository["repo"]: repository for repository in json.loads(text)}
    if unknown := set(names) - known.keys():
        sys.exit(f"not in research_calls.json: {', '.join(sorted(unknown))}")
    return [known[name] for name in names or sorted(known)]


def unpacked(repository: str, commit: str, mirrors: Path, cache: Path) -> Path | None:
    """Return a folder with the sources of `repository` (owner/name) at `commit`.

    `mirrors` holds the Git directories. If the commit is not there, git's message is
    printed and None returned.
    """
    name = repository.replace("/", "+")
    folder: Path = packages.prepared(cache) / "repositories" / f"{name}-{commit[:12]}"
    with packages.locked(cache):
        if not folder.is_dir():
            folder.parent.mkdir(exist_ok=True)
            try:
                unpack(mirrors / name / "repo", commit, folder)
            except subprocess.CalledProcessError as error:
                print(f"{repository} {commit[:12]}: {error.stderr.strip()}")
                return None
    return folder


def unpack(directory: Path, commit: str, folder: Path) -> None:
    """Write the sources at a commit of a Git directory into a new folder.

    CalledProcessError is raised if git fails.
    """
    archive = folder.with_name(f"{folder.name}.tar")
    fresh = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(fresh, ignore_errors=True)
    listed = git(directory, "ls-tree", "-r", "-z", "--name-only", commit).split("\0")
    kept = [path for path in listed if path.endswith(KEPT)]
    git(directory, "archive", f"--output={archive}", commit, "--", *kept)
    with tarfile.open(archive) as packed:
        # Links can point out of the tree.
        files = [member for member in packed if member.isreg() or member.isdir()]
        packed.extractall(fresh, members=files, filter="data")
    archive.unlink()
    # Renamed last, so that an interrupted run leaves nothing that looks complete.
    fresh.rename(folder)


def git(directory: Path, *command: str) -> str:
    """Return what a git command prints; CalledProcessError is raised if it fails."""
    # A bare repository or a checkout; names of files are no patterns.
    prefix = ["git", "-C", str(directory), "--literal-pathspecs"]
    done = subprocess.run(
        [*prefix, *command],
        capture_output=True,
        encoding="utf-8",
        errors="surrogateescape",
        check=True,
    )
    return done.stdout
