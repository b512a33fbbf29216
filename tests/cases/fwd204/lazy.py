"""A forward whose body a call does not run, and one whose body it runs."""

import asyncio
import contextlib
from collections.abc import Generator, Iterable, Iterator

import torch
from torch import nn
from torch.nn import functional as F


class Streaming(nn.Module):
    def forward(self, x):  # FWD204:9
        for part in x:
            yield part * 2


class Delegating(nn.Module):
    def forward(self, x):  # FWD204:9
        yield from x


class Received(nn.Module):
    def forward(self, x):  # FWD204:9
        scale = yield x
        return x * scale


class OnOnePath(nn.Module):
    def forward(self, x, stream=False):  # FWD204:9
        if stream:
            yield x
        else:
            return x


class Annotated(nn.Module):
    def forward(self, x) -> torch.Tensor:  # FWD204:9
        yield x


class NoGrad(nn.Module):
    @torch.no_grad()
    def forward(self, x):  # FWD204:9
        yield x


class InferenceMode(nn.Module):
    @torch.inference_mode()
    def forward(self, x):  # FWD204:9
        yield x


class Asynchronous(nn.Module):
    async def forward(self, x):  # FWD204:15
        return x * 2


class AsynchronousNoGrad(nn.Module):
    @torch.no_grad()
    async def forward(self, x):  # FWD204:15
        return F.relu(x)


class AsynchronousHelper(nn.Module):
    async def forward(self, x):  # FWD204:15
        async def later():
            await asyncio.sleep(0)

        return x


class AsynchronousStream(nn.Module):
    async def forward(self, x):  # FWD204:15
        for part in x:
            yield part


class Layer(nn.Linear):
    def forward(self, x):  # FWD204:9
        yield super().forward(x)


class Derived(Streaming):
    async def forward(self, x):  # FWD204:15
        return list(super().forward(x))


@MODELS.register_module()
class Registered(nn.Module):
    def forward(self, x):  # FWD204:9
        yield x


class Ignored(nn.Module):
    @torch.jit.ignore
    def forward(self, x):  # FWD204:9
        yield x


@skippable(stash=["skip"])
class Skippable(nn.Module):
    """Pipelines run such a forward step by step, and call it as usual."""

    def forward(self, x):
        yield stash("skip", x)
        return x


class Promised(nn.Module):
    def forward(self, x) -> Iterator[torch.Tensor]:
        yield x


class PromisedGenerator(nn.Module):
    def forward(self, x) -> Generator[torch.Tensor, None, None]:
        yield x


class PromisedText(nn.Module):
    def forward(self, x) -> "Iterable[torch.Tensor]":
        yield x


class Client(nn.Module):
    async def forward(self, x):
        return await self.fetch(x)


class Loop(nn.Module):
    async def forward(self, parts):
        async for part in parts:
            self.add(part)
        return self.total


class Locked(nn.Module):
    async def forward(self, x):
        async with self.lock:
            return x


class Comprehending(nn.Module):
    async def forward(self, parts):
        return [part async for part in parts]


class Context(nn.Module):
    @contextlib.contextmanager
    def forward(self, x):
        yield x


class Collected(nn.Module):
    @as_list
    def forward(self, x):
        yield x


class Inner(nn.Module):
    def forward(self, x):
        def parts():
            yield x

        return torch.stack(list(parts()))


class Expression(nn.Module):
    def forward(self, x):
        return (part for part in x)


class Stub(nn.Module):
    async def forward(self, x):
        raise NotImplementedError


class Other(nn.Module):
    def forward(self, x):
        return x

    def stream(self, x):
        yield x

    async def fetch(self, x):
        return x


class NoModule:
    def forward(self, x):
        yield x


class Proxy:
    async def forward(self, request):
        return request


class OpenBase(unknown.Agent):
    async def forward(self, x):
        return x
