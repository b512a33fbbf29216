"""__call__ and _call_impl defined in a Module's body without a way to Module's own."""

import functools
import sys
from typing import TYPE_CHECKING

import torch
from torch import nn


class Plain(nn.Module):
    def __call__(self, x):  # FWD201:9
        return self.forward(x)


class Typed(nn.Module):
    @torch.no_grad()
    def __call__(self, x: torch.Tensor, *, scale: float = 1.0) -> torch.Tensor:  # FWD201:9
        """Run the network."""
        return self.forward(x) * scale


class Asynchronous(nn.Module):
    async def __call__(self, x):  # FWD201:15
        return self.forward(x)


class Implementation(nn.Module):
    def _call_impl(self, *args, **kwargs):  # FWD201:9
        return self.forward(*args, **kwargs)


class Grandchild(Plain):
    def __call__(self, x):  # FWD201:9
        return x


class OtherMethodOfSuper(nn.Module):
    def __call__(self, x):  # FWD201:9
        return super().forward(x)


class OtherObject(nn.Module):
    def __call__(self, x):  # FWD201:9
        return self.inner.__call__(x)


class Recursive(nn.Module):
    def __call__(self, x):  # FWD201:9
        return self.__call__(x[:1])


class Mentioned(nn.Module):
    def __call__(self, x):  # FWD201:9
        """Unlike super().__call__(x) this one is fast."""
        return "super().__call__(x)"


class Conditional(nn.Module):
    if sys.platform == "linux":

        def __call__(self, x):  # FWD201:13
            return self.forward(x)

    elif sys.platform == "win32":

        async def __call__(self, x):  # FWD201:19
            return self.forward(x)

    else:
        __call__ = functools.partialmethod(print)  # FWD201:9


class Attempted(nn.Module):
    try:
        import apex
    except ImportError:

        def __call__(self, x):  # FWD201:13
            return self.forward(x)

    else:

        def __call__(self, x):  # FWD201:13
            return apex.run(self, x)

    finally:

        def _call_impl(self, x):  # FWD201:13
            return x


class Guarded(nn.Module):
    with torch.no_grad():

        def __call__(self, x):  # FWD201:13
            return x

    for _ in range(1):

        def _call_impl(self, x):  # FWD201:13
            return x


class Matched(nn.Module):
    match sys.platform:
        case "linux":

            def __call__(self, x):  # FWD201:17
                return x


class AtRunTime(nn.Module):
    if not TYPE_CHECKING:

        def __call__(self, x):  # FWD201:13
            return self.forward(x)


class Both(nn.Module):
    if TYPE_CHECKING:

        def __call__(self, x: torch.Tensor) -> torch.Tensor: ...

    else:

        def __call__(self, x):  # FWD201:13
            return self.forward(x)


def factory():
    class Local(nn.Module):
        def __call__(self, x):  # FWD201:13
            return x

    return Local


class Outer:
    def __call__(self, x):
        return x

    class Inner(nn.Sequential):
        def __call__(self, x):  # FWD201:13
            return x
