"""What an expression can be: the values that the resolver distinguishes."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from typing import TypeAlias

from flake8_forward.flow.states import Flow, Scope
from flake8_forward.knowledge.packages import ClassKind
from flake8_forward.project.files import SourceFile
from flake8_forward.syntax.tree import FunctionNode


class Value:
    """A value: immutable, and equal to others of its class with the same fields.

    Frozen dataclasses do the same, but would double the time of the import.
    """

    def __eq__(self, other: object) -> bool:
        """Tell whether ``other`` has the same class and fields."""
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        """Return a number that equal values share."""
        return hash((type(self), *vars(self).values()))


class SourceClass:
    """A class whose definition is on disk; one object each, compared by identity."""

    def __init__(self, scope: Scope, flow: Flow) -> None:
        assert isinstance(scope.node, ast.ClassDef)
        self.scope = scope
        self.node: ast.ClassDef = scope.node
        self.flow = flow  # the state in which the bases are evaluated

    @property
    def file(self) -> SourceFile:
        """The file that defines it."""
        return self.scope.file

    @property
    def name(self) -> str:
        """The name as users write it."""
        return self.node.name

    @property
    def dotted(self) -> str:
        """The qualified name, module included."""
        return f"{self.file.name}.{self.scope.qualname}"


@dataclass(eq=False, repr=False)
class KnownClass(Value):
    """A class that is not read from disk: bundled knowledge, builtins, the stdlib."""

    dotted: str
    kind: ClassKind

    @property
    def name(self) -> str:
        """The name as users write it: torch's and others' with their package."""
        return self.dotted.replace("builtins.", "")


AnyClass: TypeAlias = SourceClass | KnownClass

MODULE = KnownClass("torch.nn.Module", "module")
OBJECT = KnownClass("builtins.object", "class")
USED = KnownClass("torch.nn.Module", "used")
"""The class of an object that is known by its use alone: some Module."""

PART = KnownClass("torch.nn.Module", "part")
"""The class of what a Module of a library has, which is a Module if it has a forward."""


MAX_SIZE = 1000
"""Most values in a value; with more, its contents are unknown."""


@dataclass(eq=False, repr=False)
class Instance(Value):
    """An object of a class; ``element`` and ``parts`` are what a container holds.

    ``is_compiled`` tells that ``torch.compile`` made something like it of it.
    """

    cls: AnyClass
    element: Type | None = None
    parts: tuple[Type, ...] | None = None
    is_compiled: bool = False
    size: int = field(default=1, init=False)

    def __post_init__(self) -> None:
        """Drop the contents if there are too many values."""
        if self.element is None and self.parts is None:
            return
        size = 1 + sum(map(size_of, (self.element, *(self.parts or ()))))
        if size > MAX_SIZE:
            self.element = UNKNOWN
            self.parts = None
            size = 2
        self.size = size


@dataclass(eq=False, repr=False)
class ClassObject(Value):
    """A class itself."""

    cls: AnyClass


@dataclass(eq=False, repr=False)
class Function(Value):
    """A function of the project; ``receiver`` if it is bound."""

    node: FunctionNode
    scope: Scope  # where it is defined
    flow: Flow
    receiver: Type | None = None


@dataclass(eq=False, repr=False)
class LambdaFunction(Value):
    """A lambda: calling it gives its body."""

    node: ast.Lambda
    flow: Flow


@dataclass(eq=False, repr=False)
class Method(Value):
    """A method of torch.nn.Module itself or of a container, bound to ``receiver``."""

    name: str
    receiver: Type


@dataclass(eq=False, repr=False)
class Partial(Value):
    """``functools.partial(target, …)``: calling it calls ``target``."""

    target: Type

    @property
    def size(self) -> int:
        """The number of values in this one."""
        return 1 + size_of(self.target)


@dataclass(eq=False, repr=False)
class Namespace(Value):
    """An imported module whose source is on disk: a file, or a bare folder."""

    path: str


@dataclass(eq=False, repr=False)
class External(Value):
    """Something in a module that is neither on disk nor known."""

    dotted: str


@dataclass(eq=False, repr=False)
class Alias(Value):
    """A type expression used as a value: ``Optional[Net]``, ``Net | None``."""

    node: ast.expr
    flow: Flow


@dataclass(eq=False, repr=False)
class TypeVariable(Value):
    """``TypeVar("T", …)``: the call that makes it."""

    call: ast.Call
    flow: Flow


@dataclass(eq=False, repr=False)
class Wrapped(Value):
    """DataParallel and its like: a Module that holds another as ``.module``."""

    cls: KnownClass
    module: Type
    size: int = field(default=1, init=False)

    def __post_init__(self) -> None:
        """Count the values in this one."""
        self.size = 1 + size_of(self.module)


@dataclass(eq=False, repr=False)
class Super(Value):
    """``super()`` in a method of ``cls``: attributes come from its bases."""

    cls: SourceClass


@dataclass(eq=False, repr=False)
class Registry(Value):
    """An object that makes what was registered with it; ``call`` made it, in ``file``."""

    call: ast.Call
    file: SourceFile
    kind: Type  # what was called


@dataclass(eq=False, repr=False)
class Special(Value):
    """A value without a class of interest."""

    name: str


UNKNOWN = Special("unknown")
NONE = Special("None")
COMPILED = Special("compiled")
"""What ``torch.compile`` makes of something unknown."""
NEVER = Special("nothing")
"""What a circular definition contributes to the alternatives: nothing."""


@dataclass(eq=False, repr=False)
class Either(Value):
    """One of several."""

    alternatives: tuple[Type, ...] = field(default=())
    size: int = field(default=1, init=False)

    def __post_init__(self) -> None:
        """Count the values in this one."""
        self.size = sum(map(size_of, self.alternatives))


Type: TypeAlias = (
    Instance | ClassObject | Function | LambdaFunction | Method | Partial | Namespace
    | External | Alias | TypeVariable | Wrapped | Super | Registry | Special | Either
)  # fmt: skip


def size_of(value: Type | None) -> int:
    """Return the number of values in ``value``, itself included."""
    return getattr(value, "size", 1)
