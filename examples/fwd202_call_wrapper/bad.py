"""Code added in ``__call__`` is lost wherever torch uses only ``forward``.

A scripted or traced copy of the module forgets to scale the pixels or the scores, and
hooks see values that no caller passed or got.
"""

import torch
from torch import nn

torch.manual_seed(0)


class PixelEncoder(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def __call__(self, pixels):  # FWD202:9
        return super().__call__(pixels / 255)

    def forward(self, pixels):
        return self.layer(pixels)


class Scorer(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 2)

    def __call__(self, x):  # FWD202:9
        scores = nn.Module.__call__(self, x)
        return scores * 100

    def forward(self, x):
        return self.layer(x)


pixels = torch.full((3, 4), 255.0)
encoder = PixelEncoder()
scorer = Scorer()

scripted = torch.jit.script(encoder)
agrees = torch.allclose(scripted(pixels), encoder(pixels))
print("scripted encoder agrees:", agrees)  # -> scripted encoder agrees: False

traced = torch.fx.symbolic_trace(encoder)
agrees = torch.allclose(traced(pixels), encoder(pixels))
print("traced encoder agrees:", agrees)  # -> traced encoder agrees: False

scripted = torch.jit.script(scorer)
agrees = torch.allclose(scripted(pixels), scorer(pixels))
print("scripted scorer agrees:", agrees)  # -> scripted scorer agrees: False

traced = torch.fx.symbolic_trace(scorer)
agrees = torch.allclose(traced(pixels), scorer(pixels))
print("traced scorer agrees:", agrees)  # -> traced scorer agrees: False

inputs = []
encoder.register_forward_pre_hook(lambda module, args: inputs.append(args[0]))
encoder(pixels)
brightest = inputs[0].max().item()
print("brightest pixel hooked:", brightest)  # -> brightest pixel hooked: 1.0

outputs = []
scorer.register_forward_hook(lambda module, args, output: outputs.append(output))
returned = scorer(pixels)
same = torch.equal(outputs[0], returned)
print("hooked scores were returned:", same)  # -> hooked scores were returned: False
