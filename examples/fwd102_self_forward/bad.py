"""A method that calls ``self.forward`` bypasses the module's own hooks.

A pre-hook that should centre the input never runs, a forward hook counts nothing, and
a module compiled in place predicts uncompiled.
"""

import torch
from torch import nn

torch.manual_seed(0)


class Classifier(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(2, 2, bias=False)
        self.loss = nn.CrossEntropyLoss()
        nn.init.eye_(self.head.weight)

    def forward(self, x):
        return self.head(x)

    def predict(self, x):
        return self.forward(x).argmax(dim=1)  # FWD102:21

    def training_step(self, x, target):
        scores = self.forward(x)  # FWD102:23
        return self.loss(scores, target)

    @torch.no_grad()
    def accuracy(self, x, target):
        correct = self.forward(x).argmax(dim=1) == target  # FWD102:24
        return correct.float().mean().item()


features = torch.tensor([[5.0, 3.0], [4.0, 3.0]])
target = torch.tensor([0, 1])

# The classifier was trained on centred features; a pre-hook centres what comes in.
mean = torch.tensor([4.0, 2.5])
classifier = Classifier()
classifier.register_forward_pre_hook(lambda module, args: (args[0] - mean,))
predicted = classifier.predict(features).tolist()
print("predicted classes:", predicted)  # -> predicted classes: [0, 0]
print("accuracy:", classifier.accuracy(features, target))  # -> accuracy: 0.5

# A forward hook that counts the batches of the training.
batches = []
classifier.register_forward_hook(
    lambda module, args, output: batches.append(len(output))
)
classifier.training_step(features, target).backward()
print("training batches counted:", len(batches))  # -> training batches counted: 0

# A backend that counts the graphs which the compiler hands it.
graphs = []


def counting_backend(graph, example_inputs):
    graphs.append(graph)
    return graph


compiled = Classifier()
compiled.compile(backend=counting_backend)
compiled.predict(features)
print("compiled graphs:", len(graphs))  # -> compiled graphs: 0
