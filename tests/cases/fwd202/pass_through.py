"""The typing idiom: __call__ hands its own arguments on and does nothing else."""

from __future__ import annotations

import functools
import typing
from typing import TYPE_CHECKING, Any, cast

import torch
from torch import Tensor, nn
from typing_extensions import override


class Everything(nn.Module):
    def __call__(self, *args, **kwargs):
        return super().__call__(*args, **kwargs)


class Documented(nn.Module):
    def __call__(self, *args: Any, **kwargs: Any) -> Tensor:
        """Run the network."""
        return super().__call__(*args, **kwargs)


class Named(nn.Module):
    def __call__(self, tokens: Tensor, mask: Tensor | None = None) -> Tensor:
        return super().__call__(tokens, mask)


class ByKeyword(nn.Module):
    def __call__(self, tokens: Tensor, *, mask: Tensor, **rest: Any) -> Tensor:
        return super().__call__(tokens, mask=mask, **rest)


class AllByKeyword(nn.Module):
    def __call__(self, tokens: Tensor, mask: Tensor) -> Tensor:
        return super().__call__(mask=mask, tokens=tokens)


class RenamedKeyword(nn.Module):
    def __call__(self, tokens: Tensor, mask: Tensor) -> Tensor:
        return super().__call__(input=tokens, attention_mask=mask)

    def forward(self, input: Tensor, attention_mask: Tensor) -> Tensor:
        return input * attention_mask


class OtherNames(nn.Module):
    def __call__(this, *inputs: Tensor, **options: Any) -> Tensor:
        return super().__call__(*inputs, **options)


class Cast(nn.Module):
    def __call__(self, x: Tensor) -> Tensor:
        return cast(Tensor, super().__call__(x))


class CastByAttribute(nn.Module):
    def __call__(self, x: Tensor) -> Tensor:
        return typing.cast("Tensor", super().__call__(x))


class OldSuper(nn.Module):
    def __call__(self, x: Tensor) -> Tensor:
        return super(OldSuper, self).__call__(x)


class Unbound(nn.Module):
    def __call__(self, x: Tensor) -> Tensor:
        return nn.Module.__call__(self, x)


class UnboundByTorch(nn.Module):
    def __call__(self, *args, **kwargs):
        return torch.nn.Module.__call__(self, *args, **kwargs)


class ByImplementation(nn.Module):
    def __call__(self, *args, **kwargs):
        return self._call_impl(*args, **kwargs)


class ByWrappedImplementation(nn.Module):
    def __call__(self, *args, **kwargs):
        return self._wrapped_call_impl(*args, **kwargs)


class Local(nn.Module):
    def __call__(self, *args: Any, **kwargs: Any) -> Tensor:
        result: Tensor = super().__call__(*args, **kwargs)
        return result


class LocalPlain(nn.Module):
    def __call__(self, x: Tensor) -> Tensor:
        out = cast(Tensor, super().__call__(x))
        return out


class Documenting(nn.Module):
    @functools.wraps(nn.Module.__call__)
    def __call__(self, *args: Any, **kwargs: Any) -> Tensor:
        return super().__call__(*args, **kwargs)


class Overriding(nn.Module):
    @override
    def __call__(self, x: Tensor) -> Tensor:
        return super().__call__(x)


class OverridingByAttribute(nn.Module):
    @typing.final
    def __call__(self, x: Tensor) -> Tensor:
        return super().__call__(x)


class Positional(nn.Module):
    def __call__(self, x: Tensor, /, y: Tensor) -> Tensor:
        return super().__call__(x, y)


class OnlyTyped(nn.Module):
    if TYPE_CHECKING:

        def __call__(self, x: Tensor) -> Tensor:
            return super().__call__(x).float()


class CallMixin:
    """Proven no Module: it may be mixed into anything."""

    def __call__(self, x):
        return super().__call__(x.float())


def use(module: Everything, x: Tensor) -> Tensor:
    return module.forward(x)  # FWD101:19


class Control(nn.Module):
    def __call__(self, x):  # FWD202:9
        return super().__call__(x.float())
