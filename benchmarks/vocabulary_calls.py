"""Calls of torch's functions on small tensors: what comes back, and its traits.

Each is called on tensors of several shapes and types, with many arguments. What torch
refuses tells nothing; what it returns is looked at.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import torch
from torch._subclasses.fake_tensor import FakeTensorMode
from torch.utils.hooks import RemovableHandle

Rows = dict[str, set[str]]  # traits by name
Function = Callable[..., Any]

FAKE = "meta"
"""A device without memory; in FakeTensorMode torch refuses to mix it with another."""

REFUSALS = (
    *(ArithmeticError, AssertionError, AttributeError, ImportError, LookupError),
    *(NameError, RuntimeError, TypeError, ValueError, BufferError),
)
"""What torch raises of arguments that do not fit."""
ENOUGH = 4
"""How many calls are tried on another device."""


class Result(NamedTuple):
    """What a call gave: ``given`` is the first argument, and ``leaf`` its gradient's."""

    leaf: torch.Tensor
    given: torch.Tensor
    is_plain: bool  # nothing else was passed
    value: Any

    def tensors(self) -> list[torch.Tensor]:
        """Return the tensors that came back, alone or in a tuple."""
        values = self.value if isinstance(self.value, (list, tuple)) else [self.value]
        return [value for value in values if isinstance(value, torch.Tensor)]


@functools.cache
def _leaves(device: str) -> list[torch.Tensor]:
    """Return tensors of several shapes that need a gradient, then of other types."""
    shapes: list[tuple[int, ...]] = [(3, 3), (4,), (), (2, 3, 3), (2, 3, 4, 4)]
    with torch.device(device):
        floats = [torch.rand(shape) * 0.8 + 0.1 for shape in shapes]
        floats.append(torch.rand(3, 3, dtype=torch.complex64))
        numbers = [torch.ones(shape, dtype=torch.long) for shape in shapes[:2]]
    return [*(tensor.requires_grad_() for tensor in floats), *numbers]


@functools.cache
def _lists(number: int, device: str, others: str) -> list[tuple[Any, ...]]:
    return _more(_leaves(device)[number], others)


def _more(given: torch.Tensor, device: str) -> list[tuple[Any, ...]]:
    """Return lists of what may follow a tensor in a call."""
    other = torch.full_like(given, 0.5, device=device, requires_grad=False)
    index = torch.zeros(given.shape, dtype=torch.long, device=device)
    row = torch.zeros(1, dtype=torch.long, device=device)
    mask = torch.ones(given.shape, dtype=torch.bool, device=device)
    part = other[..., 0] if given.dim() else other
    size = tuple(given.shape)
    return [
        (), (0,), (1,), (-1,), (2,), (0.5,), (0, 1), (0, 0), (1, 0, 1), (2, 1, 1),
        (other,), (other, other), (0, index), (0, row), (0, row, other),
        (0, index, other), (index,), (mask,), (mask, 0.0), (mask, other), (other, mask),
        (size,), size, (1, *size), ((1, *size),), ((0,),), ((1,), (0,)), ((0, 1),),
        (-1, 0), (0, -1), (torch.float64,), (torch.int64,), (0.1, 0.9), (0, 0.5),
        (part,), (1, 0), (0, 1, other), (other, 0.5), (0, 0, 1), (2, 0), (1.0, 2, 1.0),
        (size, 1.0), (2, 2), ((2, 2),), (1, 1, 1), ((1, 1),), (lambda value: value,),
        (0.5, True), (part, part), (other, part), (other, part, part),
    ]  # fmt: skip


class Case(NamedTuple):
    """Which of the tensors, in a list or not, with which of the further arguments."""

    leaf: int
    in_list: bool
    more: int


def _result(
    function: Function, case: Case, leaf: torch.Tensor, more: tuple[Any, ...]
) -> Result | None:
    given = leaf.clone()
    try:
        value = function([given, given * 1] if case.in_list else given, *more)
    except REFUSALS:
        return None
    return Result(leaf, given, case.more == 0, value)


def _results(function: Function, *, is_method: bool) -> dict[Case, Result]:
    """Return what comes of the calls that torch accepts, all on the CPU."""
    found: dict[Case, Result] = {}
    for in_list in (False,) if is_method else (False, True):
        for number, leaf in enumerate(_leaves("cpu")):
            for which, more in enumerate(
                _lists(number, "cpu", "cpu")[: 3 if in_list else None]
            ):
                case = Case(number, in_list, which)
                result = _result(function, case, leaf, more)
                if result is not None:
                    found[case] = result
        if found:
            break
    return found


def traits(function: Function, *, is_method: bool = False) -> set[str]:
    """Return the traits of ``function``; a method is not tried on lists of tensors."""
    torch.manual_seed(0)
    # Some functions change what else they are given.
    _leaves.cache_clear()
    _lists.cache_clear()
    results = _results(function, is_method=is_method)
    found = {trait for result in results.values() for trait in _seen(result)}
    found |= _of_gradients([*results.values()]) | _of_devices(function, results)
    plain = [r for r in results.values() if r.is_plain]
    types = {t.dtype for r in plain for t in r.tensors()}
    same = all(t.shape == r.given.shape for r in plain for t in r.tensors())
    if len(types) == 1 and same:
        is_number = not any(t.is_floating_point or t.is_complex for t in types)
        found.add("integer_cast" if is_number else "cast")
    tables = [t for r in plain for t in r.tensors() if r.given.dim() == 2]
    if tables and all(t.dim() == 0 for t in tables):
        found.add("reduction")
    if results and "in_place" not in found:
        found.add("pure")
    return found


def _of_gradients(results: list[Result]) -> set[str]:
    """Return whether results have a gradient, one that is always zero, or none."""
    floats = [r for r in results if r.leaf.requires_grad and r.leaf.is_floating_point()]
    if not any(map(_nonempty, floats or results)):
        return set()
    if not any(t.requires_grad for r in floats for t in r.tensors()):
        return {"detached"}
    return {"graph"} if any(map(_has_gradient, floats)) else {"no_gradient"}


def _of_devices(function: Function, results: dict[Case, Result]) -> set[str]:
    """Return what the device of tensors means to the calls that gave ``results``."""
    cases = [case for case, result in results.items() if result.tensors()]
    devices: set[str] = set()
    fails: list[bool] = []
    with_others = [case for case in cases if _has_tensors(case)]
    with FakeTensorMode():
        for case in (*cases[:ENOUGH], *with_others[:ENOUGH]):
            leaf = _leaves(FAKE)[case.leaf]
            more = _lists(case.leaf, FAKE, FAKE)[case.more]
            same = _result(function, case, leaf, more)
            if same is None:
                continue
            devices |= {t.device.type for t in same.tensors()}
            if leaf.dim() and _has_tensors(case):
                more = _lists(case.leaf, FAKE, "cpu")[case.more]
                fails.append(_result(function, case, leaf, more) is None)
    found = {"same_device"} if devices == {FAKE} else set()
    return found | {"together"} if any(fails) else found


def _has_tensors(case: Case) -> bool:
    more = _lists(case.leaf, "cpu", "cpu")[case.more]
    return any(isinstance(item, torch.Tensor) and item.dim() for item in more)


def _nonempty(result: Result) -> bool:
    return any(t.numel() for t in result.tensors())


def _seen(result: Result) -> Iterator[str]:
    tensors = result.tensors()
    yield kind(result.value)
    if isinstance(result.value, RemovableHandle):
        yield "hook"
    if result.given._version:
        yield "in_place"
    for tensor in tensors:
        if tensor is result.given:
            yield "itself"
        else:
            yield "another"
        if tensor.shape != result.given.shape:
            yield "reshaped"
        yield "view" if shared(tensor, result.given) else "new"


def kind(value: Any) -> str:
    """Return "tensor", "several" for a list or tuple with tensors, or "other"."""
    if isinstance(value, torch.Tensor):
        return "tensor"
    is_several = isinstance(value, (list, tuple)) and any(
        isinstance(item, torch.Tensor) for item in value
    )
    return "several" if is_several else "other"


def shared(one: torch.Tensor, other: torch.Tensor) -> bool:
    """Tell whether two tensors have the same memory."""
    try:
        return one.untyped_storage().data_ptr() == other.untyped_storage().data_ptr()
    except REFUSALS:
        return False


def _has_gradient(result: Result) -> bool:
    for tensor in result.tensors():
        if not tensor.requires_grad or not tensor.numel():
            continue
        try:
            weighted = tensor.abs() if tensor.is_complex() else tensor
            total = (weighted * torch.rand_like(weighted)).sum()
            (gradient,) = torch.autograd.grad(
                total, result.leaf, allow_unused=True, retain_graph=True
            )
        except REFUSALS:
            continue
        if gradient is not None and gradient.count_nonzero():
            return True
    return False
