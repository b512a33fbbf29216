"""Import modules of one package and print which of their names are torch modules.

    python knowledge_worker.py PACKAGE RESULT < names

make_knowledge.py runs this file in the environment that holds the package, with
the modules' names as a JSON list; the result lists the facts of each by its name.
"""

from __future__ import annotations

import ast
import contextlib
import importlib
import inspect
import json
import sys
import textwrap
import types
import typing
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# What the class attributes of transformers' and peft's AutoModels are called.
AUTO_MARKS = ("_model_mapping", "_target_peft_class")
PASSES_ON = "return super().__call__(*args, **kwargs)"
# With one of these inside, a function's returns are not all its own or not all.
NOT_PLAIN = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Yield, ast.YieldFrom)
Fact = tuple[str, str, str, str, bool]


class Attempt(contextlib.AbstractContextManager[Any]):
    """An import that may raise anything, SystemExit and pytest's Skipped included."""

    def __init__(self, name: str) -> None:
        self.module: Any = None
        self.error: BaseException | None = None
        with self:
            self.module = importlib.import_module(name)

    def __exit__(self, _: object, error: BaseException | None, __: object) -> bool:
        self.error = error
        return True


def tolerate_missing_operators(torch: Any) -> None:
    """Let packages import whose compiled operators do not load beside this torch.

    We look at their classes and never call them, so neither operators are needed
    nor what is registered for them. torchaudio does without its library where there
    is none, but insists on loading one that is there.
    """
    load_library, glob = torch.ops.load_library, Path.glob
    unloadable = set()
    path_class: Any = Path

    def load_or_hide(path: Any) -> None:
        try:
            load_library(path)
        except OSError:
            unloadable.add(Path(path))
            raise

    def glob_loadable(folder: Path, pattern: str) -> list[Path]:
        return [path for path in glob(folder, pattern) if path not in unloadable]

    torch.library.register_fake = lambda *_, **__: lambda function: function
    torch.ops.load_library = load_or_hide
    path_class.glob = glob_loadable


class Classifier:
    """Tells the kind of a class or function; None if it is of no interest."""

    def __init__(self, nn: Any) -> None:
        self.module = nn.Module
        self.plain_call = nn.Module.__call__
        self.containers = {
            "list": nn.ModuleList,
            "dict": nn.ModuleDict,
            "sequential": nn.Sequential,
        }

    def kind(self, value: object) -> str | None:
        if self.is_factory(value):
            return "factory"
        # transformers and diffusers bind a DummyObject for what they have when
        # some optional package is there: it may well be a module.
        if not inspect.isclass(value) or type(value).__name__ == "DummyObject":
            return None
        if not self.is_module(value):
            if self.is_auto(value):
                return "auto"
            own_call = any("__call__" in vars(base) for base in value.__mro__)
            return "callable" if own_call else "class"
        if not self.is_called_plainly(value):
            return "custom_call"
        kinds = (kind for kind, base in self.containers.items() if base in value.mro())
        return next(kinds, "module")

    def is_module(self, value: object) -> bool:
        return inspect.isclass(value) and issubclass(value, self.module)

    def is_called_plainly(self, cls: type) -> bool:
        """Tell whether calling an instance is, or only passes on to, Module's call."""
        for base in cls.mro():
            call = vars(base).get("__call__")
            if call is self.plain_call:
                return True
            if call is not None and not passes_on(call):
                return False
        return False

    def is_auto(self, cls: type) -> bool:
        """Tell whether it builds modules of other classes, as AutoModel does."""
        if any(getattr(cls, mark, None) is not None for mark in AUTO_MARKS):
            return True
        names = ("from_pretrained", "from_config")
        methods = [inspect.getattr_static(cls, name, None) for name in names]
        bound = (classmethod, staticmethod)
        return any(
            isinstance(m, bound) and self.is_factory(m.__func__) for m in methods
        )

    def is_factory(self, function: Any) -> bool:
        """Tell whether all that it returns are modules that are called plainly."""
        if not inspect.isfunction(function) or inspect.iscoroutinefunction(function):
            return False
        returned = annotated_returns(function)
        if returned is None:
            returned = called_in_returns(function)
        return bool(returned) and all(
            self.is_module(value) and self.is_called_plainly(value)
            for value in returned
        )


def annotated_returns(function: Any) -> list[Any] | None:
    """Return the classes that the return annotation allows; None without one."""
    hints = {"return": function.__annotations__.get("return", Ellipsis)}
    if hints["return"] is Ellipsis:
        return None
    # Without the parameters, whose types may not be there to evaluate.
    only_return = types.SimpleNamespace(__annotations__=hints)
    with contextlib.suppress(Exception):  # an annotation is any expression
        namespace = inspect.unwrap(function).__globals__
        return alternatives(typing.get_type_hints(only_return, namespace)["return"])
    return []


def alternatives(hint: Any) -> list[Any]:
    """Return the classes of a union; a TypeVar stands for its bound."""
    if isinstance(hint, typing.TypeVar):
        return [hint.__bound__]
    if typing.get_origin(hint) in (typing.Union, types.UnionType):
        return [kind for part in typing.get_args(hint) for kind in alternatives(part)]
    return [hint]


def definition(function: Any) -> ast.FunctionDef | None:
    with contextlib.suppress(OSError, TypeError, SyntaxError):
        node = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
        return node if isinstance(node, ast.FunctionDef) else None
    return None


def passes_on(call: Any) -> bool:
    """Tell whether a `__call__` does nothing but to call the next one."""
    node = definition(call)
    if node is None:
        return False
    lines = node.body[1:] if ast.get_docstring(node) else node.body
    return [ast.unparse(line) for line in lines] == [PASSES_ON]


def called_in_returns(function: Any) -> list[Any]:
    """Return what is called in each return, if the function always returns so."""
    node = None if hasattr(function, "__wrapped__") else definition(function)
    if node is None or node.decorator_list or not ends(node.body):
        return []
    inside = [inner for line in node.body for inner in ast.walk(line)]
    if any(isinstance(inner, NOT_PLAIN) for inner in inside):
        return []
    returns = (inner for inner in inside if isinstance(inner, ast.Return))
    return [called(inner.value, function) for inner in returns]


def ends(body: list[ast.stmt]) -> bool:
    """Tell whether these statements' end, where None is returned, is out of reach."""
    last = body[-1]
    if isinstance(last, ast.If) and last.orelse:
        return ends(last.body) and ends(last.orelse)
    return isinstance(last, (ast.Return, ast.Raise))


def called(value: ast.expr | None, function: Any) -> object:
    """Return the global that an expression calls, None if it is something else."""
    code = function.__code__
    local = code.co_varnames + code.co_cellvars + code.co_freevars
    if not isinstance(value, ast.Call):
        return None
    first, *attributes = ast.unparse(value.func).split(".")
    found = None if first in local else function.__globals__.get(first)
    for attribute in attributes:
        with contextlib.suppress(Exception):  # stands for a missing dependency
            found = getattr(found, attribute, None)
    return found


def survey(module: Any, classifier: Classifier) -> Iterator[Fact]:
    """Yield a fact for each class and factory that the module's namespace binds."""
    public = set(getattr(module, "__all__", ()))
    for name in sorted({*dir(module), *public}):
        value: Any = None
        with contextlib.suppress(Exception):  # a lazy package imports here
            value = getattr(module, name)
        kind = None if name.startswith("__") else classifier.kind(value)
        if kind is None:
            continue
        home = str(value.__module__)
        exported = name in public or hasattr(module, "__path__")
        yield name, kind, home, value.__qualname__, exported
        if home == module.__name__ and inspect.isclass(value):
            yield from nested(value, name, classifier)


def nested(outer: type, path: str, classifier: Classifier) -> Iterator[Fact]:
    """Yield a fact for each class in the body of another one."""
    for name, value in vars(outer).items():
        qualname = f"{outer.__qualname__}.{name}"
        if inspect.isclass(value) and value.__qualname__ == qualname:
            kind = None if name.startswith("__") else classifier.kind(value)
            if kind is not None:
                yield f"{path}.{name}", kind, outer.__module__, qualname, False
            yield from nested(value, f"{path}.{name}", classifier)


def main() -> None:
    package, result = sys.argv[1:]
    del sys.argv[1:]
    names = json.load(sys.stdin)
    torch = importlib.import_module("torch")
    tolerate_missing_operators(torch)
    classifier = Classifier(torch.nn)
    Attempt(package)
    # All imports first, because some modules change others. Twice, because some
    # need one that comes later, or a library hidden after the first attempt.
    attempts = [{name: Attempt(name) for name in names} for _ in range(2)][-1]
    for name, attempt in attempts.items():
        if attempt.error and name == package:
            raise attempt.error
        if attempt.error:
            print(f"not imported: {name}: {attempt.error!r}"[:200], file=sys.stderr)
    facts = {
        name: list(survey(attempt.module, classifier))
        for name, attempt in attempts.items()
        if attempt.module
    }
    Path(result).write_text(json.dumps(facts), encoding="utf-8")


if __name__ == "__main__":
    main()
