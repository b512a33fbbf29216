"""More code in and around ``forward`` that is correct, however unusual it looks.

Every module here runs, trains or evaluates as its author meant it: a linter that
objects to one of them is wrong.
"""

import contextlib
import functools
import math
from dataclasses import dataclass
from typing import NamedTuple

import torch
import torch.nn.functional as F
from torch import nn
from torch.utils.checkpoint import checkpoint

torch.manual_seed(0)


class Matcher(nn.Module):
    """Chooses by value and by type."""

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(4, 2)
        self.project = nn.Linear(3, 2)
        self.kind = "mean"

    def forward(self, inputs):
        if isinstance(inputs, dict):
            return {name: self(value) for name, value in inputs.items()}
        match inputs.dtype:
            case torch.int64:
                out = self.embed(inputs)
            case torch.float32 if inputs.shape[-1] == 3:
                out = self.project(inputs)
            case _:
                raise TypeError(f"what is {inputs.dtype}?")
        reduce = {"mean": torch.mean, "max": torch.amax}[self.kind]
        return reduce(out, dim=0)


class Decoder(nn.Module):
    """Decodes step by step until it meets the end, with a beam of two."""

    def __init__(self, vocabulary=5):
        super().__init__()
        self.embed = nn.Embedding(vocabulary, 8)
        self.cell = nn.GRUCell(8, 8)
        self.out = nn.Linear(8, vocabulary)

    def step(self, token, state):
        state = self.cell(self.embed(token), state)
        return self.out(state).log_softmax(-1), state

    def forward(self, start, most=6):
        beams = [(0.0, [start], torch.zeros(1, 8))]
        for _ in range(most):
            grown = []
            for score, tokens, state in beams:
                if tokens[-1] == 0:
                    grown.append((score, tokens, state))
                    continue
                logits, state = self.step(torch.tensor([tokens[-1]]), state)
                best = logits[0].topk(2)
                for value, index in zip(best.values, best.indices, strict=True):
                    grown.append((score + value.item(), [*tokens, index.item()], state))
            beams = sorted(grown, key=lambda beam: -beam[0])[:2]
            if all(tokens[-1] == 0 for _, tokens, _ in beams):
                break
        return beams[0][1]


class Attention(nn.Module):
    """Drops attention weights in train mode only."""

    def __init__(self, width=4, dropout=0.5):
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)
        self.dropout = dropout

    def forward(self, x, mask=None):
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        p = self.dropout if self.training else 0.0
        fused = F.scaled_dot_product_attention(q, k, v, mask, dropout_p=p)
        weights = (q @ k.mT / math.sqrt(q.shape[-1])).softmax(-1)
        weights = F.dropout(weights, self.dropout, training=self.training)
        if self.training:
            weights = F.dropout(weights, 0.1)
        return fused + weights @ v


class Stateless(nn.Module):
    """Creates layers without weights where they are used, and keeps functions in lists."""

    def __init__(self):
        super().__init__()
        self.activations = [nn.ReLU(), torch.tanh, F.gelu]
        self.table = {"relu": nn.ReLU, "tanh": nn.Tanh}
        self.shape = (2, 2)

    def forward(self, x):
        x = nn.ReLU()(x)
        x = nn.AvgPool1d(2)(x.unsqueeze(0)).squeeze(0)
        x = self.table["tanh"]()(x)
        return [activation(x) for activation in self.activations]


class Lazy(nn.Module):
    """Creates its layer when it first sees how wide the input is."""

    def __init__(self):
        super().__init__()
        self.layer = None
        self.register_parameter("scale", None)

    def forward(self, x):
        if self.layer is None:
            self.layer = nn.Linear(x.shape[-1], 1).to(x.device)
        if self.scale is None:
            self.scale = nn.Parameter(torch.ones(x.shape[-1]))
        return self.layer(x * self.scale)


class Registered(nn.Module):
    """Keeps an order of its own beside the layers that it registers."""

    def __init__(self):
        super().__init__()
        self.order = []
        for index in range(3):
            layer = nn.Linear(2, 2)
            self.add_module(f"layer{index}", layer)
            self.order.append(layer)
        blocks = [nn.Linear(2, 2) for _ in range(2)]
        blocks += [nn.ReLU()]
        self.blocks = nn.Sequential(*blocks)

    def forward(self, x):
        for layer in reversed(self.order):
            x = layer(x)
        return self.blocks(x)


class Frozen(nn.Module):
    """Stays in eval mode where its statistics must not move."""

    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm1d(2)
        self.head = nn.Linear(2, 1)
        self.type = "frozen"

    def train(self, mode=True):
        super().train(mode)
        self.norm.eval()
        return self

    def forward(self, x):
        return self.head(self.norm(x))


class Watched(nn.Module):
    """Hooks that it registers itself count calls and clip what flows back."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.calls = 0
        self.layer.register_forward_hook(self.count)
        self.layer.register_full_backward_hook(lambda module, before, after: None)

    def count(self, module, args, output):
        self.calls += 1

    def forward(self, x):
        hidden = self.layer(x)
        if hidden.requires_grad:
            hidden.register_hook(lambda gradient: gradient.clamp(-1, 1))
        return hidden


class Pipeline(nn.Module):
    """Moves activations to where the next stage has its weights."""

    def __init__(self, devices=("cpu", "cpu")):
        super().__init__()
        stages = (nn.Linear(2, 2, device=device) for device in devices)
        self.stages = nn.ModuleList(stages)

    def forward(self, x):
        for stage in self.stages:
            x = stage(x.to(stage.weight.device, non_blocking=True))
        return x


class Checkpointed(nn.Module):
    """Recomputes closures, partial functions and modules in the backward pass."""

    def __init__(self):
        super().__init__()
        self.blocks = nn.ModuleList(nn.Linear(2, 2) for _ in range(3))

    def forward(self, x, shift=1.0):
        def block(hidden, index):
            return self.blocks[index](hidden) + shift

        run = functools.partial(checkpoint, use_reentrant=False)
        x = run(block, x, 0) if self.training else block(x, 0)
        x = run(functools.partial(block, index=1), x)
        return run(self.blocks[2], x)


class InPlace(nn.Module):
    """Writes into tensors of its own, and into buffers."""

    def __init__(self):
        super().__init__()
        self.register_buffer("mean", torch.zeros(2))
        self.register_buffer("batches", torch.zeros((), dtype=torch.long))

    def forward(self, x):
        out = torch.empty_like(x)
        out[:, 0] = x[:, 0]
        out[:, 1:].copy_(x[:, 1:])
        out += 1
        out.clamp_(min=0).mul_(2)
        if self.training:
            with torch.no_grad():
                self.mean.lerp_(x.mean(0), 0.1)
                self.batches += 1
        return out


class Scale(torch.autograd.Function):
    """Has the protocol of autograd functions, not that of modules."""

    @staticmethod
    def forward(ctx, x, factor):
        ctx.factor = factor
        return x * factor

    @staticmethod
    def backward(ctx, gradient):
        return gradient * ctx.factor, None


class Energy(nn.Module):
    """Differentiates twice inside forward, whatever the mode around it."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1))

    def forward(self, x):
        with torch.enable_grad():
            x = x.detach().requires_grad_()
            energy = Scale.apply(self.net(x), 2.0).sum()
            (slope,) = torch.autograd.grad(energy, x, create_graph=True)
            (bend,) = torch.autograd.grad(slope.sum(), x, create_graph=self.training)
        return energy, slope, bend


@dataclass
class Output:
    logits: torch.Tensor
    loss: torch.Tensor | None = None


class Parts(NamedTuple):
    low: torch.Tensor
    high: torch.Tensor


class Classifier(nn.Module):
    """Returns objects, may get labels, and splits its work into methods."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(2, 4), nn.ReLU())
        self.head = nn.Linear(4, 3)
        self.last_norm = None

    def forward_features(self, x):
        return self.body(x)

    def forward_head(self, features, *, pre_logits=False):
        return features if pre_logits else self.head(features)

    def windows(self, x, size=2):
        for start in range(0, len(x), size):
            yield x[start : start + size]

    def forward(self, x, labels=None):
        logits = torch.cat(
            [self.forward_head(self.forward_features(part)) for part in self.windows(x)]
        )
        self.last_norm = logits.detach().norm().item()
        if labels is None:
            return Output(logits)
        return Output(logits, loss=F.cross_entropy(logits, labels))


class Splitter(Classifier):
    """Extends the forward of its parent and passes on what it does not know."""

    def forward(self, *args, **kwargs):
        output = super().forward(*args, **kwargs)
        return Parts(*output.logits.tensor_split([1], dim=-1))


class Recorder(nn.Module):
    """Changes what it is given and returns nothing, on purpose."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, state):
        if "x" not in state:
            return
        state["x"] = self.layer(state["x"])
        state.setdefault("log", []).append(tuple(state["x"].shape))


class Guarded(nn.Module):
    """Contexts, exceptions, assertions and walruses are Python as ever."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)

    def forward(self, x, amp=False):
        assert x.ndim == 2, "a batch of rows"
        context = torch.autocast("cpu") if amp else contextlib.nullcontext()
        with context, torch.random.fork_rng():
            noise = torch.randn_like(x)
        try:
            if (norm := x.norm()) == 0:
                raise ZeroDivisionError
            return self.layer(x / norm) + 0 * noise
        except ZeroDivisionError:
            return self.layer(torch.ones_like(x))
        finally:
            del noise


def make_module(function):
    class Wrapper(nn.Module):
        """A class made by a function."""

        def forward(self, *args):
            return function(*args)

    return Wrapper()


batch = torch.tensor([[1.0, 2.0], [3.0, 4.0]])

matched = Matcher()({"tokens": torch.tensor([1, 2]), "rows": torch.ones(2, 3)})
shapes = [tuple(value.shape) for value in matched.values()]
print("matched:", shapes)  # -> matched: [(2,), (2,)]

with torch.no_grad():
    print("decoded from:", Decoder()(3)[0])  # -> decoded from: 3

attention = Attention().eval()
same = torch.equal(attention(torch.eye(4)), attention(torch.eye(4)))
print("attention is the same again:", same)  # -> attention is the same again: True

print("activations:", len(Stateless()(batch)))  # -> activations: 3

lazy = Lazy()
lazy(batch)
print("made lazily:", len(list(lazy.parameters())))  # -> made lazily: 3

registered = Registered()
registered(batch)
print("registered:", len(list(registered.parameters())))  # -> registered: 10

frozen = Frozen().train()
frozen(batch)
print("frozen mean:", frozen.norm.running_mean.tolist())  # -> frozen mean: [0.0, 0.0]

watched = Watched()
watched(batch.clone().requires_grad_()).sum().backward()
print("watched calls:", watched.calls)  # -> watched calls: 1

print("stages:", tuple(Pipeline()(batch).shape))  # -> stages: (2, 2)

checkpointed = Checkpointed()
checkpointed(batch).sum().backward()
learned = all(p.grad is not None for p in checkpointed.parameters())
print("checkpointed blocks learn:", learned)  # -> checkpointed blocks learn: True

in_place = InPlace()
print("in place:", in_place(batch).tolist())  # -> in place: [[4.0, 6.0], [8.0, 10.0]]
print("batches seen:", in_place.batches.item())  # -> batches seen: 1

with torch.no_grad():
    energy, slope, bend = Energy()(torch.zeros(1, 1))
print("differentiated:", slope.shape == bend.shape)  # -> differentiated: True

output = Classifier()(batch, labels=torch.tensor([0, 2]))
output.loss.backward()
print("classes:", output.logits.shape[1])  # -> classes: 3
print("parts:", [part.shape[1] for part in Splitter()(batch)])  # -> parts: [1, 2]

state = {"x": batch}
Recorder()(state)
print("recorded:", state["log"])  # -> recorded: [(2, 2)]

guarded = Guarded()
print("guarded:", guarded(batch, amp=True).shape[0])  # -> guarded: 2

print("wrapped:", make_module(max)(1, 3))  # -> wrapped: 3
