"""The versions that the plugin needs, for installations that pip did not check."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

PYTHON = (3, 10)
FLAKE8 = (6, 0)
LIBCST = (1, 5)


def check_flake8() -> None:
    """Raise ExecutionError if flake8 is older than supported."""
    import flake8

    if flake8.__version_info__ < FLAKE8:
        _refuse("flake8", FLAKE8, flake8.__version__)


def check_libcst() -> None:
    """Raise ExecutionError if libcst is missing or too old, without importing it."""
    try:
        found = version("libcst")
    except PackageNotFoundError:
        found = ""
    numbers = (int(part) for part in found.split(".")[:2] if part.isdecimal())
    if tuple(numbers) < LIBCST:
        _refuse("libcst", LIBCST, found or "none")


def _refuse(name: str, wanted: tuple[int, int], found: str) -> None:
    from flake8.exceptions import ExecutionError

    raise ExecutionError(sentence(name, wanted, found))


def sentence(name: str, wanted: tuple[int, int], found: str) -> str:
    """Return the message for version ``found`` of ``name``, older than ``wanted``."""
    oldest = ".".join(map(str, wanted))
    return f"flake8-forward needs {name} {oldest} or newer; found {found}"
