"""The cases and examples, each a project of its own.

All files of a project are evidence for the linter: in one folder, a class of one case
would count for the others. Run as a script, this copies them all to a folder.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

from example_programs import ROOT

CASES = Path("tests/cases")
EXAMPLES = Path("examples")


def _projects() -> Iterator[Path]:
    """Yield files that stand alone, and folders below a topic: their files import each
    other."""
    yield from (ROOT / EXAMPLES).glob("*/*.py")
    for path in (ROOT / CASES).glob("*/*"):
        if path.suffix == ".py" or any(path.glob("*.py")):
            yield path


def _place(project: Path) -> Path:
    """Return where a project's copy is, in a folder of which it is all there is."""
    return project.relative_to(ROOT).with_suffix("") / project.name


PROJECTS = sorted(_projects())
PLACES = {
    file: _place(project) / file.relative_to(project)
    for project in PROJECTS
    for file in ([project] if project.is_file() else sorted(project.rglob("*.py")))
}
"""Each file, and where its copy is in the folder that all are copied to."""


def copy_to(root: Path) -> Path:
    """Copy all projects to the folder ``root``, and return it."""
    for file, place in PLACES.items():
        copy = root / place
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, copy)
    for project in PROJECTS:
        (root / _place(project)).parent.joinpath(".git").mkdir()
    return root


if __name__ == "__main__":
    copy_to(Path(sys.argv[1]))
