"""Everything that the module does to its input and output is in ``forward``.

A scripted or traced copy scales the pixels and the scores like the module itself, and
hooks see what the caller passed and got.
"""

import torch
from torch import nn

torch.manual_seed(0)


class PixelEncoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, pixels):
        return self.layer(pixels / 255)


class Scorer(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def forward(self, x):
        scores = self.layer(x)
        return scores * 100


pixels = torch.full((3, 4), 255.0)
encoder = PixelEncoder()
scorer = Scorer()

scripted = torch.jit.script(encoder)
agrees = torch.allclose(scripted(pixels), encoder(pixels))
print("scripted encoder agrees:", agrees)  # -> scripted encoder agrees: True

traced = torch.fx.symbolic_trace(encoder)
agrees = torch.allclose(traced(pixels), encoder(pixels))
print("traced encoder agrees:", agrees)  # -> traced encoder agrees: True

scripted = torch.jit.script(scorer)
agrees = torch.allclose(scripted(pixels), scorer(pixels))
print("scripted scorer agrees:", agrees)  # -> scripted scorer agrees: True

traced = torch.fx.symbolic_trace(scorer)
agrees = torch.allclose(traced(pixels), scorer(pixels))
print("traced scorer agrees:", agrees)  # -> traced scorer agrees: True

inputs = []
encoder.register_forward_pre_hook(lambda module, args: inputs.append(args[0]))
encoder(pixels)
brightest = inputs[0].max().item()
print("brightest pixel hooked:", brightest)  # -> brightest pixel hooked: 255.0

outputs = []
scorer.register_forward_hook(lambda module, args, output: outputs.append(output))
returned = scorer(pixels)
same = torch.equal(outputs[0], returned)
print("hooked scores were returned:", same)  # -> hooked scores were returned: True
