"""Runs programs on a real torch, which takes seconds to be imported: once for all.

The process imports torch and runs each program in a fork of itself, where nothing is
left of another one. It reads lines of JSON, ``[program, folder]``, and answers with
``[status, stdout, stderr]``.
"""

from __future__ import annotations

import gc
import importlib
import json
import os
import runpy
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeAlias

SECONDS = 120


RunProgram: TypeAlias = "Callable[[Path, Path], subprocess.CompletedProcess[str]]"
"""Runs a program in a folder, and returns what came of it."""


@contextmanager
def running() -> Iterator[RunProgram]:
    """Start the process, yield what runs programs in it, and end it."""
    with subprocess.Popen(
        [sys.executable, __file__],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        requests, answers = process.stdin, process.stdout
        assert requests is not None and answers is not None

        def run(program: Path, folder: Path) -> subprocess.CompletedProcess[str]:
            print(json.dumps([str(program), str(folder)]), file=requests, flush=True)
            return subprocess.CompletedProcess(program, *json.loads(answers.readline()))

        yield run


def main() -> None:
    """Import torch and answer requests until there are no more."""
    for name in ("torch", "torch._dynamo"):  # the second is what torch.compile needs
        importlib.import_module(name)
    gc.freeze()  # a collection would copy the memory that forks share
    for line in sys.stdin:
        print(json.dumps(_in_a_fork(*json.loads(line))), flush=True)


def _in_a_fork(program: str, folder: str) -> tuple[int, str, str]:
    with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
        child = os.fork()
        if child == 0:
            os.dup2(out.fileno(), 1)
            os.dup2(err.fileno(), 2)
            sys.excepthook = _failed
            _run(program, folder)
            sys.stdout.flush()
            os._exit(0)  # to take torch apart would take a second
        _, status = os.waitpid(child, 0)
        texts = [(file.seek(0), file.read())[1] for file in (out, err)]
    return os.waitstatus_to_exitcode(status), texts[0], texts[1]


def _failed(*error: Any) -> None:
    sys.__excepthook__(*error)
    os._exit(1)


def _run(program: str, folder: str) -> None:
    """Run ``program`` as Python would."""
    signal.alarm(SECONDS)
    os.chdir(folder)
    sys.path[0] = str(Path(program).parent)
    sys.argv = [program]
    runpy.run_path(program, run_name="__main__")


if __name__ == "__main__":
    main()
