"""FWD205: forward computes and returns nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from flake8_forward.rule import WordRule

if TYPE_CHECKING:
    from flake8_forward.analysis.body import Body
    from flake8_forward.context import Site

_STATEMENTS = (
    ast.AnnAssign, ast.Assert, ast.Assign, ast.Break, ast.Continue, ast.For, ast.If,
    ast.Import, ast.ImportFrom, ast.Pass, ast.Raise, ast.Return, ast.While, ast.With,
)  # fmt: skip
"""Statements that change nothing but local names, unless what they call does."""

_PURE_PACKAGES = (
    "einops.", "math.", "numpy.", "torch.fft.", "torch.linalg.", "torch.nn.functional.",
    "torch.special.",
)  # fmt: skip

_PURE_BUILTINS = frozenset({
    "abs", "bool", "dict", "enumerate", "float", "getattr", "hasattr", "int",
    "isinstance", "len", "list", "max", "min", "range", "reversed", "set", "sorted",
    "str", "sum", "super", "tuple", "type", "zip",
})  # fmt: skip

_FACTORIES = frozenset({
    f"torch.{name}{like}"
    for name in ("empty", "full", "ones", "rand", "randn", "zeros")
    for like in ("", "_like")
})  # fmt: skip
"""Functions that make a tensor that nobody else holds."""

_TENSOR_METHODS = frozenset({
    "abs", "bool", "chunk", "clamp", "clone", "contiguous", "cpu", "cuda", "cumsum",
    "detach", "dim", "double", "exp", "expand", "flatten", "float", "half", "item",
    "long", "masked_fill", "matmul", "max", "mean", "min", "new_zeros", "numel",
    "permute", "pow", "relu", "repeat", "reshape", "shape", "sigmoid", "size",
    "softmax", "split", "squeeze", "std", "sum", "t", "tanh", "to", "transpose",
    "type", "type_as", "unsqueeze", "view",
})  # fmt: skip


class ForwardReturnsNothing(WordRule):
    """``forward`` of a Module that ends with a result in a local name and no return.

    What it computed is lost, and whoever calls the Module gets None: the error shows
    in the next layer or, where the output is only stored or compared, not at all.

    Exempt: every ``forward`` that may do something else than compute: one that assigns
    an attribute or an item, calls something for its effect, changes an argument in
    place, or calls what is neither a layer nor known to have no effect. So are stubs,
    and those annotated ``-> None``.

    Fix: return the result, on every path.

    Source: https://docs.pytorch.org/docs/stable/generated/torch.nn.Module.html#torch.nn.Module.forward
    """

    code = "FWD205"
    definitions = frozenset({"forward"})

    def check(self, site: Site) -> str | None:
        """Return the message for a Module's forward that loses what it computes."""
        node = site.suspect.node
        if not isinstance(node, ast.FunctionDef) or not _is_plain(node):
            return None
        lost = _lost(node)
        if lost is None or "register_forward" in site.file.text:
            return None
        cls = site.defining_class
        if cls is None or not site.is_module(cls):
            return None
        body = site.body
        if body is None or body.spots(ast.Yield, ast.YieldFrom):
            return None
        if not all(_is_pure(site.at(spot), body) for spot in body.spots(ast.Call)):
            return None
        return (
            f"'forward' of the Module {cls.name} returns nothing after line "
            f"{lost.lineno}, whose result is lost; return it"
        )


def _lost(node: ast.FunctionDef) -> ast.stmt | None:
    """Return the last statement of a path without a return, if it only sets locals."""
    # Nearly every forward ends in a return: it is done here, without a walk.
    if not any(_sets_local(end) for end in _ends(node.body, in_loops=True)):
        return None
    parts = [*ast.walk(node)]
    if not all(_changes_locals(part) for part in parts):
        return None
    silent = not any(isinstance(part, ast.Return) and part.value for part in parts)
    ends = [end for end in _ends(node.body, silent) if _sets_local(end)]
    return ends[-1] if ends else None


def _ends(block: Sequence[ast.stmt], in_loops: bool) -> Iterator[ast.stmt]:
    """Yield the last statements of the paths through ``block`` that return nothing.

    A loop that returns what it finds, and nothing if it finds nothing, is left out.
    """
    *before, last = block
    if isinstance(last, ast.Return):
        if last.value is None and before:
            yield from _ends(before, in_loops)
    elif isinstance(last, ast.If):
        yield from _ends(last.body, in_loops)
        if last.orelse:
            yield from _ends(last.orelse, in_loops)
    elif isinstance(last, ast.With) or (
        in_loops and isinstance(last, (ast.For, ast.While))
    ):
        yield from _ends(last.body, in_loops)
    else:
        yield last


def _sets_local(node: ast.stmt) -> bool:
    """Tell whether ``node`` puts a value into local names, not to throw it away."""
    if isinstance(node, ast.Expr):
        return _changed_in_place(node.value) is not None
    if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node.value is None:
        return False
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = [
        part.id
        for target in targets
        for part in ast.walk(target)
        if isinstance(part, ast.Name)
    ]
    return any(not name.startswith("_") for name in names)


def _changes_locals(node: ast.AST) -> bool:
    """Tell whether ``node``, taken alone, changes nothing but local names."""
    if isinstance(node, ast.FunctionDef):
        return node.name == "forward"
    if isinstance(node, ast.Expr):
        value = node.value
        return isinstance(value, ast.Constant) or _changed_in_place(value) is not None
    if isinstance(node, (ast.Attribute, ast.Subscript)):
        return isinstance(node.ctx, ast.Load)
    return not isinstance(node, ast.stmt) or isinstance(node, _STATEMENTS)


def _changed_in_place(node: ast.expr) -> str | None:
    """Return the name that ``name.method_(…)`` changes in place."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr.endswith("_")
        and isinstance(node.func.value, ast.Name)
    ):
        return node.func.value.id
    return None


def _is_plain(node: ast.FunctionDef) -> bool:
    """Tell whether ``forward`` is undecorated and not declared to return nothing."""
    nothing = node.returns is not None and ast.unparse(node.returns) in (
        "None", "NoReturn", "'None'",
    )  # fmt: skip
    return not node.decorator_list and not nothing


def _is_pure(site: Site, body: Body) -> bool:
    """Tell whether the call at ``site`` is known to change nothing."""
    call = site.suspect.node
    assert isinstance(call, ast.Call)
    if any(isinstance(node, ast.Raise) for node in site.path):
        return True  # in an error message
    if any(item.arg in ("inplace", "out", None) for item in call.keywords):
        return False
    changed = _changed_in_place(call)
    if changed is not None:
        return _is_new(site, body, changed)
    name = site.library_name(call.func)
    if name is not None:
        return _is_pure_function(name)
    if isinstance(call.func, ast.Attribute) and call.func.attr in _TENSOR_METHODS:
        return not isinstance(call.func.value, ast.Name) or (
            call.func.value.id != site.self_name
        )
    if ast.unparse(call.func) == "super().forward":
        return _inherits_layer(site)
    verdict = site.receiver(call.func)
    return verdict.state == "module" and not verdict.own_call


def _inherits_layer(site: Site) -> bool:
    """Tell whether the inherited ``forward`` is that of one of torch's own layers."""
    from flake8_forward.analysis import inheritance

    owner = site.owner
    base = inheritance.definer(site, owner, "forward") if owner else None
    return base is not None and base.dotted.startswith("torch.nn.")


def _is_pure_function(name: str) -> bool:
    module, _, last = name.rpartition(".")
    if module == "builtins":
        return last in _PURE_BUILTINS
    is_torch = module == "torch" and last not in ("manual_seed", "save", "seed")
    return (is_torch or name.startswith(_PURE_PACKAGES)) and not last.endswith("_")


def _is_new(site: Site, body: Body, name: str) -> bool:
    """Tell whether the local ``name`` only ever holds tensors made here."""
    arguments = body.function.args
    given = [*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs]
    values = body.values(name)
    return (
        bool(values)
        and name not in [item.arg for item in given]
        and all(
            isinstance(value, ast.Call) and site.library_name(value.func) in _FACTORIES
            for value in values
        )
    )
