"""A forward that returns its result has computed it, in the modes of the call."""

import torch
from torch import nn

torch.manual_seed(0)


class Decoder(nn.Module):
    """Decodes a sequence step by step."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 4)

    def forward(self, x):
        return [self.layer(step) for step in x]


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        return self.layer(x)


sequence = torch.randn(3, 4)
decoder = Decoder()

seen = []
handle = decoder.register_forward_hook(lambda module, args, output: seen.append(output))
decoder(sequence)
handle.remove()
print("hook gets:", type(seen[0]).__name__)  # -> hook gets: list

with torch.no_grad():
    steps = decoder(sequence)
tracked = any(step.requires_grad for step in steps)
print("tracked by autograd:", tracked)  # -> tracked by autograd: False

with torch.autocast("cpu", dtype=torch.bfloat16):
    steps = decoder(sequence)
precisions = {step.dtype for step in steps}
print("precision:", *precisions)  # -> precision: torch.bfloat16

calls = []
handle = decoder.layer.register_forward_hook(lambda *_: calls.append("run"))
decoder(sequence)
handle.remove()
print("layer runs:", len(calls))  # -> layer runs: 3

output = Classifier()(sequence)
print("classifier gives:", type(output).__name__)  # -> classifier gives: Tensor
