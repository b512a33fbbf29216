"""Definitions of __call__ that replace nothing: for readers, checkers, subclasses."""

import abc
import typing
from abc import ABC, abstractmethod
from typing import TYPE_CHECKING, Any, Protocol, overload

import torch
import typing_extensions
from torch import Tensor, nn


class RaiseOnly(nn.Module):
    def __call__(self, x):
        raise NotImplementedError


class RaiseWithDocstring(nn.Module):
    def __call__(self, *args, **kwargs):
        """Use encode() or decode()."""
        raise TypeError("call encode() or decode()")


class Abstract(nn.Module, ABC):
    @abstractmethod
    def __call__(self, x: Tensor) -> Tensor:
        """Return the prediction."""


class AbstractWithBody(nn.Module, abc.ABC):
    @abc.abstractmethod
    def __call__(self, x: Tensor) -> Tensor:
        return self.forward(x)


class Overloaded(nn.Module):
    @overload
    def __call__(self, x: Tensor) -> Tensor: ...

    @overload
    def __call__(self, x: list[Tensor]) -> list[Tensor]: ...

    def __call__(self, x: Any) -> Any:
        return super().__call__(x)


class OverloadedByAttribute(nn.Module):
    @typing.overload
    def __call__(self, x: Tensor) -> Tensor:
        pass

    @typing_extensions.overload
    def __call__(self, x: int) -> int:
        pass

    def __call__(self, *args, **kwargs):
        return super().__call__(*args, **kwargs)


class OnlyTyped(nn.Module):
    if TYPE_CHECKING:

        def __call__(self, x: Tensor) -> Tensor:
            return x


class OnlyTypedByAttribute(nn.Module):
    if typing.TYPE_CHECKING:

        def __call__(self, x: Tensor) -> Tensor:
            return x


class Interface(Protocol):
    def __call__(self, x: Tensor) -> Tensor: ...


class Ordinary:
    def __call__(self, x):
        return x


class CallMixin:
    """Not a Module, whatever it is mixed with."""

    def __call__(self, x):
        return x


class Mixed(CallMixin, nn.Module):
    def forward(self, x):
        return x


class Function(torch.autograd.Function):
    def __call__(self, x):
        return x


class Meta(type(nn.Module)):
    def __call__(cls, *args):  # the constructor protocol of classes
        return super().__call__(*args)


class NestedDefinition(nn.Module):
    def forward(self, x):
        def __call__(self, y):
            return y

        class Inner:
            def __call__(self, z):
                return z

        __call__.note = Inner
        return x


def __call__(self, x):
    return x


class Control(nn.Module):
    def __call__(self, x):  # FWD201:9
        return x
