"""Bound forwards that are handed to something that calls them, and to others."""

import asyncio
import functools
import inspect
import multiprocessing
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from multiprocessing.pool import Pool

import torch
import torch.utils.checkpoint as cp
from torch import nn
from torch.utils.checkpoint import checkpoint


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = nn.Linear(2, 2)
        self.blocks = nn.ModuleList([nn.Linear(2, 2)])

    def forward(self, x):
        x = checkpoint(self.block.forward, x, use_reentrant=False)  # FWD103:35
        x = cp.checkpoint(self.block.forward, x)  # FWD103:38
        x = torch.utils.checkpoint.checkpoint(function=self.block.forward)  # FWD103:67
        for block in self.blocks:
            x = checkpoint(block.forward, x)  # FWD103:34
        x = checkpoint(self.block, x)
        return checkpoint(self.forward, x)

    def predict(self, batches, pool: Pool, executor: ThreadPoolExecutor):
        yield from map(self.forward, batches)  # FWD103:29
        yield pool.map(self.forward, batches)  # FWD103:29
        yield pool.starmap(self.forward, batches)  # FWD103:33
        yield pool.apply_async(self.block.forward, batches)  # FWD103:43
        yield executor.submit(self.block.forward, batches)  # FWD103:42
        yield executor.submit(print, self.block.forward)
        yield map(self, batches)
        yield map(str, [self.forward])


def start(net: Net, other, x):
    threading.Thread(target=net.forward, args=(x,)).start()  # FWD103:33
    multiprocessing.Process(target=net.forward, args=(x,))  # FWD103:40
    half = partial(net.forward, scale=0.5)  # FWD103:24
    double = functools.partial(net.block.forward)  # FWD103:42
    fast = torch.compile(net.forward)  # FWD103:30
    torch.compile(model=net.forward)  # FWD103:29
    wide = torch.vmap(net.forward)  # FWD103:27
    wider = torch.func.vmap(net.forward)  # FWD103:33
    threading.Thread(target=other.forward, args=(x,))
    torch.jit.trace(net.forward, x)
    inspect.signature(net.forward)
    asyncio.to_thread(print, net.forward)
    checkpoint(Net.forward, net, x)
    checkpoint(other.forward, x)
    return half, double, fast, wide, wider


def replaced(net: nn.Module, scale):
    net.forward = functools.partial(net.forward, scale=scale)
    kept = net.forward
    net.forward = torch.compile(net.forward)
    return kept


def in_hook(module, inputs, output):
    return checkpoint(module.forward, *inputs)


class Kernel(nn.Module):
    def __call__(self, x):  # FWD201:9
        return x

    def both(self, xs):
        return map(self.forward, xs)


class NotAModule:
    def forward(self, x):
        return x

    def all(self, xs):
        return list(map(self.forward, xs))
