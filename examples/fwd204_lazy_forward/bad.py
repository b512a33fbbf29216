"""A forward that yields, or is ``async``, has computed nothing when the call returns.

Hooks and the next layer get a generator or a coroutine. What the generator computes, it
computes in the grad mode and the precision of whoever iterates over it: ``no_grad`` and
``autocast`` around the call do nothing.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Decoder(nn.Module):
    """Decodes a sequence step by step."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 4)

    def forward(self, x):  # FWD204:9
        for step in x:
            yield self.layer(step)


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    async def forward(self, x):  # FWD204:15
        return self.layer(x)


sequence = torch.randn(3, 4)
decoder = Decoder()

seen = []
handle = decoder.register_forward_hook(lambda module, args, output: seen.append(output))
decoder(sequence)
handle.remove()
print("hook gets:", type(seen[0]).__name__)  # -> hook gets: generator

with torch.no_grad():
    steps = decoder(sequence)
tracked = any(step.requires_grad for step in steps)
print("tracked by autograd:", tracked)  # -> tracked by autograd: True

with torch.autocast("cpu", dtype=torch.bfloat16):
    steps = decoder(sequence)
precisions = {step.dtype for step in steps}
print("precision:", *precisions)  # -> precision: torch.float32

calls = []
handle = decoder.layer.register_forward_hook(lambda *_: calls.append("run"))
decoder(sequence)
handle.remove()
print("layer runs:", len(calls))  # -> layer runs: 0

output = Classifier()(sequence)
print("classifier gives:", type(output).__name__)  # -> classifier gives: coroutine
output.close()
