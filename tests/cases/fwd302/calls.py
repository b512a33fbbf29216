"""Backward passes and optimizers in forward."""

import torch
from torch import autograd, nn, optim
from torch.nn import functional as F


class Losses(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.criterion = nn.MSELoss()

    def forward(self, x, target):
        out = self.layer(x)
        loss = self.criterion(out, target)
        loss.backward()  # FWD302:14
        loss_g = compute(out)
        loss_g.backward(retain_graph=True)  # FWD302:16
        total_loss = loss + loss_g
        total_loss.backward()  # FWD302:20
        out.sum().backward()  # FWD302:19
        out.mean().backward()  # FWD302:20
        F.mse_loss(out, target).backward()  # FWD302:33
        (out * 2).backward(torch.ones_like(out))  # FWD302:19
        self.criterion(out, target).backward()  # FWD302:37
        out.backward(gradient=target)  # FWD302:13
        self.scaler.scale(loss).backward()  # FWD302:33
        torch.autograd.backward(loss)  # FWD302:24
        autograd.backward([loss])  # FWD302:18
        return out


class KeptLoss(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.other_loss = Recorder()

    def forward(self, x, target):
        losses = [F.mse_loss(self.layer(x), target)]
        sum(losses).backward()  # FWD302:21
        loss = self.layer(x).sum()
        self.loss = loss  # FWD904:14
        self.loss.backward()  # FWD302:19
        self.loss_g = compute(x) + loss  # FWD904:14
        self.loss_g.backward()  # FWD302:21
        total_loss = 0
        total_loss += compute(x)
        total_loss.backward()  # FWD302:20
        self.other_loss.backward(x)
        return x


class Scaled(nn.Module):
    def __init__(self, scaler):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.adam = optim.Adam(self.layer.parameters())
        self.scaler = scaler

    def forward(self, x, scaler, env):
        scaler.step(self.adam)  # FWD302:16
        self.scaler.step(self.adam)  # FWD302:21
        scaler.step(x)
        env.step(self.adam)
        scaler.step()
        return x


class OptimizerMayBeGiven(nn.Module):
    def forward(self, x, optimizer=None):
        loss = self.layer(x).sum()
        if optimizer is not None:
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        if x is not None:
            loss.backward()  # FWD302:18
        return loss


class Optimizers(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 2)
        self.adam = optim.Adam(self.parameters())
        self.optimizer = build(self)

    def forward(self, x):
        self.adam.zero_grad()  # FWD302:19
        self.adam.step()  # FWD302:19
        self.optimizer.zero_grad(set_to_none=True)  # FWD302:24
        self.optimizer.step()  # FWD302:24
        self.zero_grad()  # FWD302:14
        self.layer.zero_grad()  # FWD302:20
        return self.layer(x)


class OptimizerGiven(nn.Module):
    def forward(self, x, optimizer: optim.Optimizer):
        optimizer.step()  # FWD302:19
        return x


class InnerLoop(nn.Module):
    """What forward optimises with an optimizer of its own is its computation."""

    def forward(self, x):
        code = torch.zeros(2, requires_grad=True)
        optimizer = torch.optim.SGD([code], lr=0.1)
        for _ in range(3):
            optimizer.zero_grad()
            loss = (self.layer(code) - x).pow(2).sum()
            loss.backward()
            optimizer.step()
        return code.detach()


class InnerClosure(nn.Module):
    def forward(self, x):
        solver = optim.LBFGS([x])

        def closure():
            loss = self.layer(x).sum()
            loss.backward()
            return loss

        solver.step(closure)
        return x


class InnerFactory(nn.Module):
    def forward(self, x):
        inner = self.make_optimizer([x])
        loss = self.layer(x).sum()
        loss.backward()
        inner.step()
        return x


class Gradients(nn.Module):
    def forward(self, x):
        energy = self.layer(x).sum()
        (force,) = torch.autograd.grad(energy, x, create_graph=True)
        energy.backward(inputs=[x])
        torch.autograd.backward(energy, inputs=[x])
        return force


class TrainingOnly(nn.Module):
    def forward(self, x):
        loss = self.layer(x).sum()
        if self.training:
            loss.backward()
            self.optimizer.step()
        if not self.training:
            return x
        self.zero_grad()
        return x


class Attack(nn.Module):
    def forward(self, x):
        x = x.clone().requires_grad_()
        self.layer(x).sum().backward()
        return x + x.grad.sign()


class Explanation(nn.Module):
    def __init__(self, model: nn.Module):
        super().__init__()
        self.model = model
        self.model.register_full_backward_hook(self.keep)

    def forward(self, x):
        self.zero_grad()
        self.model(x).sum().backward()
        return self.kept


class Others(nn.Module):
    def __init__(self, engine):
        super().__init__()
        self.engine = engine
        self.loss = Recorder()

    def forward(self, x, loss, scheduler, env):
        self.engine.backward(x)
        self.engine.step()
        self.backward(x)
        self.step(x)
        self.loss.backward(x)
        scheduler.step()
        self.optim_scheduler.step()
        loss_fn = Recorder()
        loss_fn.backward(x)
        loss.backward(x)
        env.step(x)
        env.zero_grad
        self.progress.zero_grad()
        hook = lambda loss: loss.sum().backward()
        return x, hook

    def backward(self, x):
        return x

    def step(self, x):
        return x

    def training_step(self, x):
        loss = self(x).sum()
        loss.backward()
        self.optimizer.step()
        self.zero_grad()


class Assigned(nn.Module):
    def forward(self, x, engine):
        value = self.encode(x)
        value = torch.mean(value)
        value.backward()  # FWD302:15
        value = engine
        value.backward()
        if isinstance(x, engine.Batch):
            x.backward()
        return x


class Recorder:
    def backward(self, x):
        return x


class Straight(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        loss = x.sum()
        loss.backward()
        return x


class Unproven(Missing):
    def forward(self, x):
        x.sum().backward()
        return x


def forward(x, optimizer):
    x.sum().backward()
    optimizer.step()
    return x


class Declares(nn.Module):
    def forward(self, x):
        self.loss: torch.Tensor = x["a"] * x["b"]
        self.loss.backward()  # FWD302:19
        return x
