"""Which files of a project are searched, and what is said where they are too many."""

from __future__ import annotations

from pathlib import Path

import pytest
from evidence import checkout, reported
from projects import write

from flake8_forward.project import search

USED = "import torch\n\n\ndef run(model, x):\n    model.state_dict()\n"
USED += "    return model.forward(x)\n"


def test_what_is_not_the_projects_own_is_left_out(tmp_path: Path) -> None:
    others = {
        "venv/pyvenv.cfg": "",
        "venv/a.py": "",
        ".hidden/b.py": "",
        "node_modules/c.py": "",
        "deep/__pycache__/d.py": "",
        "notes.txt": "",
    }
    write(tmp_path, {**others, "deep/own.py": "", "own.py": ""})
    (tmp_path / "linked").symlink_to(tmp_path / "venv")
    found = search.python_files(str(tmp_path))
    assert found == [str(tmp_path / "deep/own.py"), str(tmp_path / "own.py")]


@pytest.mark.parametrize("limit", ["MAX_FILES", "MAX_FOLDERS"])
def test_of_a_project_too_large_only_what_is_proven_counts(
    limit: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {"main.py": USED, "a/one.py": "", "b/two.py": "", "c/three.py": ""}
    folder = checkout(tmp_path, files)
    assert reported(folder) == {"main.py": [6]}
    monkeypatch.setattr(search, limit, 2)
    assert search.python_files(str(folder)) is None
    assert reported(folder) == {}


def test_a_changed_file_counts_as_the_editor_has_it(tmp_path: Path) -> None:
    write(tmp_path, {"main.py": "old = 1\n", "other.py": "old = 2\n"})
    main, other = str(tmp_path / "main.py"), str(tmp_path / "other.py")
    project = search.Search(str(tmp_path))
    assert project.mentioning("old") == (main, other)
    project.update(main, "new = 1\n")
    assert project.mentioning("old") == (other,)
    assert project.mentioning("new") == (main,)
