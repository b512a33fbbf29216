"""Do projects' own tests give the same results after fixing? Run them before and after.

    python benchmarks/suites.py [PROJECT ...]     outcomes by project, and differences

The tests are those of the source distribution that run the fixed code. They run
three times on unpacked copies: unchanged, after `--fix`, and after `--unsafe-fixes`.
Needs Linux, and some gigabytes for torch and what the projects depend on.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import apply_fixes
import packages

# One environment for all: torch is large.
NEEDED = (
    *("torch==2.13.0", "torchvision==0.28.0", "pytest==9.2.0"),
    *("huggingface_hub", "numpy", "pyyaml", "safetensors"),
    *("accelerate==1.15.0", "datasets", "diffusers==0.42.1", "transformers==5.23.0"),
)
# A torch without CUDA cannot load torchvision's operators. No test here uses one of
# them, but they must be declared for torchvision to be imported.
PLUGIN = """\
import torch

if torch.version.cuda is None:
    library = torch.library.Library("torchvision", "DEF")
    for name in ("nms", "qnms"):
        library.define(f"{name}(Tensor dets, Tensor scores, float threshold) -> Tensor")
"""


class Project(NamedTuple):
    """A pinned version, the folder of its code, and the tests to run."""

    version: str
    source: str
    tests: str
    chosen: str


PROJECTS = {
    "timm": Project(
        "1.0.31",
        "timm",
        "tests/test_models.py",
        "(levit_128s or tiny_vit_5m or efficientvit_m0 or efficientformer_l1"
        " or efficientformerv2_s0 or hrnet_w18_small_v2 or eval_refreshes)"
        " and not pretrained and not default_cfgs and not fx",
    ),
    "peft": Project(
        "0.21.2",
        "src",
        "tests/test_custom_models.py",
        "AdaLoRA and not Conv2d",
    ),
}


def unpacked(name: str, cache: Path) -> Path:
    """Return the folder of a project's source distribution, downloaded if need be."""
    version = PROJECTS[name].version
    folder = cache / "suites" / f"{name}-{version}"
    with packages.locked(cache):
        if not folder.is_dir():
            archives, fresh = folder.with_suffix(".sdist"), folder.with_suffix(".part")
            download = [sys.executable, "-m", "pip", "download", "--no-deps", "--quiet"]
            only = [f"--no-binary={name}", "--dest", str(archives)]
            packages.run_quietly([*download, *only, f"{name}=={version}"])
            (archive,) = archives.iterdir()
            with tarfile.open(archive) as packed:
                packed.extractall(fresh, filter="data")
            (fresh / folder.name).rename(folder)
    return folder


def outcomes(python: Path, project: Project, folder: Path) -> dict[str, str]:
    """Run the tests of an unpacked project, return how each of them ended."""
    (folder / "tests" / "__init__.py").touch()  # missing where tests import others
    (folder / "declared_operators.py").write_text(PLUGIN, encoding="utf-8")
    report = folder / "report.xml"
    paths = os.pathsep.join(map(str, (folder / project.source, folder)))
    options = ["-q", "-o", "addopts=", "-p", "declared_operators"]
    chosen = [project.tests, "-k", project.chosen, f"--junitxml={report}"]
    done = subprocess.run(
        [str(python), "-m", "pytest", *options, *chosen],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": paths, "HF_HUB_OFFLINE": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode not in (0, 1):
        sys.exit(f"pytest failed in {folder}:\n{done.stdout[-3000:]}{done.stderr}")
    cases = ElementTree.parse(report).getroot().iter("testcase")
    return {
        f"{case.get('classname')}::{case.get('name')}": next(
            (part.tag for part in case if part.tag in ("error", "failure", "skipped")),
            "passed",
        )
        for case in cases
    }


def check(project: Project, original: Path, linter: Path, python: Path) -> bool:
    """Test a project unchanged and fixed in each mode; tell whether results are equal."""
    before: dict[str, str] | None = None
    is_same = True
    for mode in ("", *apply_fixes.MODES):
        with tempfile.TemporaryDirectory() as scratch:
            folder = Path(scratch) / original.name
            shutil.copytree(original, folder)
            run = (
                apply_fixes.command(linter, folder / project.source, mode)
                if mode
                else None
            )
            after = outcomes(python, project, folder)
        before = after if before is None else before
        counts = ", ".join(f"{n} {end}" for end, n in Counter(after.values()).items())
        fixed = f"{run.fixed} in {run.files} files" if run else "nothing"
        print(
            f"{original.name:16}{mode:16} fixed: {fixed:16} tests: {counts}",
            flush=True,
        )
        for test in sorted(before.keys() | after.keys()):
            if before.get(test) != after.get(test):
                is_same = False
                print(f"  {test}: {before.get(test)}, then {after.get(test)}")
    return is_same


def main() -> None:
    parser = packages.arguments(__doc__)
    parser.add_argument("projects", nargs="*", metavar="PROJECT", default=[*PROJECTS])
    options = parser.parse_args()
    unknown = set(options.projects) - PROJECTS.keys()
    if unknown:
        parser.error(f"no such project: {', '.join(sorted(unknown))}")
    linter = packages.plugin_environment(options.plugin, options.cache)
    python = packages.environment("suites", NEEDED, options.cache)
    same = [
        check(PROJECTS[name], unpacked(name, options.cache), linter, python)
        for name in options.projects
    ]
    sys.exit(0 if all(same) else 1)


if __name__ == "__main__":
    main()
