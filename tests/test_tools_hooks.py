"""pre-commit runs the hooks of the README, in environments that it makes itself.

The README's hooks name public repositories. Git is told to take them from here.
"""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from real_tools import (
    CRITIC,
    FIXED,
    LINES,
    PATH,
    findings,
    needs,
    project,
    shell,
    snippet,
)

pytestmark = needs("pre_commit")

RUN = "pre-commit run --all-files --color=never"
# The file of this name in flake8's own repository, but for texts.
FLAKE8_HOOK = """\
- id: flake8
  name: flake8
  entry: flake8
  language: python
  types: [python]
  require_serial: true
"""
SETUP = """\
from setuptools import setup

setup(name="stands-in", install_requires=["flake8=={version}"], py_modules=[])
"""


def commit(folder: Path, tag: str) -> None:
    """Make a repository with one tagged commit of what is in a folder."""
    author = ["-c", "user.name=tests", "-c", "user.email=tests@example.org"]
    for command in (
        ["init", "--quiet"],
        ["add", "--all"],
        [*author, "commit", "--quiet", "--no-verify", "-m", "all"],
        [*author, "tag", tag],
    ):
        subprocess.run(["git", "-C", str(folder), *command], check=True)


class Hooks:
    """A project with the hooks of a snippet, whose repository is in a folder here."""

    def __init__(self, name: str, repository: Path, folder: Path, home: Path) -> None:
        config = snippet(name)
        (url,) = re.findall(r"repo: (\S+)", config)
        self.folder = project(folder)
        self.home = home
        self._environment = {
            "PRE_COMMIT_HOME": str(self.home),
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": f"url.{repository.as_uri()}.insteadOf",
            "GIT_CONFIG_VALUE_0": url,
        }
        (self.folder / ".pre-commit-config.yaml").write_text(config, "utf-8")
        commit(self.folder, "start")

    def run(self, constraint: dict[str, str]) -> subprocess.CompletedProcess[str]:
        return shell(RUN, self.folder, {**self._environment, **constraint})

    def packages(self) -> set[str]:
        """The names of what is installed in the hooks' environments."""
        return {
            path.name for path in self.home.glob("*/py_env-*/lib/*/site-packages/*")
        }


def revision(name: str) -> str:
    (found,) = re.findall(r"rev: (\S+)", snippet(name))
    return str(found)


def test_plugin_in_the_flake8_hook(tmp_path: Path, constraint: dict[str, str]) -> None:
    version = revision("flake8 hook")
    repository = tmp_path / "repository"
    repository.mkdir()
    (repository / ".pre-commit-hooks.yaml").write_text(FLAKE8_HOOK, "utf-8")
    (repository / "setup.py").write_text(SETUP.format(version=version), "utf-8")
    commit(repository, version)
    hooks = Hooks("flake8 hook", repository, tmp_path / "project", tmp_path / "home")
    run = hooks.run(constraint)
    assert findings(run.stdout) == LINES
    assert run.returncode == 1
    assert f"flake8-{version}.dist-info" in hooks.packages()
    assert "torch" not in hooks.packages()
    (hooks.folder / PATH).write_text(FIXED, "utf-8")
    run = hooks.run(constraint)
    assert (run.returncode, findings(run.stdout)) == (0, [])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environment of our own hooks."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture
def own_hooks(snapshot: Path, tmp_path: Path, home: Path) -> Hooks:
    if not (snapshot / ".git").exists():
        commit(snapshot, revision("own hooks"))
    return Hooks("own hooks", snapshot, tmp_path, home)


def test_own_hooks(own_hooks: Hooks) -> None:
    """The first hook fixes, and so fails; the second has nothing left to report."""
    first = own_hooks.run({})
    fixing, reporting = first.stdout.rsplit("flake8-forward..", 1)
    assert re.search(r"flake8-forward --fix\.+Failed", fixing)
    assert "- files were modified by this hook" in fixing
    assert reporting.endswith("Passed\n")
    assert first.returncode == 1
    assert (own_hooks.folder / PATH).read_text("utf-8") == FIXED
    assert "flake8_forward" in own_hooks.packages()
    assert "torch" not in own_hooks.packages()
    second = own_hooks.run({})
    assert (second.returncode, second.stdout.count("Passed")) == (0, 2)


def test_own_reporting_hook_alone(own_hooks: Hooks) -> None:
    config = own_hooks.folder / ".pre-commit-config.yaml"
    fixing = "      - id: flake8-forward-fix\n"
    config.write_text(snippet("own hooks").replace(fixing, ""), "utf-8")
    run = own_hooks.run({})
    assert findings(run.stdout) == LINES
    assert run.returncode == 1
    assert (own_hooks.folder / PATH).read_text("utf-8") == CRITIC
