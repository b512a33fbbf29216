"""Calling the module itself runs its hooks, and everything that is built on them.

Every call runs the hooks, prunes with the current weight, normalises, gives a lazy
layer its shape, and goes through the compiler where the module was compiled in place.
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
        hidden = torch.relu(self.encoder(x))
        return self.head(hidden)


batch = torch.ones(5, 4)

# A hook that records the encoder's activations.
recorded = []
classifier = Classifier()
classifier.encoder.register_forward_hook(
    lambda module, args, output: recorded.append(output)
)
classifier(batch)
print("recorded activations:", len(recorded))  # -> recorded activations: 1

# Pruning computes `weight` from `weight_orig` in a pre-hook, anew for every call.
pruned = nn.Linear(4, 2, bias=False)
prune.l1_unstructured(pruned, "weight", amount=0.5)
optimizer = torch.optim.SGD(pruned.parameters(), lr=0.1)
before = pruned(batch)
before.sum().backward()
optimizer.step()
after = pruned(batch)
learned = not torch.equal(before, after)
print("pruned layer learned:", learned)  # -> pruned layer learned: True

try:
    after.sum().backward()
    second_step = "done"
except RuntimeError as error:
    second_step = type(error).__name__
print("second backward pass:", second_step)  # -> second backward pass: done

# Spectral norm divides the weight by its largest gain, in a pre-hook as well.
critic = nn.Linear(4, 4, bias=False)
nn.init.constant_(critic.weight, 2.0)
nn.utils.spectral_norm(critic)
response = critic(torch.eye(4))
gain = torch.linalg.matrix_norm(response, ord=2).item()
print("gain of the critic:", round(gain, 3))  # -> gain of the critic: 1.0

# A lazy layer gets its input size from the first batch, in a pre-hook.
lazy = nn.LazyLinear(2)
try:
    outcome = tuple(lazy(batch).shape)
except ValueError as error:
    outcome = type(error).__name__
print("lazy layer:", outcome)  # -> lazy layer: (5, 2)

# A backend that counts the graphs which the compiler hands it.
graphs = []


def counting_backend(graph, example_inputs):
    graphs.append(graph)
    return graph


compiled = Classifier()
compiled.compile(backend=counting_backend)
compiled(batch)
print("compiled graphs:", len(graphs))  # -> compiled graphs: 1
