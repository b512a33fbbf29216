"""The interface between the parts of the resolver, and the budget of an answer."""

from __future__ import annotations

import ast
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeAlias, TypeVar

from flake8_forward.flow.states import Flow, Scope
from flake8_forward.inference.values import (
    MODULE,
    NEVER,
    UNKNOWN,
    ClassObject,
    External,
    KnownClass,
    Namespace,
    Type,
)
from flake8_forward.knowledge.packages import Knowledge
from flake8_forward.knowledge.vocabulary import MODULE_NAMES
from flake8_forward.project.files import SourceFile
from flake8_forward.project.project import Project

Found = TypeVar("Found")

MAX_DEPTH = 80
"""Nested evaluations before an answer is given up as unknown.

The result of a function counts twice: it takes more of Python's stack.
"""

MAX_STEPS = 20_000
"""Evaluations on behalf of one question before it is given up as unknown."""

MAX_FILE_STEPS = 300_000
"""Evaluations on behalf of one linted file: a few seconds."""

MAX_SEARCHES = 12
"""Functions whose calls are searched for in the project on behalf of one question."""

MAX_FILE_SEARCHES = 120
"""The same on behalf of one linted file."""

LAST_STEPS = 100
"""Evaluations on behalf of a question when those of the file are used up."""


class Budget:
    """The number of evaluations that a question, and a linted file, may take.

    ``truncated`` counts the answers that were cut short, by the budget or by a cycle:
    what was found while it grew may be wrong, and is not kept.
    """

    def __init__(self) -> None:
        self.active: set[int] = set()  # what is being evaluated, by its id
        self.depth = 0
        self.truncated = 0
        self._steps = 0
        self._file_steps = 0
        self._searches = 0
        self._file_searches = 0

    def renew(self) -> None:
        """Begin with a new file."""
        self.active.clear()
        self.depth = 0
        self._steps = self._file_steps = 0
        self._searches = self._file_searches = 0

    @contextmanager
    def question(self) -> Iterator[None]:
        """Give a question its steps, or a few if the file has used up its own.

        The steps of a question around it are not touched.
        """
        outer, outer_searches = self._steps, self._searches
        self._searches = 0
        is_rich = self._file_steps < MAX_FILE_STEPS
        self._steps = 0 if is_rich else MAX_STEPS - LAST_STEPS
        try:
            yield
        finally:
            self._file_steps += self._steps
            self._steps, self._searches = outer, outer_searches

    def may_search(self) -> bool:
        """Count one search through the project; tell whether it may be made."""
        self._searches += 1
        self._file_searches += 1
        if self._searches > MAX_SEARCHES or self._file_searches > MAX_FILE_SEARCHES:
            self.truncated += 1
            return False
        return True

    def is_exhausted(self) -> bool:
        """Count one step; tell whether the budget of the question is exhausted."""
        self._steps += 1
        if self._steps > MAX_STEPS or self.depth > MAX_DEPTH:
            self.truncated += 1
            return True
        return False


Answer: TypeAlias = tuple[Found, bool]
"""An answer, and whether it is complete: only then may it be kept."""


class Resolver(ABC):
    """Resolves expressions, names and attributes of a project.

    Its parts are functions that take it as their first argument. Where one needs a part
    above it, it calls an abstract method, which ``SourceResolver``, the topmost part,
    defines: so no two parts import each other.
    """

    def __init__(self, project: Project) -> None:
        self.project = project
        self.knowledge = Knowledge()
        self.budget = Budget()
        self.asks_project = False
        self.reasons: dict[ast.arg, str] = {}  # what callers pass, in words

    @contextmanager
    def with_project(self) -> Iterator[None]:
        """Let what the whole project tells count in the answers to come.

        That takes a search through all its files, so it is asked only where nothing
        else says what an object is.
        """
        outer, self.asks_project = self.asks_project, True
        try:
            yield
        finally:
            self.asks_project = outer

    def start(self, path: str, tree: ast.Module, text: str) -> SourceFile:
        """Return the file to be linted, as flake8 sees it: unsaved changes included."""
        self.budget.renew()
        self.reasons.clear()
        return self.project.start(path, tree, text)

    def finish(self) -> None:
        """Free memory after a file has been linted."""
        self.project.finish()

    def known(self, dotted: str) -> ClassObject | External:
        """Return what ``dotted`` of a library names: a class where that is known."""
        if dotted in MODULE_NAMES:
            return ClassObject(MODULE)
        kind = self.knowledge.kind(dotted)
        if kind is None or kind == "factory":
            return External(dotted)
        return ClassObject(KnownClass(dotted, kind))

    def answer(self, find: Callable[[], Found]) -> Answer[Found]:
        """Return the result of ``find``, and whether it is complete."""
        before = self.budget.truncated
        value = find()
        return value, before == self.budget.truncated

    def guarded(
        self, key: int, find: Callable[[], Type], depth: int = 1
    ) -> Answer[Type]:
        """Return the result of ``find`` for the object with the id ``key``.

        It counts as ``depth`` nested evaluations.

        NEVER if that is being evaluated already, which is a cycle; UNKNOWN if the
        budget is exhausted.
        """
        budget = self.budget
        if key in budget.active:
            budget.truncated += 1
            return NEVER, False
        if budget.is_exhausted():
            return UNKNOWN, False
        budget.active.add(key)
        budget.depth += depth
        try:
            return self.answer(find)
        finally:
            budget.active.discard(key)
            budget.depth -= depth

    @abstractmethod
    def evaluate(self, node: ast.expr, flow: Flow) -> Type:
        """Return the value of ``node`` at ``flow``; UNKNOWN if nothing is known."""

    @abstractmethod
    def member(self, owner: Type, name: str) -> Type:
        """Return ``owner.name``."""

    @abstractmethod
    def module_member(self, module: Namespace | External, name: str) -> Type:
        """Return ``name`` of an imported module."""

    @abstractmethod
    def final_binding(self, scope: Scope, name: str) -> Type | None:
        """Return what ``name`` is bound to at the end of ``scope``, if anything."""

    @abstractmethod
    def iterated(self, value: Type) -> Type:
        """Return what a loop over ``value`` binds its target to."""
