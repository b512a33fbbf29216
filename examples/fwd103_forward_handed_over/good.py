"""A module passed to other code is called there like a function, with its hooks.

The checkpoint, ``map``, the partial function and the thread pool call what they were
given, and a module can be called.
"""

from concurrent.futures import ThreadPoolExecutor
from functools import partial

import torch
from torch import nn
from torch.utils.checkpoint import checkpoint

torch.manual_seed(0)


class Encoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.block = nn.Sequential(nn.Linear(4, 4), nn.ReLU())
        self.head = nn.Linear(4, 2)

    def forward(self, x, scale=1.0):
        hidden = checkpoint(self.block, x, use_reentrant=False)
        return self.head(hidden) * scale


def counted(module):
    """The list to which a hook of this module adds every output's shape."""
    shapes = []
    module.register_forward_hook(
        lambda module, args, output: shapes.append(tuple(output.shape))
    )
    return shapes


batches = [torch.ones(2, 4), torch.zeros(3, 4)]

encoder = Encoder()
block_shapes = counted(encoder.block)
encoder(batches[0])
print("checkpointed block:", block_shapes)  # -> checkpointed block: [(2, 4)]

mapped = Encoder()
mapped_shapes = counted(mapped)
results = list(map(mapped, batches))
print("mapped over batches:", mapped_shapes)  # -> mapped over batches: [(2, 2), (3, 2)]

halved = Encoder()
halved_shapes = counted(halved)
half = partial(halved, scale=0.5)
half(batches[0])
print("partial function:", halved_shapes)  # -> partial function: [(2, 2)]

served = Encoder()
served_shapes = counted(served)
with ThreadPoolExecutor(max_workers=1) as pool:
    answer = pool.submit(served, batches[1])
answer.result()
print("served from a thread:", served_shapes)  # -> served from a thread: [(3, 2)]
