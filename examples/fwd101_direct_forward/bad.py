"""Calling ``forward`` directly skips everything that a call of the module does besides.

Hooks do not run, and features built on hooks break: a pruned layer keeps
its old weight, spectral norm never applies, a lazy layer never learns its shape. A
module compiled in place runs uncompiled.
"""

import torch
from torch import nn
from torch.nn.utils import prune

torch.manual_seed(0)


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Linear(4, 3)
        self.head = nn.Linear(3, 2)

    def forward(self, x):
        hidden = torch.relu(self.encoder.forward(x))  # FWD101:42
        return self.head(hidden)


batch = torch.ones(5, 4)

# A hook that records the encoder's activations.
recorded = []
classifier = Classifier()
classifier.encoder.register_forward_hook(
    lambda module, args, output: recorded.append(output)
)
classifier(batch)
print("recorded activations:", len(recorded))  # -> recorded activations: 0

# Pruning computes `weight` from `weight_orig` in a pre-hook, anew for every call.
pruned = nn.Linear(4, 2, bias=False)
prune.l1_unstructured(pruned, "weight", amount=0.5)
optimizer = torch.optim.SGD(pruned.parameters(), lr=0.1)
before = pruned.forward(batch)  # FWD101:17
before.sum().backward()
optimizer.step()
after = pruned.forward(batch)  # FWD101:16
learned = not torch.equal(before, after)
print("pruned layer learned:", learned)  # -> pruned layer learned: False

try:
    after.sum().backward()
    second_step = "done"
except RuntimeError as error:
    second_step = type(error).__name__
print("second backward pass:", second_step)  # -> second backward pass: RuntimeError

# Spectral norm divides the weight by its largest gain, in a pre-hook as well.
critic = nn.Linear(4, 4, bias=False)
nn.init.constant_(critic.weight, 2.0)
nn.utils.spectral_norm(critic)
response = critic.forward(torch.eye(4))  # FWD101:19
gain = torch.linalg.matrix_norm(response, ord=2).item()
print("gain of the critic:", round(gain, 3))  # -> gain of the critic: 8.0

# A lazy layer gets its input size from the first batch, in a pre-hook.
lazy = nn.LazyLinear(2)
try:
    outcome = tuple(lazy.forward(batch).shape)  # FWD101:26
except ValueError as error:
    outcome = type(error).__name__
print("lazy layer:", outcome)  # -> lazy layer: ValueError

# A backend that counts the graphs which the compiler hands it.
graphs = []


def counting_backend(graph, example_inputs):
    graphs.append(graph)
    return graph


compiled = Classifier()
compiled.compile(backend=counting_backend)
compiled.forward(batch)  # FWD101:10
print("compiled graphs:", len(graphs))  # -> compiled graphs: 0
